import type { BootRequest } from '../dhcp/boot.ts'

/** What a firmware says it is (option 93), as far as it decides what can be done with the machine. */
export type Architecture = {
  kind: 'bios' | 'uefi-64' | 'uefi-32' | 'arm' | 'another'
  /** What a person calls it. */
  name: string
  /** Wants its loader by HTTP instead of TFTP. */
  http: boolean
}

const tftp = (kind: Architecture['kind'], name: string): Architecture => ({ kind, name, http: false })
const http = (kind: Architecture['kind'], name: string): Architecture => ({ kind, name, http: true })

/**
 * IANA's "Processor Architecture Types" (RFC 4578 §2.1, RFC 5970 §3.3). 9 was meant for EFI Byte Code, and firmware for
 * x86-64 has sent it ever since the RFC gave the two the wrong way round.
 */
const architectures: ReadonlyMap<number, Architecture> = new Map([
  [0, tftp('bios', 'BIOS')],
  [1, tftp('another', 'NEC PC-98')],
  [2, tftp('another', 'Itanium')],
  [3, tftp('another', 'DEC Alpha')],
  [4, tftp('another', 'ARC x86')],
  [5, tftp('another', 'Intel Lean Client')],
  [6, tftp('uefi-32', 'UEFI 32 bits')],
  [7, tftp('uefi-64', 'UEFI x86-64')],
  [8, tftp('arm', 'ARM XScale')],
  [9, tftp('uefi-64', 'UEFI x86-64')],
  [10, tftp('arm', 'ARM 32')],
  [11, tftp('arm', 'ARM 64')],
  [12, tftp('another', 'PowerPC')],
  [13, tftp('another', 'PowerPC ePAPR')],
  [14, tftp('another', 'POWER OPAL')],
  [15, http('uefi-32', 'UEFI 32 bits')],
  [16, http('uefi-64', 'UEFI x86-64')],
  [17, http('uefi-64', 'UEFI x86-64')],
  [18, http('arm', 'ARM 32')],
  [19, http('arm', 'ARM 64')],
  [20, http('bios', 'BIOS')],
  [21, tftp('arm', 'ARM 32 (U-Boot)')],
  [22, tftp('arm', 'ARM 64 (U-Boot)')],
  [23, http('arm', 'ARM 32 (U-Boot)')],
  [24, http('arm', 'ARM 64 (U-Boot)')],
  [25, tftp('another', 'RISC-V 32')],
  [26, http('another', 'RISC-V 32')],
  [27, tftp('another', 'RISC-V 64')],
  [28, http('another', 'RISC-V 64')],
  [29, tftp('another', 'RISC-V 128')],
  [30, http('another', 'RISC-V 128')],
  [31, tftp('another', 'IBM Z (s390)')],
  [32, tftp('another', 'IBM Z (s390)')],
  [33, tftp('another', 'MIPS 32')],
  [34, tftp('another', 'MIPS 64')],
  [35, tftp('another', 'Sunway 32')],
  [36, tftp('another', 'Sunway 64')],
  [37, tftp('another', 'LoongArch 32')],
  [38, http('another', 'LoongArch 32')],
  [39, tftp('another', 'LoongArch 64')],
  [40, http('another', 'LoongArch 64')],
  [41, tftp('arm', 'Raspberry Pi')],
])

/** What a number of that register stands for; null for one that was not in it. */
export function architectureOf(number: number): Architecture | null {
  return architectures.get(number) ?? null
}

/**
 * The number a client says: option 93, or else the one in its vendor class, `PXEClient:Arch:00007:UNDI:003016` (PXE 2.1
 * §2.2.1), which says the same and is still there when the option is missing or damaged.
 */
export function architectureNumber(request: Pick<BootRequest, 'architecture' | 'vendorClass'>): number | null {
  const inClass = /^(?:PXE|HTTP)Client:Arch:(\d{5})(?::|$)/.exec(request.vendorClass ?? '')?.[1]
  return request.architecture ?? (inClass === undefined ? null : Number(inClass))
}
