import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildNumber } from '../../../../images/boot-manager/file-version.ts'
import { MalformedPe } from '../../../../images/pe/malformed-pe.ts'
import { readSignatures } from '../../../../images/boot-manager/signers.ts'
import { ca2023, makePe, pca2011, type TestSignature } from './signed-pe.ts'
import { runs } from '../../property-runs.ts'
import { canRun } from '../../../machine/requirements.ts'

const shim = 'build/environment/boot/shimx64.efi'
const noShim = existsSync(shim) ? null : `no ${shim}: build the environment`

function readOrMalformed(bytes: Uint8Array): unknown {
  try {
    return readSignatures(bytes)
  } catch (error) {
    if (error instanceof MalformedPe) return error.message
    throw error
  }
}

describe('the signatures of a PE file', () => {
  test.each<[string, TestSignature, string | null]>([
    ['Windows’ authority of 2011', pca2011, 'windows-2011'],
    ['Windows’ authority of 2023', ca2023, 'windows-2023'],
    ['the third-party authority', { signer: 'X', issuers: ['Microsoft Corporation UEFI CA 2011'] }, 'third-party-2011'],
    ['its successor', { signer: 'X', issuers: ['Microsoft UEFI CA 2023', 'Root'] }, 'third-party-2023'],
    ['one below it', { signer: 'X', issuers: ['Department', 'Microsoft UEFI CA 2023'] }, 'third-party-2023'],
    ['somebody else', { signer: 'Établi', issuers: ['Établi – autorité'] }, null],
    ['one who only names himself so', { signer: 'Windows UEFI CA 2023', issuers: ['Mallory'] }, null],
  ])('of %s are told', (_who, signature, authority) => {
    expect(readSignatures(makePe([signature]))).toEqual([{ ...signature, authority }])
    expect(readSignatures(makePe([signature], { pe32: true }))).toEqual([{ ...signature, authority }])
  })

  test('are all read, in the file’s order', () => {
    expect(readSignatures(makePe([pca2011, ca2023])).map(({ authority }) => authority)).toEqual([
      'windows-2011',
      'windows-2023',
    ])
  })

  test('are none in an unsigned file, and none of a kind that firmware does not know', () => {
    expect(readSignatures(makePe([]))).toEqual([])
    expect(readSignatures(makePe([pca2011], { type: 1 }))).toEqual([])
  })

  test('end where certificates vouch for each other', () => {
    const ring = { signer: 'A', issuers: ['B', 'C', 'B'] }
    expect(readSignatures(makePe([ring]))).toEqual([{ signer: 'A', issuers: ['B', 'C'], authority: null }])
  })

  test.runIf(canRun('a real signature', noShim))('of Debian’s shim are the two third-party authorities', () => {
    expect(readSignatures(readFileSync(shim)).map(({ authority }) => authority)).toEqual([
      'third-party-2011',
      'third-party-2023',
    ])
  })

  test('of any bytes are read or refused, never anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void readOrMalformed(bytes)))
  })

  test('of a file that is cut short or damaged anywhere are read or refused', () => {
    const whole = makePe([pca2011, ca2023])
    for (let length = 0; length < whole.length; length += 1) readOrMalformed(whole.subarray(0, length))
    const at = fc.nat(whole.length - 1)
    fc.assert(
      fc.property(fc.array(fc.tuple(at, fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
        const damaged = Buffer.from(whole)
        for (const [offset, value] of changes) damaged[offset] = value
        readOrMalformed(damaged)
      }),
      { numRuns: runs(2000) },
    )
  })

  test.each([
    ['a text', Buffer.from('not a program, whatever its name says'.repeat(4)), 'MZ'],
    ['half a file', makePe([pca2011]).subarray(0, 0x400), 'certificate table'],
  ])('of %s are refused by name', (_what, bytes, field) => {
    expect(() => readSignatures(bytes)).toThrow(field)
  })
})

describe('the build of a PE file', () => {
  test('is the third part of its version', () => {
    const resource = Buffer.from('bd04effe00000100' + '00000a00' + '51026758' + '00000a00', 'hex')
    expect(buildNumber(Buffer.concat([Buffer.alloc(77), resource]))).toBe(0x5867)
  })

  test('is unknown without version, and in a cut file', () => {
    expect(buildNumber(makePe([]))).toBeNull()
    expect(buildNumber(Buffer.from('bd04effe0000010000', 'hex'))).toBeNull()
  })
})
