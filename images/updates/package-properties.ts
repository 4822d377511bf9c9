import { decodeInf } from '../inf/encoding.ts'

/**
 * The properties of an update package up to Windows 11 23H2: lines `KB Article Number="5005565"` of the text file
 * `…-pkgProperties.txt` in it ("Description of the Windows Update Standalone Installer"). Keys in small letters. Total.
 */
export function decodePackageProperties(bytes: Uint8Array): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const line of decodeInf(bytes).text.split(/\r?\n/)) {
    const [, key, value] = /^\s*([\w ]{1,64}?)\s*=\s*"?([^"]{0,512})"?\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) properties.set(key.toLowerCase(), value.trim())
  }
  return properties
}
