import { stringify } from 'yaml'

const longestLine = 100

/** A value as YAML that can stand on one line, inside braces too: `[security, quality]`, `{ serial: S64DNX }`. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, each]) => `${inline(key)}: ${inline(each)}`)
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  // As the only item of a list in brackets, so that what would end it there is quoted.
  const options = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, singleQuote: true } as const
  return stringify([value], options).trim().slice(1, -1)
}

/** A value as it stands after `key:` on a line that is indented by `indent`; texts of several lines become a block. */
export function afterKey(value: unknown, indent: number): string {
  if (typeof value === 'string' && value.includes('\n')) return block(value, indent + 2)
  return inline(value)
}

/** Whether a value has to stand as a block of lines. */
export function needsBlock(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n')
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(needsBlock)
}

/** Whether a line of settings in braces is too long to be read. */
export function isTooLong(line: string): boolean {
  return line.length > longestLine
}

/** YAML 1.2, 8.1.2: a literal block; its header says how the text ends, and, when it begins with blanks, how it is indented. */
function block(text: string, indent: number): string {
  const chomping = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-'
  const header = /^[ \n]/.test(text) ? `|2${chomping}` : `|${chomping}`
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
  return `${header}\n${lines.join('\n')}`
}
