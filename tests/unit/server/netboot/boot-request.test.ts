import { describe, expect, test } from 'vitest'
import { decideBootAnswer } from '../../../../server/netboot/boot-request.ts'
import type { BootIntent } from '../../../../server/netboot/intent.ts'

const reason = { fr: 'parce que', en: 'because' }
const environment: BootIntent = { intent: 'environment', reason }
const server = '10.0.0.2'

describe('what a machine that asks DHCP boots', () => {
  test.each([
    ['x86-64 UEFI', 7],
    ['x86-64 UEFI, with the number the erratum swapped', 9],
  ])('the signed shim on %s', (_what, architecture) => {
    const decided = decideBootAnswer({ kind: 'pxe', architecture }, environment, server)
    expect(decided.answer).toEqual({ kind: 'boot', server, file: 'shimx64.efi' })
  })

  test.each([
    ['BIOS', 'pxe', 0, /UEFI/],
    ['UEFI HTTP boot', 'http', 16, /plus tard/],
    ['32-bit UEFI', 'pxe', 6, /architecture 6/],
    ['64-bit ARM', 'pxe', 11, /architecture 11/],
  ] as const)('nothing on %s, with the reason for the trace', (_what, kind, architecture, words) => {
    const decided = decideBootAnswer({ kind, architecture }, environment, server)
    expect(decided.answer.kind).toBe('silent')
    expect(decided.outcome).toBe('refused')
    expect(decided.reason.fr).toMatch(words)
  })

  test('nothing, and no address, when the machine is to be left in peace', () => {
    const decided = decideBootAnswer({ kind: 'pxe', architecture: 7 }, { intent: 'silent', reason }, server)
    expect(decided).toEqual({ answer: { kind: 'silent', reason: 'because' }, reason, outcome: 'ok' })
  })

  test('the loader, when the database is too slow to ask: GRUB asks again', () => {
    expect(decideBootAnswer({ kind: 'pxe', architecture: 7 }, null, server).answer.kind).toBe('boot')
  })

  test('the loader for a machine that boots its disk: GRUB starts the disk, which is faster than silence', () => {
    const decided = decideBootAnswer({ kind: 'pxe', architecture: 7 }, { intent: 'local-disk', reason }, server)
    expect(decided.answer.kind).toBe('boot')
  })

  test.each(['environment', 'other'] as const)('an address and nothing else for a client of kind %s', (kind) => {
    expect(decideBootAnswer({ kind }, null, server).answer).toEqual({ kind: 'none' })
  })
})
