import { encode } from 'uqr'

/** True is dark; `modules[row][column]`. */
export type Modules = readonly (readonly boolean[])[]

/** The largest symbol that leaves the screen room for its texts, 41×41 modules, and what it holds at the lowest error correction. */
const largestVersion = 6
const mostBytes = 134

/**
 * The QR code of a text (ISO/IEC 18004, byte mode, level L), row by row and without a quiet zone; null when the text is
 * longer than 134 bytes of UTF-8.
 */
export function encodeQrCode(text: string): Modules | null {
  const bytes = [...Buffer.from(text, 'utf8')]
  if (bytes.length > mostBytes) return null
  return encode(bytes, { ecc: 'L', maxVersion: largestVersion, border: 0 }).data
}
