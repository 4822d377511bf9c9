/** Text of a log, whatever wrote it: `msiexec` writes UTF-16 with a byte order mark, set-up programs what they like. */
export function decodeLog(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** In the same encoding as {@link decodeLog} has read. */
export function encodeLog(text: string, likeBytes: Uint8Array): Uint8Array {
  const isWide = likeBytes[0] === 0xff && likeBytes[1] === 0xfe
  return isWide ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text)
}

/** "Return value 3" is how an action of a MSI says that it failed; the reason stands in the lines before. */
const failedAction = /(?:return value|valeur renvoyée|valeur de retour)\s*:?\s*3\s*\.?\s*$/i
const before = 12
const last = 10

/** The lines of a log that tell what went wrong: what led to the first failed action, and the last ones. Pure. */
export function tellingLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const failed = lines.findIndex((line) => failedAction.test(line))
  const end = Math.max(0, lines.length - last)
  if (failed < 0 || failed >= end) return lines.slice(-(before + last)).join('\n')
  const story = lines.slice(Math.max(0, failed - before), failed + 1)
  return [...story, '…', ...lines.slice(end)].join('\n')
}
