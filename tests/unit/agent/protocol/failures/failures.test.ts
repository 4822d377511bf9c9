import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeFailure, failure, failures } from '../../../../../agent/protocol/failures/failures.ts'
import { agentVersion } from '../../../../../agent/runtime/version.ts'
import { readFileSync } from 'node:fs'

describe('sentences of failures', () => {
  test('amounts are written as each language writes them', () => {
    const { message } = describeFailure(failure('DISK_TOO_SMALL', { disk: 'X', size: 1.5e12, needed: 2e12 }))
    expect(message.fr).toContain('1,5\u202fTo')
    expect(message.en).toContain('1.5\u202fTB')
    expect(describeFailure(failure('MEMORY_TOO_SMALL', { size: 2 ** 33, needed: 2 ** 34 })).message.fr).toContain(
      '8\u202fGo',
    )
  })

  test('a code from another version has sentences too, and so has anything else', () => {
    expect(describeFailure({ code: 'MOON_TOO_FAR', params: {} }).message.en).toContain('MOON_TOO_FAR')
    const anyParams = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()))
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...Object.keys(failures), 'toString', '__proto__')),
        anyParams,
        (code, params) => {
          expect(describeFailure({ code, params }).fix.fr).not.toBe('')
        },
      ),
    )
  })

  test('the agent says the version of the package', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8'))
    expect(manifest).toMatchObject({ version: agentVersion })
  })
})
