export type InfEncoding = 'utf-16le' | 'utf-16be' | 'utf-8' | 'windows-1252'

/** The largest INF read: Intel's largest graphics INF is below one MiB. */
export const maxInfBytes = 8 * 1024 * 1024

/**
 * The text of an INF, its byte order mark taken off. Windows takes UTF-16 and UTF-8 with a mark; without one the file
 * is in the maker's ANSI code page, which is 1252 here unless the bytes are valid UTF-8 or plainly UTF-16.
 * Never throws: bytes that mean nothing become U+FFFD.
 */
export function decodeInf(bytes: Uint8Array): { readonly encoding: InfEncoding; readonly text: string } {
  const encoding = encodingOf(bytes)
  return { encoding, text: new TextDecoder(encoding).decode(bytes) }
}

function encodingOf(bytes: Uint8Array): InfEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return unmarkedUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
}

/** UTF-16 that lost its mark: in a text of mostly Latin letters every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): InfEncoding | null {
  const head = bytes.subarray(0, 512)
  const zeros = (parity: number): number => head.filter((byte, index) => byte === 0 && index % 2 === parity).length
  const many = head.length / 4
  if (head.length >= 8 && zeros(1) > many && zeros(0) === 0) return 'utf-16le'
  if (head.length >= 8 && zeros(0) > many && zeros(1) === 0) return 'utf-16be'
  return null
}

function isUtf8(bytes: Uint8Array): boolean {
  // A character cut by a fatal decoder's end counts as broken, which is what a whole file must answer for.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
