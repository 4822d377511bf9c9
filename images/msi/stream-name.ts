/**
 * Names of an MSI's streams, which Windows Installer packs two characters of its 64-letter alphabet into one of UTF-16,
 * so that 62 bytes hold a longer name. Microsoft documents it nowhere; Wine's and msitools' readers are the source.
 *
 *     3800..47FF  two characters, the first in the lower six bits     4800..483F  one     4840  a table's name follows
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._'

/** The name as it was meant; tables begin with `!`. What is not packed stays as it is. Total. */
export function unpackStreamName(packed: string): string {
  let name = ''
  for (let at = 0; at < packed.length; at += 1) {
    const unit = packed.charCodeAt(at)
    if (unit === 0x4840) name += '!'
    else if (unit >= 0x3800 && unit < 0x4800) name += letter(unit - 0x3800) + letter((unit - 0x3800) >> 6)
    else if (unit >= 0x4800 && unit < 0x4840) name += letter(unit - 0x4800)
    else name += packed.charAt(at)
  }
  return name
}

function letter(number: number): string {
  return alphabet.charAt(number & 0x3f)
}
