import { END } from './fields.ts'

/** The sub-option of option 43 that says how a PXEClient finds its boot server (PXE 2.1 §2.2, table 2-1). */
export const DISCOVERY_CONTROL = 6

/** Bit 3 of the discovery control: take the boot file of this very offer; no prompt, no menu, no boot server discovery. */
export const USE_OFFERED_BOOT_FILE = 8

/** Sub-options by their code. */
export type PxeOptions = ReadonlyMap<number, Uint8Array>

/** Writes PXE sub-options of up to 255 bytes each, with their own end mark, which PXE 2.1 asks for. */
export function encodePxeOptions(options: PxeOptions): Uint8Array {
  return Uint8Array.of(...[...options].flatMap(([code, value]) => [code, value.length, ...value]), END)
}
