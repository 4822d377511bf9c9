import { describe, expect, test } from 'vitest'
import {
  imageLanguages,
  isKeyboardId,
  isLocale,
  keyboardFor,
  knownLocales,
} from '../../../../images/unattend/locales.ts'
import {
  isWindowsTimeZone,
  knownIanaNames,
  windowsTimeZoneOf,
  windowsTimeZones,
} from '../../../../images/unattend/time-zones.ts'

describe('time zones', () => {
  test('are each named once, by the name of their registry key', () => {
    expect(new Set(windowsTimeZones).size).toBe(windowsTimeZones.length)
    for (const name of windowsTimeZones)
      expect(name).toMatch(/ Standard Time( \(Mexico\))?$|^UTC([+-]\d\d)?$|^Russia Time Zone \d+$/)
  })

  test.each(knownIanaNames)('%s has a name Windows knows', (iana) => {
    expect(isWindowsTimeZone(windowsTimeZoneOf(iana) ?? '')).toBe(true)
    expect(() => new Intl.DateTimeFormat('en', { timeZone: iana })).not.toThrow()
  })

  test('are told from names Windows does not know', () => {
    expect(isWindowsTimeZone('Romance Standard Time')).toBe(true)
    expect(isWindowsTimeZone('Europe/Paris')).toBe(false)
    expect(windowsTimeZoneOf('constructor')).toBeNull()
  })
})

describe('keyboards', () => {
  test.each([
    ['fr-FR', '040c:0000040c'],
    ['fr-BE', '080c:0000080c'],
    ['fr-CH', '100c:0000100c'],
    ['fr-CA', '0c0c:00011009'],
    ['fr-LU', '140c:0000100c'],
    ['it-CH', '0810:0000100c'],
    ['bg-BG', '0402:00030402'],
    ['en-US', '0409:00000409'],
    ['ja-JP', null],
    ['constructor', null],
  ])('of %s is %s', (locale, keyboard) => {
    expect(keyboardFor(locale)).toBe(keyboard)
  })

  test('are well formed, one language identifier per locale', () => {
    const ids = knownLocales.map((locale) => keyboardFor(locale) ?? '')
    expect(ids.every(isKeyboardId)).toBe(true)
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBe(ids.length)
  })

  test('belong to locales as Windows writes them', () => {
    for (const locale of [...knownLocales, ...imageLanguages]) expect(isLocale(locale)).toBe(true)
  })
})
