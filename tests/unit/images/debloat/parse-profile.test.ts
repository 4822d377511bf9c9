import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseProfile } from '../../../../images/debloat/parse-profile.ts'

const item = (name: string, kind = 'appx'): string => `  - { kind: ${kind}, name: ${name}, why: { fr: a, en: b } }\n`
const profile = (...items: string[]): string => `name: Le nôtre\nitems:\n${items.join('')}`

describe('a debloat profile', () => {
  test('is read with its reasons', () => {
    expect(parseProfile(profile(item('Microsoft.BingNews'), item('Recall', 'feature')))).toMatchObject({
      ok: true,
      value: { items: [{ name: 'Microsoft.BingNews', why: { fr: 'a' } }, { kind: 'feature' }] },
    })
  })

  test('may name the same thing as app and as feature, but not twice', () => {
    const text = profile(item('Recall'), item('Recall', 'feature'), item('recall'))
    expect(parseProfile(text)).toMatchObject({ ok: false, problems: [{ code: 'FILE_ITEM_TWICE', line: 5 }] })
  })

  test('may not name what Windows needs, whatever its spelling', () => {
    const text = profile(item('microsoft.windowsstore'), item('Microsoft.VCLibs.140.00'))
    expect(parseProfile(text)).toMatchObject({
      ok: false,
      problems: [
        { code: 'FILE_ITEM_PROTECTED', line: 3, params: { name: 'microsoft.windowsstore' } },
        { code: 'FILE_ITEM_PROTECTED', line: 4, params: { name: 'Microsoft.VCLibs.140.00' } },
      ],
    })
  })

  test('gives a reason for each thing', () => {
    expect(parseProfile('name: a\nitems:\n  - { kind: appx, name: Microsoft.People }\n')).toMatchObject({
      ok: false,
      problems: [{ code: 'FILE_KEY_MISSING', params: { key: 'items[0].why' } }],
    })
  })
})

const library = join(import.meta.dirname, '../../../../images/debloat/library')
test.each(existsSync(library) ? readdirSync(library) : [])('%s, which comes with the product, is right', (file) => {
  expect(parseProfile(readFileSync(join(library, file), 'utf8'))).toMatchObject({ ok: true })
})
