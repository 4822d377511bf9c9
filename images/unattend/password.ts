/**
 * The form Windows System Image Manager writes passwords in: Base64 of the UTF-16LE of the password with the element's
 * name behind it, `PlainText` false. It hides the password from a glance, not from a reader.
 *
 * @param elementName - `Password` or `AdministratorPassword`
 */
export function obscurePassword(password: string, elementName: string): string {
  return Buffer.from(password + elementName, 'utf16le').toString('base64')
}

/** Characters one confuses when reading aloud are left out: 0 O, 1 l I. */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#$*+-.:=?_']
const all = classes.join('')

/**
 * A password of all four character classes, so that any password policy takes it.
 *
 * @param randomBytes - gives that many random bytes; `node:crypto`'s
 * @param length - at least 12
 */
export function randomPassword(randomBytes: (size: number) => Uint8Array, length = 20): string {
  const size = Math.max(12, length)
  // 32 bits per choice: the bias of the remainder stays under one in fifty million.
  const pick = (count: number): number => Buffer.from(randomBytes(4)).readUInt32LE(0) % count
  const chosen = Array.from({ length: size }, (_, index) => {
    const from = classes[index] ?? all
    return from[pick(from.length)] ?? ''
  })
  for (let index = size - 1; index > 0; index -= 1) {
    const other = pick(index + 1)
    const kept = chosen[index] ?? ''
    chosen[index] = chosen[other] ?? ''
    chosen[other] = kept
  }
  return chosen.join('')
}
