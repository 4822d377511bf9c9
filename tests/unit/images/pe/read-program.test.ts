import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MalformedPe } from '../../../../images/pe/malformed-pe.ts'
import { readProgram } from '../../../../images/pe/read-program.ts'
import { versionText } from '../../../../images/pe/version-resource.ts'
import { readerOf } from '../../../../images/positional-reader.ts'
import { damaged } from '../../damaged.ts'
import { runs } from '../../property-runs.ts'
import { makeProgram } from './make-program.ts'

const texts = {
  0x0409: { ProductName: 'Workshop tool', CompanyName: 'Établi' },
  0x040c: { ProductName: 'Outil de l’atelier', FileVersion: '3.2.1' },
}
const whole = makeProgram({
  texts,
  version: '3.2.1.7',
  executionLevel: 'requireAdministrator',
  overlay: Buffer.alloc(99),
})

describe('a program', () => {
  test('says its version, its names in each language, and what rights it asks for', async () => {
    const program = await readProgram(readerOf(whole))
    expect(program).toMatchObject({ architecture: 'x86', executionLevel: 'requireAdministrator' })
    expect(program.version).toMatchObject({ fileVersion: '3.2.1.7', productVersion: '3.2.1.7' })
    expect(versionText(program.version, 'ProductName')).toBe('Outil de l’atelier')
    expect(versionText(program.version, 'ProductName', [9])).toBe('Workshop tool')
    expect(versionText(program.version, 'CompanyName')).toBe('Établi')
    expect(versionText(program.version, 'LegalCopyright')).toBe('')
    expect(program.overlay).toEqual({ start: whole.length - 99, end: whole.length })
  })

  test('of 64 bits, without resources, says so little', async () => {
    expect(await readProgram(readerOf(makeProgram({ is64: true })))).toMatchObject({
      architecture: 'x64',
      executionLevel: null,
      version: { fileVersion: null, texts: [] },
    })
  })

  test('damaged anywhere, it is read or refused, and always ends', async () => {
    await fc.assert(
      fc.asyncProperty(damaged(whole), async (bytes) => {
        try {
          await readProgram(readerOf(bytes))
        } catch (error) {
          if (!(error instanceof MalformedPe)) throw error
        }
      }),
      { numRuns: runs(500) },
    )
  })

  test.each([
    ['an error page', '<!DOCTYPE html>'],
    ['nothing', ''],
  ])('%s is none', async (_, text) => {
    await expect(readProgram(readerOf(Buffer.from(text)))).rejects.toThrow(MalformedPe)
  })
})
