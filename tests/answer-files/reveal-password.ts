/**
 * Reads back what `obscurePassword` wrote.
 *
 * @returns the password, or null when the text was not obscured for this element
 */
export function revealPassword(obscured: string, elementName: string): string | null {
  const text = Buffer.from(obscured, 'base64').toString('utf16le')
  return text.endsWith(elementName) ? text.slice(0, -elementName.length) : null
}
