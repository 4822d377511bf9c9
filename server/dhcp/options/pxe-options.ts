import { END, PAD } from './fields.ts'

/** Sub-options of option 43 for a PXEClient (PXE 2.1 §2.2, table 2-1) that EDK2 reads. */
export const DISCOVERY_CONTROL = 6
export const BOOT_MENU = 9
export const BOOT_ITEM = 71

/** Bit 3 of the discovery control: take the boot file of this very offer; no prompt, no menu, no boot server discovery. */
export const USE_OFFERED_BOOT_FILE = 8

/** Sub-options by their code. */
export type PxeOptions = ReadonlyMap<number, Uint8Array>

/** Reads PXE sub-options; undefined when the bytes are not such a list (another vendor's option 43). */
export function decodePxeOptions(data: Uint8Array): PxeOptions | undefined {
  const found = new Map<number, Uint8Array>()
  let at = 0
  while (at < data.length) {
    const code = data[at] ?? END
    if (code === END) return found
    if (code === PAD) {
      at += 1
      continue
    }
    const length = data[at + 1]
    if (length === undefined || at + 2 + length > data.length) return undefined
    found.set(code, Uint8Array.from(data.subarray(at + 2, at + 2 + length)))
    at += 2 + length
  }
  return found
}

/** Writes PXE sub-options of up to 255 bytes each, with their own end mark, which PXE 2.1 asks for. */
export function encodePxeOptions(options: PxeOptions): Uint8Array {
  return Uint8Array.of(...[...options].flatMap(([code, value]) => [code, value.length, ...value]), END)
}
