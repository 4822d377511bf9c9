import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseSecrets } from '../../../../server/configuration/parse-secrets.ts'
import { chooseSecret } from '../../../../server/configuration/secret-choice.ts'
import { createSecrets, type Secrets, type SecretsProblem } from '../../../../server/configuration/secrets.ts'

const serial = 'G6BN226001'

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
  expect(await secrets.valuesOf(['windowsKey', 'unset'], serial)).toEqual({ windowsKey: 'AAAAA-BBBBB' })
  expect(problems).toEqual([])
})

test('everything is a text: a PIN keeps its zeros', async () => {
  write('pin: 0042\nyes: yes\nnothing:\nquoted: "a: b #c"\n')
  expect(await secrets.valuesOf(['pin', 'yes', 'nothing', 'quoted'], serial)).toEqual({
    ...{ pin: '0042', yes: 'yes', nothing: '', quoted: 'a: b #c' },
  })
})

test('is read at each use: one set meanwhile is there', async () => {
  expect(await secrets.valuesOf(['a'], serial)).toEqual({})
  write('a: 1\n')
  expect(await secrets.valuesOf(['a'], serial)).toEqual({ a: '1' })
})

test('warns once when others can read it, and works', async () => {
  write('a: 1\n', 0o644)
  expect(await secrets.valuesOf(['a'], serial)).toEqual({ a: '1' })
  await secrets.valuesOf(['a'], serial)
  expect(problems).toEqual([{ code: 'SECRETS_OPEN_TO_OTHERS', file, mode: '0644' }])
})

test.each<[string, string, number | null]>([
  ['no YAML', 'a: 1\nb: [hidden-value', 2],
  ['a list', '- hidden-value\n', 1],
  ['far too large', `a: ${'hidden-value'.repeat(30_000)}`, null],
])('a file that is %s gives nothing, and what is said of it holds none of it', async (_, text, line) => {
  write(text)
  expect(await secrets.valuesOf(['a'], serial)).toEqual({})
  expect(problems).toEqual([{ code: 'SECRETS_UNREADABLE', file, line }])
  expect(JSON.stringify(problems)).not.toContain('hidden')
})

test('a value for each serial number goes to that machine and no other', async () => {
  write('key:\n  G6BN226001: AAAAA-BBBBB\n  "0042": CCCCC-DDDDD\nshared: x\n')
  expect(await secrets.valuesOf(['key', 'shared'], 'G6BN226001')).toEqual({ key: 'AAAAA-BBBBB', shared: 'x' })
  expect(await secrets.valuesOf(['key'], '0042')).toEqual({ key: 'CCCCC-DDDDD' })
  expect(await secrets.valuesOf(['key'], ' g6bn226001 ')).toEqual({ key: 'AAAAA-BBBBB' })
  expect(await secrets.valuesOf(['key', 'shared'], 'G6BN226002')).toEqual({ shared: 'x' })
  expect(await secrets.lacksOf(['key', 'shared'], 'G6BN226002')).toEqual([{ kind: 'not-for-machine', name: 'key' }])
  expect(await secrets.lacksOf(['key', 'shared'], 'G6BN226001')).toEqual([])
  expect(problems).toEqual([])
})

test.each<[string, string]>([
  ['no serial number', ''],
  ['one that is a property of every object', 'constructor'],
  ['one whose line has nothing behind it', 'EMPTY'],
])('a machine with %s has none of them', async (_, of) => {
  write('key:\n  G6BN226001: AAAAA-BBBBB\n  EMPTY:\n')
  expect(await secrets.lacksOf(['key'], of)).toEqual([{ kind: 'not-for-machine', name: 'key' }])
  expect(await secrets.valuesOf(['key'], of)).toEqual({})
})

test.each<[string, string, number, string]>([
  ['a list', 'a: 1\nkey: [hidden-value]\n', 2, 'not-text'],
  ['longer than the protocol carries', `key: ${'hidden'.repeat(1000)}\n`, 1, 'too-long'],
  ['a map in a map', 'key:\n  X1: { hidden: value }\n', 2, 'not-text'],
  ['twice there for one serial number', 'key:\n  X1: hidden\n  x1: hidden2\n', 3, 'serial-twice'],
])('one that is %s is told with its line and not its value, and the others are there', async (_, text, line, fault) => {
  write(`${text}other: x\n`)
  expect(await secrets.valuesOf(['key', 'other'], serial)).toEqual({ other: 'x' })
  expect(problems).toEqual([{ code: 'SECRET_WRONG', file, name: 'key', line, fault }])
  expect(JSON.stringify(problems)).not.toContain('hidden')
  expect(await secrets.lacksOf(['key'], serial)).toEqual([{ kind: 'wrong', name: 'key', line, fault }])
})

test('any text is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, of) => {
      const { kind } = chooseSecret(parseSecrets(text), 'key', of)
      expect(['chosen', 'lacking']).toContain(kind)
    }),
  )
})

test('what is written by serial number is what each machine is given, whatever the value', () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[A-Z0-9-]{1,20}$/), { minLength: 1, maxLength: 20 })
  const value = fc.string({ minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(keys, value, (serials, secret) => {
      const lines = serials.map((one) => `  ${JSON.stringify(one)}: ${JSON.stringify(`${secret} ${one}`)}`)
      const parsed = parseSecrets(`key:\n${lines.join('\n')}\n`)
      for (const one of serials)
        expect(chooseSecret(parsed, 'key', one.toLowerCase())).toEqual({ kind: 'chosen', value: `${secret} ${one}` })
    }),
  )
})
