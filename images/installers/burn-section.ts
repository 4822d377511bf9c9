/** The name of the section. */
export const burnSectionName = '.wixburn'
const magic = 0x00f14300

/**
 * The id of a bundle, from the section that WiX' burn finds itself by (`BURN_SECTION_HEADER`, section.cpp): magic (4),
 * version (4), GUID (16). It is the name of the bundle's key below Uninstall. Null for another section. Total.
 */
export function burnBundleId(section: Uint8Array): string | null {
  const view = new DataView(section.buffer, section.byteOffset, section.byteLength)
  if (section.length < 24 || view.getUint32(0, true) !== magic) return null
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').toUpperCase()
  const bytes = (from: number, to: number): string => [...section.subarray(from, to)].map((one) => hex(one, 2)).join('')
  const [first, second, third] = [
    hex(view.getUint32(8, true), 8),
    hex(view.getUint16(12, true), 4),
    hex(view.getUint16(14, true), 4),
  ]
  return `{${first}-${second}-${third}-${bytes(16, 18)}-${bytes(18, 24)}}`
}
