import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { msiErrorMessage } from '../../../../agent/protocol/failures/msi-errors.ts'
import { msiexecArguments, setupArgument } from '../../../../agent/windows/software/command-line.ts'
import { allThere, judgeRegistry } from '../../../../agent/windows/software/detection.ts'
import { codeText, meaningOf } from '../../../../agent/windows/software/exit-code.ts'
import { decodeLog, encodeLog, tellingLines } from '../../../../agent/windows/software/install-log.ts'
import { reportedText } from '../../../../agent/windows/software/reported.ts'
import { lookedAt, lookEveryMs, signOf, stirring } from '../../../../agent/windows/software/sign-of-life.ts'
import { compareVersions } from '../../../../agent/windows/software/version.ts'

describe('versions', () => {
  test.each([
    ['15.58.4', '15.58.4', 0],
    ['15.58', '15.58.0.0', 0],
    ['9.10', '9.9', 1],
    ['15.57.99', '15.58', -1],
    ['24.09 (x64)', '24.9', 0],
    ['v2.0-rc1', '2.0', 0],
    ['1,2,3,4', '1.2.3.5', -1],
    ['10.0.22621.99999999999999999', '10.0.22621.99999999999999998', 1],
    ['unknown', '1.0', null],
  ])('%s beside %s', (one, other, order) => {
    expect(compareVersions(one, other)).toBe(order)
  })

  test('their order is one: the other way round, and through a third', () => {
    const version = fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }).map((numbers) => numbers.join('.'))
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const order = compareVersions(a, b) ?? 0
        expect(compareVersions(b, a)).toBe(order === 0 ? 0 : -order)
        expect(compareVersions(a, a)).toBe(0)
        if (order <= 0 && (compareVersions(b, c) ?? 0) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('whether a registry rule holds', () => {
  const keys = ['HKLM\\A', 'HKLM\\B']
  const sight = (data: string, kind = 'String') => ({ key: 'HKLM\\B', value: { name: 'Version', kind, data } })
  test.each([
    ['the key is enough', { keys }, { key: 'HKLM\\A', value: null }, { there: true, version: null }],
    ['no key', { keys }, null, { there: false, missing: 'HKLM\\A' }],
    ['no value', { keys, value: 'Version' }, null, { there: false, missing: 'HKLM\\A\\Version' }],
    ['a value that is a version', { keys, value: 'Version' }, sight('15.58.4'), { there: true, version: '15.58.4' }],
    ['a value that is none', { keys, value: 'Version' }, sight('C:\\X'), { there: true, version: null }],
    [
      'another text',
      { keys, value: 'Version', equals: '2' },
      sight('1'),
      { there: false, missing: 'HKLM\\B\\Version = "2" ("1")' },
    ],
    [
      'text with accents, however they are written',
      { keys, value: 'Version', equals: 'Édition française' },
      sight('E\u0301dition franc\u0327aise'),
      { there: true, version: null },
    ],
    [
      'a number, as people write it',
      { keys, value: 'Version', equals: '528040' },
      sight('528040', 'DWord'),
      { there: true, version: null },
    ],
    [
      'an older version',
      { keys, value: 'Version', atLeast: '15.60' },
      sight('15.58.4'),
      { there: false, missing: 'HKLM\\B\\Version >= 15.60 ("15.58.4")' },
    ],
    [
      'a later version',
      { keys, value: 'Version', atLeast: '15.9' },
      sight('15.58.4'),
      { there: true, version: '15.58.4' },
    ],
  ])('%s', (_name, rule, found, finding) => {
    expect(judgeRegistry(rule, found)).toEqual(finding)
  })

  test('all that is said must hold, and every thing missing is named', () => {
    const there = { there: true, version: '1.0' } as const
    expect(allThere([{ there: true, version: null }, there])).toEqual(there)
    const gone = (missing: string) => ({ there: false, missing }) as const
    expect(allThere([there, gone('a'), gone('b')])).toEqual(gone('a, b'))
  })
})

describe('exit codes', () => {
  test.each([
    [0, {}, 'installed'],
    [3010, {}, 'restart'],
    [1641, {}, 'restart'],
    [1618, {}, 'busy'],
    [-2147023278, {}, 'busy'],
    [1603, {}, 'failed'],
    [0, { success: [5] }, 'failed'],
    [3010, { success: [0, 3010] }, 'installed'],
    [3010, { restart: [] }, 'failed'],
    [-2147021886, { restart: [0x80070bc2] }, 'restart'],
  ])('%d with %j', (code, manifest, meaning) => {
    expect(meaningOf(code, manifest)).toBe(meaning)
  })

  test.each([
    [1603, '1603'],
    [-2147009293, '0x80073CF3'],
    [4294967295, '0xFFFFFFFF'],
  ])('%d is written as people search for it', (code, text) => {
    expect(codeText(code)).toBe(text)
  })

  test.each([1601, 1602, 1603, 1605, 1612, 1618, 1619, 1620, 1624, 1625, 1633, 1638, 1641, 3010])(
    '%d of Windows Installer has words',
    (code) => {
      expect(msiErrorMessage(String(code))?.fr).not.toBe(msiErrorMessage(String(code))?.en)
    },
  )
})

describe('command lines', () => {
  test('msiexec gets quotation marks where it wants them, around the value alone', () => {
    const more = ['DESKTOPSHORTCUTS=0', 'DIR=C:\\My Folder', 'NAME=', 'SAID="as it is"', 'WORDS=a "b" c', '/quiet x']
    expect(msiexecArguments('C:\\a b\\x.msi', 'C:\\log.txt', more)).toEqual([
      ...['/i', '"C:\\a b\\x.msi"', '/qn', '/norestart', '/l*v', 'C:\\log.txt'],
      ...['DESKTOPSHORTCUTS=0', 'DIR="C:\\My Folder"', 'NAME=""', 'SAID="as it is"', 'WORDS="a ""b"" c"', '"/quiet x"'],
    ])
  })

  test.each([
    ['/S', '/S'],
    ['/v"/qn"', '/v"/qn"'],
    ['C:\\My Folder\\', '"C:\\My Folder\\\\"'],
    ['', '""'],
  ])('a set-up program gets %s', (argument, line) => {
    expect(setupArgument(argument)).toBe(line)
  })
})

describe('signs of life', () => {
  test('a window that nobody answers shows none, an installer at work does', () => {
    expect(signOf({ cpuSeconds: 1.2, writtenBytes: 20_000 })).toBe(signOf({ cpuSeconds: 4.9, writtenBytes: 90_000 }))
    expect(signOf({ cpuSeconds: 1.2, writtenBytes: 0 })).not.toBe(signOf({ cpuSeconds: 6.2, writtenBytes: 0 }))
    expect(signOf({ cpuSeconds: 0, writtenBytes: 0 })).not.toBe(signOf({ cpuSeconds: 0, writtenBytes: 2e6 }))
  })

  test('stillness adds up until something stirs', () => {
    const still = ['a', 'a', 'a'].reduce((before, sign) => lookedAt(before, sign, 100), stirring)
    expect(still.stillMs).toBe(200)
    expect(lookedAt(still, 'b', 100).stillMs).toBe(0)
  })

  test.each([
    [20 * 60_000, 30_000],
    [3000, 750],
    [100, 250],
  ])('what hangs after %d ms is looked at every %d ms', (stalledAfterMs, everyMs) => {
    expect(lookEveryMs(stalledAfterMs)).toBe(everyMs)
  })
})

describe('the log of an installation', () => {
  const { answers }: { answers: Record<string, { log?: string[] }> } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../fixtures/windows/programs/msiexec.json'), 'utf8'),
  )

  test.each([
    ['failed.en', /Error 1920[^\n]*\n[^\n]*Return value 3/],
    ['failed.fr', /Erreur 1920[^\n]*\n[^\n]*Valeur renvoyée : 3/],
  ])('%s tells what led to the failed action, and its end', (which, words) => {
    const filler = Array.from({ length: 500 }, (_, at) => `Property(S): P${at} = 1`)
    const [first = '', ...rest] = answers[which]?.log ?? []
    const log = [first, ...filler, ...rest.slice(0, 4), ...filler, ...rest.slice(4), ''].join('\r\n')
    const lines = tellingLines(log)
    expect(lines).toMatch(words)
    expect(lines).toContain('MainEngineThread is returning 1603')
    expect(lines.split('\n').length).toBeLessThan(30)
  })

  test('is read as msiexec writes it, in UTF-16, and written back as it was', () => {
    const bytes = Buffer.from('\ufeffÉchec 1603\r\n', 'utf16le')
    expect(decodeLog(bytes)).toBe('Échec 1603\r\n')
    expect(Buffer.from(encodeLog('x', bytes)).toString('hex')).toBe('fffe7800')
    expect(decodeLog(Buffer.from('plain'))).toBe('plain')
  })
})

test.each([
  [{ kind: 'DWord', data: '123456789' }, '123 456 789'],
  [{ kind: 'DWord', data: '1234567890' }, '1 234 567 890'],
  [{ kind: 'DWord', data: '8080' }, '8080'],
  [{ kind: 'DWord', data: '0' }, null],
  [{ kind: 'String', data: ' LIC-42 ' }, 'LIC-42'],
  [{ kind: 'String', data: '0' }, null],
  [{ kind: 'String', data: '' }, null],
])('a reported value %j reads %s', (value, text) => {
  expect(reportedText({ name: 'ClientID', ...value })).toBe(text)
})
