import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSecrets, type Secrets, type SecretsProblem } from '../../../../server/configuration/secrets.ts'

let folder: string
let file: string
let secrets: Secrets
let problems: SecretsProblem[]
const write = (text: string, mode = 0o600) => {
  writeFileSync(file, text)
  chmodSync(file, mode)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-secrets-'))
  file = join(folder, 'secrets.yaml')
  problems = []
  secrets = createSecrets(file, (problem) => problems.push(problem))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('gives those that are asked for and set, and no other', async () => {
  write('windowsKey: AAAAA-BBBBB\nother: no\n')
  expect(await secrets.valuesOf(['windowsKey', 'unset'])).toEqual({ windowsKey: 'AAAAA-BBBBB' })
  expect(problems).toEqual([])
})

test('everything is a text: a PIN keeps its zeros', async () => {
  write('pin: 0042\nyes: yes\nnothing:\nquoted: "a: b #c"\n')
  expect(await secrets.valuesOf(['pin', 'yes', 'nothing', 'quoted'])).toEqual({
    ...{ pin: '0042', yes: 'yes', nothing: '', quoted: 'a: b #c' },
  })
})

test('is read at each use: one set meanwhile is there', async () => {
  expect(await secrets.valuesOf(['a'])).toEqual({})
  write('a: 1\n')
  expect(await secrets.valuesOf(['a'])).toEqual({ a: '1' })
})

test('warns once when others can read it, and works', async () => {
  write('a: 1\n', 0o644)
  expect(await secrets.valuesOf(['a'])).toEqual({ a: '1' })
  await secrets.valuesOf(['a'])
  expect(problems).toEqual([{ code: 'SECRETS_OPEN_TO_OTHERS', file, mode: '0644' }])
})

test.each<[string, string, number | null]>([
  ['no YAML', 'a: 1\nb: [hidden-value', 2],
  ['a list', '- hidden-value\n', 1],
  ['far too large', `a: ${'hidden-value'.repeat(30_000)}`, null],
])('a file that is %s gives nothing, and what is said of it holds none of it', async (_, text, line) => {
  write(text)
  expect(await secrets.valuesOf(['a'])).toEqual({})
  expect(problems).toEqual([{ code: 'SECRETS_UNREADABLE', file, line }])
  expect(JSON.stringify(problems)).not.toContain('hidden')
})

test('what is no short text is no secret', async () => {
  write(`map: { a: 1 }\nlong: ${'x'.repeat(5000)}\nshort: x\n`)
  expect(await secrets.valuesOf(['map', 'long', 'short'])).toEqual({ short: 'x' })
})
