import { describe, expect, test } from 'vitest'
import { isKeyboardId, isLocale, keyboardFor, keyboards } from '../../../../images/unattend/locales.ts'
import {
  byIanaName,
  isWindowsTimeZone,
  windowsTimeZoneOf,
  windowsTimeZones,
} from '../../../../images/unattend/time-zones.ts'

/** Languages Windows 10 and 11 media are made in, as the image's XML names them. */
const imageLanguages: readonly string[] = [
  'ar-SA',
  'bg-BG',
  'cs-CZ',
  'da-DK',
  'de-DE',
  'el-GR',
  'en-GB',
  'en-US',
  'es-ES',
  'es-MX',
  'et-EE',
  'fi-FI',
  'fr-CA',
  'fr-FR',
  'he-IL',
  'hr-HR',
  'hu-HU',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'lt-LT',
  'lv-LV',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'ru-RU',
  'sk-SK',
  'sl-SI',
  'sr-Latn-RS',
  'sv-SE',
  'th-TH',
  'tr-TR',
  'uk-UA',
  'zh-CN',
  'zh-TW',
]

describe('time zones', () => {
  test('are each named once, by the name of their registry key', () => {
    expect(new Set(windowsTimeZones).size).toBe(windowsTimeZones.length)
    for (const name of windowsTimeZones)
      expect(name).toMatch(/ Standard Time( \(Mexico\))?$|^UTC([+-]\d\d)?$|^Russia Time Zone \d+$/)
  })

  test.each(Object.keys(byIanaName))('%s has a name Windows knows', (iana) => {
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
    const ids = Object.keys(keyboards).map((locale) => keyboardFor(locale) ?? '')
    expect(ids.every(isKeyboardId)).toBe(true)
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBe(ids.length)
  })

  test('belong to locales as Windows writes them', () => {
    for (const locale of [...Object.keys(keyboards), ...imageLanguages]) expect(isLocale(locale)).toBe(true)
  })
})
