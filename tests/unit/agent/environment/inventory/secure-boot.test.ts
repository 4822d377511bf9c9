import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeSignatures, x509Type } from '../../../../../agent/environment/inventory/efi-signatures.ts'
import { judgeSecureBoot } from '../../../../../agent/environment/inventory/secure-boot.ts'
import { canRun } from '../../../../machine/requirements.ts'

const ovmf = '/usr/share/OVMF/OVMF_VARS_4M.ms.fd'
const hasOvmf = canRun(
  'Microsoft’s certificates in a real firmware',
  existsSync(ovmf) ? null : `no ${ovmf}: package ovmf`,
)

/** All X.509 lists of a firmware image, as one database: PK, KEK and db have them. */
function listsOf(image: Buffer): Buffer {
  const lists: Buffer[] = []
  const type = Buffer.from(x509Type, 'hex')
  for (let at = image.indexOf(type); at !== -1; at = image.indexOf(type, at + 1)) {
    const size = image.readUInt32LE(at + 16)
    if (size > 28 && at + size <= image.length) lists.push(image.subarray(at, at + size))
  }
  return Buffer.concat(lists)
}

const one = Uint8Array.of(1)
const zero = Uint8Array.of(0)

describe('Secure Boot', () => {
  test.runIf(hasOvmf)('finds Microsoft’s certificate of 2011 in a real db', () => {
    const db = listsOf(readFileSync(ovmf))
    const judged = judgeSecureBoot({ secureBoot: one, setupMode: zero, db, dbx: null })
    expect(judged).toMatchObject({ state: 'on', trusts2011: true, revokes2011: false })
    expect(judged.trusts2023).toBe(db.includes('Windows UEFI CA 2023'))
  })

  test.runIf(hasOvmf)('sees that dbx revokes it', () => {
    const dbx = listsOf(readFileSync(ovmf))
    expect(judgeSecureBoot({ secureBoot: one, setupMode: zero, db: null, dbx })).toMatchObject({
      trusts2011: false,
      revokes2011: true,
    })
  })

  test.each([
    ['on', one, zero],
    ['off', zero, zero],
    ['setup', zero, one],
    ['unsupported', null, null],
  ] as const)('is %s', (state, secureBoot, setupMode) => {
    expect(judgeSecureBoot({ secureBoot, setupMode, db: null, dbx: null }).state).toBe(state)
  })

  test('never throws on a broken database', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 60 }), (bytes, certificate) => {
        const list = Buffer.alloc(28 + 16 + certificate.length)
        Buffer.from(x509Type, 'hex').copy(list)
        list.writeUInt32LE(list.length, 16)
        list.writeUInt32LE(16 + certificate.length, 24)
        list.set(certificate, 44)
        for (const db of [bytes, list]) judgeSecureBoot({ secureBoot: null, setupMode: null, db, dbx: db })
        expect(decodeSignatures(list)).toHaveLength(certificate.length === 0 ? 0 : 1)
      }),
    )
  })
})
