import { describe, expect, test } from 'vitest'
import { decideBootAnswer } from '../../../../server/netboot/boot-request.ts'

const server = '10.0.0.2'

describe('what a machine that asks DHCP boots', () => {
  test.each([
    ['x86-64 UEFI', 7],
    ['x86-64 UEFI, with the number the erratum swapped', 9],
  ])('the signed shim on %s', (_what, architecture) => {
    const decided = decideBootAnswer({ kind: 'pxe', architecture }, server)
    expect(decided.answer).toEqual({ kind: 'boot', server, file: 'shimx64.efi' })
  })

  test.each([
    ['BIOS', 'pxe', 0, /UEFI/],
    ['UEFI HTTP boot', 'http', 16, /plus tard/],
    ['32-bit UEFI', 'pxe', 6, /architecture 6/],
    ['64-bit ARM', 'pxe', 11, /architecture 11/],
  ] as const)('nothing on %s, with the reason for the trace', (_what, kind, architecture, words) => {
    const decided = decideBootAnswer({ kind, architecture }, server)
    expect(decided.answer.kind).toBe('silent')
    expect(decided.outcome).toBe('refused')
    expect(decided.reason.fr).toMatch(words)
  })

  test.each(['environment', 'other'] as const)('an address and nothing else for a client of kind %s', (kind) => {
    expect(decideBootAnswer({ kind }, server).answer).toEqual({ kind: 'none' })
  })
})
