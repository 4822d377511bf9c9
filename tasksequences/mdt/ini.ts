/** One `key=value`; `line` counts from 1. */
export type IniEntry = { readonly key: string; readonly value: string; readonly line: number }

/** A section with its entries in the order of the file. */
export type IniSection = { readonly name: string; readonly line: number; readonly entries: readonly IniEntry[] }

/** `strays` are lines that are neither a section, an entry nor a comment, or stand before the first section. */
export type IniFile = {
  readonly sections: readonly IniSection[]
  readonly strays: readonly { readonly text: string; readonly line: number }[]
}

const mostLines = 20_000

/**
 * Reads an INI file as Windows' profile functions do (GetPrivateProfileString): names without regard to case, blanks
 * around names and values cut, `;` begins a comment line. Sections and keys that are there twice stay in the result, for
 * the reader to say which counts. Total; lines after the first 20,000 are one stray.
 *
 * @param text - without byte order mark
 */
export function parseIni(text: string): IniFile {
  const sections: Array<IniSection & { entries: IniEntry[] }> = []
  const strays: Array<{ text: string; line: number }> = []
  const lines = text.split(/\r\n|\n|\r/)
  for (const [index, whole] of lines.entries()) {
    const line = index + 1
    // A NUL ends a text for Windows; files that were cut short hold many.
    const content = whole.replaceAll('\u0000', '').trim()
    if (content === '' || content.startsWith(';')) continue
    if (line > mostLines) {
      strays.push({ text: content, line })
      break
    }
    const section = /^\[([^\]]*)\]/.exec(content)
    const current = sections.at(-1)
    const equals = content.indexOf('=')
    if (section) sections.push({ name: (section[1] ?? '').trim(), line, entries: [] })
    else if (current === undefined || equals <= 0) strays.push({ text: content, line })
    else {
      const key = content.slice(0, equals).trim()
      current.entries.push({ key, value: unquoted(content.slice(equals + 1).trim()), line })
    }
  }
  return { sections, strays }
}

function unquoted(value: string): string {
  return /^"[^"]*"$/.test(value) || /^'[^']*'$/.test(value) ? value.slice(1, -1) : value
}

/** The first section of a name, which is the one Windows reads; undefined when there is none. */
export function sectionOf(ini: IniFile, name: string): IniSection | undefined {
  return ini.sections.find((section) => section.name.toLowerCase() === name.toLowerCase())
}

/** The value of the first entry of a key; null when there is none. */
export function valueOf(section: IniSection | undefined, key: string): string | null {
  return section?.entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.value ?? null
}
