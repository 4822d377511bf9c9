import { MalformedPe } from './malformed-pe.ts'

/** One section of a PE file ("PE Format", Section Table), as it lies in the file and in memory. */
export type PeSection = {
  readonly name: string
  readonly address: number
  readonly addressBytes: number
  readonly offset: number
  readonly sizeBytes: number
}

/** What the headers of a PE file say. */
export type PeHeaders = {
  /** IMAGE_FILE_MACHINE_*. */
  readonly machine: number
  readonly sections: readonly PeSection[]
  /** The data directories: for each address (of the certificate table alone: offset in the file) and size. */
  readonly directories: readonly { readonly address: number; readonly sizeBytes: number }[]
}

/** Places in the list of data directories. */
export const directoryIndex = { resources: 2, certificates: 4 } as const

const sectionBytes = 40

/**
 * Reads the headers of a PE file ("PE Format" of Microsoft).
 *
 * @param bytes - the file, or as much of its start as the headers take
 * @throws MalformedPe for what is no PE file; sections and directories beyond `bytes` are left out
 */
export function decodePeHeaders(bytes: Uint8Array): PeHeaders {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 0x40 || view.getUint16(0, true) !== 0x5a4d) throw new MalformedPe(0, 'MZ')
  const header = view.getUint32(0x3c, true)
  // Signature 4, COFF header 20, then the optional header: 112 bytes before the directories in PE32+, 96 in PE32.
  const optional = header + 24
  if (optional + 2 > bytes.length || view.getUint32(header, true) !== 0x4550) throw new MalformedPe(header, 'PE')
  const magic = view.getUint16(optional, true)
  if (magic !== 0x10b && magic !== 0x20b) throw new MalformedPe(optional, 'optional header')
  const directories = optional + (magic === 0x20b ? 112 : 96)
  if (directories > bytes.length) throw new MalformedPe(optional, 'optional header')
  const sections = optional + view.getUint16(header + 20, true)
  return {
    machine: view.getUint16(header + 4, true),
    directories: entriesFrom(directories, 8, Math.min(view.getUint32(directories - 4, true), 16), bytes.length).map(
      (at) => ({ address: view.getUint32(at, true), sizeBytes: view.getUint32(at + 4, true) }),
    ),
    sections: entriesFrom(sections, sectionBytes, view.getUint16(header + 6, true), bytes.length).map((at) => ({
      name: Buffer.from(bytes.subarray(at, at + 8))
        .toString('latin1')
        .replace(/\0.*$/s, ''),
      addressBytes: view.getUint32(at + 8, true),
      address: view.getUint32(at + 12, true),
      sizeBytes: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 20, true),
    })),
  }
}

/** Where in the file an address of the loaded program lies; null for one that no section brings. */
export function offsetOf({ sections }: PeHeaders, address: number): number | null {
  const section = sections.find((one) => address >= one.address && address < one.address + one.sizeBytes)
  return section === undefined ? null : section.offset + address - section.address
}

function entriesFrom(start: number, size: number, count: number, end: number): number[] {
  return Array.from({ length: count }, (_, index) => start + size * index).filter((at) => at + size <= end)
}
