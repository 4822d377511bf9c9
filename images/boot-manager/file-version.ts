/** VS_FIXEDFILEINFO.dwSignature and dwStrucVersion (verrsrc.h), as their bytes stand in the file. */
const fixedFileInfo = Uint8Array.of(0xbd, 0x04, 0xef, 0xfe, 0x00, 0x00, 0x01, 0x00)

/**
 * The third part of a PE file's version: 22631 of 10.0.22631.1. Total.
 *
 * @param bytes - the whole file; its version resource is found by its signature
 * @returns null for a file without version
 */
export function buildNumber(bytes: Uint8Array): number | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(fixedFileInfo)
  if (at === -1 || at + 16 > bytes.length) return null
  // dwFileVersionLS: build in the upper half, revision in the lower.
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint16(at + 14, true)
}
