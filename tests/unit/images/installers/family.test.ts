import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../../images/installers/evidence.ts'
import { recogniseFamily, type InstallerFamily } from '../../../../images/installers/family.ts'
import { silenceOf } from '../../../../images/installers/silence.ts'
import { MalformedPe } from '../../../../images/pe/malformed-pe.ts'
import { readerOf } from '../../../../images/positional-reader.ts'
import { damaged } from '../../damaged.ts'
import { runs } from '../../property-runs.ts'
import { bundleId, madeInstallers } from './made-installers.ts'

const familyOf = async (bytes: Uint8Array): Promise<InstallerFamily> =>
  recogniseFamily(await readEvidence(readerOf(bytes)))

const expected: Readonly<Record<string, InstallerFamily>> = {
  inno: { family: 'inno', version: '6.3.0' },
  burn: { family: 'burn', bundleId },
  installshield: { family: 'installshield' },
  'installshield-by-version': { family: 'installshield' },
  'advanced-installer': { family: 'advanced-installer' },
  'msi-inside': { family: 'msi-inside' },
  'sfx-that-starts': { family: '7-zip', does: 'start-a-program' },
  'sfx-that-unpacks': { family: '7-zip', does: 'unpack' },
  squirrel: { family: 'squirrel' },
  chromium: { family: 'chromium' },
  omaha: { family: 'omaha' },
  winrar: { family: 'winrar' },
  iexpress: { family: 'iexpress' },
  unknown: { family: 'unknown' },
}

describe('an installer made here with the marks of its family', () => {
  test.each(Object.entries(madeInstallers))('%s is recognised', async (name, bytes) => {
    expect(await familyOf(bytes)).toEqual(expected[name])
  })

  test('damaged, it is recognised or not, or refused as no program', async () => {
    const some = fc.constantFrom(...Object.values(madeInstallers)).chain((whole) => damaged(whole, 1000))
    await fc.assert(
      fc.asyncProperty(some, async (bytes) => {
        try {
          expect(silenceOf(await familyOf(bytes))).toHaveProperty('toKnow')
        } catch (error) {
          if (!(error instanceof MalformedPe)) throw error
        }
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('how it is silent', () => {
  test('is never guessed for a program nobody knows', () => {
    for (const family of ['unknown', 'msi-inside', 'winrar'] as const) expect(silenceOf({ family }).known).toBe(false)
    expect(silenceOf({ family: '7-zip', does: 'unpack' }).known).toBe(false)
  })

  test('of Inno Setup, for all accounts, is asked only of versions that know how', () => {
    expect(silenceOf({ family: 'inno', version: '5.6.1' })).toMatchObject({ machineWide: [] })
    expect(silenceOf({ family: 'inno', version: '6.3.0' })).toMatchObject({ machineWide: ['/ALLUSERS'] })
    expect(silenceOf({ family: 'inno', version: null })).toMatchObject({ machineWide: ['/ALLUSERS'] })
  })
})
