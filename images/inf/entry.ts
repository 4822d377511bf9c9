/** The longest field Windows takes, its closing NUL not counted ("INF Size Limits"). */
export const maxFieldLength = 4095

/**
 * A physical line without its comment and outer blanks. A `;` inside quotes, inside `%…%` or in the name of a section,
 * `[a;b]`, begins no comment.
 * A quote that the line leaves open is closed at its end, so that it cannot swallow the file.
 */
export function stripComment(line: string): { readonly content: string; readonly unclosed: boolean } {
  let quoted = false
  const name = /^\s*\[[^\]\r\n]*\]/.exec(line)?.[0] ?? ''
  for (let at = name.length; at < line.length; at += 1) {
    const character = line[at]
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === ';') return { content: line.slice(0, at).trim(), unclosed: false }
    else if (character === '%') at = endOfToken(line, at)
  }
  const content = line.trim()
  return quoted ? { content: `${content}"`, unclosed: true } : { content, unclosed: false }
}

/** Where the `%` lies that closes the token begun at `at`; `at` itself when the line holds none. */
function endOfToken(line: string, at: number): number {
  const token = /^%[^%"=,\r\n]*%/.exec(line.slice(at, at + 260))
  return token === null ? at : at + token[0].length - 1
}

/** Where a line's reading stands: `keep` counts the characters of the field that quotes protect. */
type FieldReader = { key: string | null; values: string[]; field: string; keep: number }

type Fields = { readonly key: string | null; readonly values: readonly string[] }

/** Splits `key = value, "va""lue", …`: quotes taken off, `""` inside them one quote, trailing commas dropped. */
export function splitEntry(content: string, tooLong: (field: string) => void): Fields {
  const reader: FieldReader = { key: null, values: [], field: '', keep: 0 }
  let quoted = false
  for (let at = 0; at < content.length; at += 1) {
    const character = content[at] ?? ''
    if (character === '"' && quoted && content[at + 1] === '"') {
      reader.field += '"'
      at += 1
    } else if (character === '"') {
      quoted = !quoted
      if (quoted) reader.field = reader.field.trimStart()
      reader.keep = reader.field.length
    } else if (!quoted && character === '=' && reader.key === null && reader.values.length === 0) {
      reader.key = takeField(reader, tooLong)
    } else if (!quoted && character === ',') {
      reader.values.push(takeField(reader, tooLong))
    } else {
      reader.field += character
    }
  }
  reader.values.push(takeField(reader, tooLong))
  while (reader.values.at(-1) === '') reader.values.pop()
  return { key: reader.key, values: reader.values }
}

/** Ends a field: blanks outside of quotes fall away, those inside stay (`keep` says up to where). */
function takeField(reader: FieldReader, tooLong: (field: string) => void): string {
  const { field, keep } = reader
  const whole = keep === 0 ? field.trim() : field.slice(0, keep) + field.slice(keep).trimEnd()
  reader.field = ''
  reader.keep = 0
  if (whole.length <= maxFieldLength) return whole
  tooLong(whole.slice(0, 40))
  return whole.slice(0, maxFieldLength)
}
