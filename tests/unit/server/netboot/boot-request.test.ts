import { describe, expect, test } from 'vitest'
import { decideBootAnswer } from '../../../../server/netboot/boot-request.ts'

const server = '10.0.0.2'
const decide = (kind: 'pxe' | 'http', architecture?: number, vendorClass?: string) =>
  decideBootAnswer(
    { kind, ...(architecture === undefined ? {} : { architecture }), ...(vendorClass ? { vendorClass } : {}) },
    server,
  )

describe('what a machine that asks DHCP boots', () => {
  test.each([
    ['x86-64 UEFI', 7],
    ['x86-64 UEFI, with the number the erratum swapped', 9],
  ])('the signed shim on %s', (_what, architecture) => {
    const decided = decide('pxe', architecture)
    expect(decided.answer).toEqual({ kind: 'boot', server, file: 'shimx64.efi' })
  })

  test.each([
    ['BIOS', 'pxe', 0, /mode BIOS.*choisir UEFI/],
    ['a PXE ROM that names no architecture', 'pxe', undefined, /mode BIOS.*choisir UEFI/],
    ['BIOS by HTTP', 'http', 20, /mode BIOS.*choisir UEFI/],
    ['UEFI HTTP boot', 'http', 16, /par HTTP.*choisir PXE IPv4/],
    ['UEFI HTTP boot that names no architecture', 'http', undefined, /par HTTP.*choisir PXE IPv4/],
    ['an HTTP client with the number of PXE', 'http', 7, /par HTTP.*choisir PXE IPv4/],
    ['32-bit UEFI', 'pxe', 6, /micrologiciel.*UEFI 32 bits.*chercher/],
    ['32-bit UEFI by HTTP', 'http', 15, /micrologiciel.*UEFI 32 bits.*chercher/],
    ['64-bit ARM', 'pxe', 11, /ARM 64.*l’installer avec/],
    ['64-bit ARM by HTTP', 'http', 19, /ARM 64.*l’installer avec/],
    ['a Raspberry Pi', 'pxe', 41, /Raspberry Pi.*l’installer avec/],
    ['64-bit RISC-V', 'pxe', 27, /RISC-V 64.*l’installer avec/],
    ['64-bit LoongArch by HTTP', 'http', 40, /LoongArch 64.*l’installer avec/],
    ['a number that nobody knows', 'pxe', 77, /inconnue \(nº 77\).*mettre son BIOS à jour/],
  ] as const)('nothing on %s, with the reason and what to do', (_what, kind, architecture, words) => {
    const decided = decide(kind, architecture)
    expect(decided.answer.kind).toBe('silent')
    expect(decided.outcome).toBe('refused')
    expect(decided.reason.fr).toMatch(words)
  })

  test.each(Array.from({ length: 64 }, (_, number) => number))(
    'architecture %i is never called a processor',
    (number) => {
      const { reason } = decide('pxe', number)
      expect(`${reason.fr} ${reason.en}`).not.toMatch(/processeur|processor/)
    },
  )

  test('the architecture of the vendor class where option 93 is missing or damaged', () => {
    expect(decide('pxe', undefined, 'PXEClient:Arch:00007:UNDI:003016').answer.kind).toBe('boot')
    expect(decide('pxe', undefined, 'PXEClient:Arch:00006:UNDI:003001').reason.en).toContain('32-bit UEFI')
    expect(decide('pxe', 7, 'PXEClient:Arch:00000:UNDI:002001').answer.kind).toBe('boot')
    expect(decide('pxe', undefined, 'PXEClient').reason.en).toContain('BIOS mode')
  })

  test.each(['environment', 'other'] as const)('an address and nothing else for a client of kind %s', (kind) => {
    expect(decideBootAnswer({ kind }, server).answer).toEqual({ kind: 'none' })
  })
})
