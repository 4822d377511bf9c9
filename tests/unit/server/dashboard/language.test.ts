import { describe, expect, test } from 'vitest'
import { en } from '../../../../server/dashboard/i18n/en.ts'
import * as format from '../../../../server/dashboard/i18n/format.ts'
import { fr } from '../../../../server/dashboard/i18n/fr.ts'
import { translate, typeset, type Catalogue } from '../../../../server/dashboard/i18n/text.ts'

const english: Catalogue = en
const keys = Object.keys(en) as Array<keyof typeof en>
const forms = (catalogue: Catalogue, key: keyof typeof en): string[] => {
  const text = catalogue[key]
  return typeof text === 'string' ? [text] : [text.one, text.other]
}
const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the catalogues', () => {
  test('French has the keys of English and no others', () => {
    expect(Object.keys(fr).sort()).toEqual([...keys].sort())
  })

  test('both fill the same slots in every form', () => {
    for (const key of keys) {
      const wanted = slots(forms(english, key)[0] ?? '')
      for (const text of [...forms(english, key), ...forms(fr, key)]) expect.soft(slots(text), key).toEqual(wanted)
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

describe('figures', () => {
  test.each([
    [format.bytes('fr', 500_107_862_016), '500\u202fGo'],
    [format.bytes('en', 5_412_331_520), '5.4\u202fGB'],
    [format.bytes('fr', 999_999_999), '1\u202fGo'],
    [format.bytes('fr', 0), '0\u202fo'],
    [format.bytes('fr', 965_000), '965\u202fko'],
    [format.memory('fr', 16 * 1024 ** 3), '16\u202fGo'],
    [format.memory('en', 8 * 1024 ** 3), '8\u202fGB'],
    [format.rate('fr', 96_400_000), '96,4\u202fMo/s'],
    [format.percent('fr', 0.419), '41\u202f%'],
    [format.percent('en', 0.999), '99%'],
    [format.percent('en', 1), '100%'],
    [format.duration('fr', 42), '42\u202fs'],
    [format.duration('fr', 70), '1\u202fmin\u202f10'],
    [format.duration('fr', 7500), '2\u202fh\u202f05'],
    [format.duration('fr', 100_000), '1\u202fj 3\u202fh'],
    [format.duration('en', 100_000), '1\u202fd 3\u202fh'],
    [format.estimate('fr', 59), '59\u202fs'],
    [format.estimate('fr', 1310), '22\u202fmin'],
    [format.estimate('fr', 3590), '1\u202fh\u202f00'],
  ])('reads %s', (written, wanted) => {
    expect(written).toBe(wanted)
  })

  const now = new Date('2026-11-23T12:00:00Z')
  test.each([
    [2, 'à l’instant', 'just now'],
    [12, 'il y a 12', '12 sec'],
    [200, 'il y a 3', '3 min'],
    [7300, 'il y a 2', '2 h'],
    [200_000, 'il y a 2', '2 days ago'],
  ])('%i seconds ago', (seconds, french, english) => {
    const then = new Date(now.getTime() - seconds * 1000)
    expect(format.ago('fr', then, now).startsWith(french)).toBe(true)
    expect(format.ago('en', then, now).startsWith(english)).toBe(true)
  })
})
