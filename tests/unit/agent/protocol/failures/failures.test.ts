import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeFailure, failure, failureCodes } from '../../../../../agent/protocol/failures/failures.ts'
import { agentVersion } from '../../../../../agent/runtime/version.ts'
import { readFileSync } from 'node:fs'

/** Whatever a sentence asks for is filled in. */
const filled = new Proxy<Record<string, string>>({}, { get: () => 'x' })

describe('words of failures', () => {
  test.each(failureCodes.map((code) => [code]))(
    '%s has message and fix in both languages, ending like sentences',
    (code) => {
      const { message, fix } = describeFailure({ code, params: {} })
      for (const text of [message.fr, message.en, fix.fr, fix.en]) {
        expect(text.length).toBeGreaterThan(10)
        expect(text).toMatch(/[.?]$/)
      }
      expect(message.fr).not.toBe(message.en)
    },
  )

  test.each(failureCodes.map((code) => [code]))(
    '%s keeps French typography: a narrow no-break space before high punctuation',
    (code) => {
      const { message, fix } = describeFailure({ code, params: filled })
      for (const text of [message.fr, fix.fr]) expect(text).not.toMatch(/[^\u202f][;:!?»]|«[^\u202f]/)
    },
  )

  test('amounts are written as each language writes them', () => {
    const { message } = describeFailure(failure('DISK_TOO_SMALL', { disk: 'X', size: 1.5e12, needed: 2e12 }))
    expect(message.fr).toContain('1,5\u00a0To')
    expect(message.en).toContain('1.5\u00a0TB')
    expect(describeFailure(failure('MEMORY_TOO_SMALL', { size: 2 ** 33, needed: 2 ** 34 })).message.fr).toContain(
      '8\u00a0Go',
    )
  })

  test('a code from another version has words too, and so has anything else', () => {
    expect(describeFailure({ code: 'MOON_TOO_FAR', params: {} }).message.en).toContain('MOON_TOO_FAR')
    const anyParams = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()))
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...failureCodes, 'toString', '__proto__')),
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
