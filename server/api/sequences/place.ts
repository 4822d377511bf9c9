/** Where in a text a name stands first, outside of comments; lines and columns count from 1. Its start when it does not. */
export function placeOf(name: string, source: string): { line: number; column: number } {
  const whole = new RegExp(`(?<![\\w.-])${name.replace(/[^\w]/g, '\\$&')}(?![\\w.-])`)
  for (const [index, line] of source.split('\n').entries()) {
    const at = line.replace(/(^|\s)#.*$/, '$1').search(whole)
    if (at >= 0) return { line: index + 1, column: at + 1 }
  }
  return { line: 1, column: 1 }
}
