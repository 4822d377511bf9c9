import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { en } from '../../../../server/dashboard/i18n/en.ts'
import type { Leftover } from '../../../../server/dashboard/i18n/families.ts'
import { fr } from '../../../../server/dashboard/i18n/fr.ts'
import { translate, typeset, type Key } from '../../../../server/dashboard/i18n/text.ts'
import type { Text } from '../../../../server/dashboard/i18n/translation.ts'

const english: Readonly<Record<Key, Text>> = en
const keys = Object.keys(en) as Key[]
const forms = (catalogue: Readonly<Record<Key, Text>>, key: Key): string[] => {
  const text = catalogue[key]
  return typeof text === 'string' ? [text] : [text.one, text.other]
}
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the catalogues', () => {
  test('French has the keys of English and no others', () => {
    expect(Object.keys(fr).sort()).toEqual([...keys].sort())
  })

  test('both fill the same placeholders in every form', () => {
    for (const key of keys) {
      const wanted = placeholders(forms(english, key)[0] ?? '')
      for (const text of [...forms(english, key), ...forms(fr, key)])
        expect.soft(placeholders(text), key).toEqual(wanted)
    }
  })

  test('French sets a narrow no-break space before : ; ! ? and inside « », and curls its apostrophes', () => {
    for (const key of keys) {
      for (const text of forms(fr, key)) {
        expect.soft(text, key).not.toMatch(/(?<!\u202f)[:;!?»](?=\s|$)/)
        expect.soft(text, key).not.toMatch(/«(?!\u202f)/)
        expect.soft(text, key).not.toMatch(/['"]/)
      }
    }
  })

  test('no sentence of one language was left in the other', () => {
    const same = keys.filter((key) => forms(fr, key)[0] === forms(english, key)[0])
    expect(same.filter((key) => (forms(fr, key)[0] ?? '').split(' ').length > 2)).toEqual([])
  })
})

describe('the keys', () => {
  /** The dashboard without the texts themselves and without the declaration of the families. */
  const program = readdirSync('server/dashboard', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && !/i18n\/(en|fr)$/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('i18n/families.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const written = new Set([...program.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map((match) => match[1] ?? ''))
  /** The prefixes of the keys that a value completes: t(`state.${record.state}`). */
  const completed = new Set([...program.matchAll(/\bt\(\s*`([\w.-]+)\.\$\{[^`]*?\}`/g)].map((match) => match[1] ?? ''))
  const families = [
    ...readFileSync('server/dashboard/i18n/families.ts', 'utf8').matchAll(/^ {2}'?([\w.-]+)'?: /gm),
  ].map((match) => match[1] ?? '')
  const familyOf = (key: string): string => key.slice(0, key.lastIndexOf('.'))

  test('are all used, literally or as one of a family', () => {
    expect(keys.filter((key) => !written.has(key) && !completed.has(familyOf(key)))).toEqual([])
  })

  test('that a value completes belong to the declared families, and no family is without use', () => {
    expect([...completed].sort()).toEqual(families.sort())
  })

  test('of a family are its values and no others', () => {
    expectTypeOf<Leftover>().toBeNever()
  })

  test('are never put together otherwise than from a prefix and a value', () => {
    const composed = [...program.matchAll(/\bt\(\s*(`[^`]*`|'[^']*'\s*\+)/g)].map((match) => match[1] ?? '')
    expect(composed.filter((text) => !/^`[\w.-]+\.\$\{[\w.]+\}`$/.test(text))).toEqual([])
  })

  test('that the program asks for all exist', () => {
    const asked = [...program.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '')
    expect(asked.filter((key) => !Object.hasOwn(en, key))).toEqual([])
    expect(asked.length).toBeGreaterThan(200)
  })
})

describe('a text', () => {
  test.each([
    ['fr', 0, '0 poste choisi'],
    ['fr', 1, '1 poste choisi'],
    ['fr', 2, '2 postes choisis'],
    ['en', 0, '0 machines selected'],
    ['en', 1, '1 machine selected'],
    ['fr', 1234, '1\u202f234 postes choisis'],
  ] as const)('in %s counts %i', (language, n, text) => {
    expect(translate(language, 'start.count', { n })).toBe(text)
  })

  test('from the server is set the French way', () => {
    expect(typeset('fr', 'Attention : « partition-disc » ? Il manque 1,2 Go.')).toBe(
      'Attention\u202f: «\u202fpartition-disc\u202f»\u202f? Il manque 1,2\u202fGo.',
    )
    expect(typeset('en', 'Missing : 1.2 GB')).toBe('Missing : 1.2 GB')
    expect(typeset('fr', 'à 12:30, http://10.0.0.1:8080')).toBe('à 12:30, http://10.0.0.1:8080')
  })
})
