import { splitEntry, stripComment } from './entry.ts'
import type { ReportProblem } from './problem.ts'

/** One entry of a section: `key = value, value`, or only values. Nothing is substituted yet. */
export type InfEntry = { readonly line: number; readonly key: string | null; readonly values: readonly string[] }

/** Sections by their name in lower case; what stands under one name twice is one section. */
export type InfDocument = ReadonlyMap<string, readonly InfEntry[]>

/**
 * Reads the text of an INF into its sections, per Microsoft's "General Syntax Rules for INF Files": names without case,
 * `;` comments, `\` at the end of a line joining the next without a blank between them; as setupapi reads them, Ctrl-Z ends
 * the text (as MS-DOS editors left it) and NUL is a blank. Total: what is malformed is reported and read as far as it goes.
 */
export function readDocument(text: string, report: ReportProblem): InfDocument {
  const sections = new Map<string, InfEntry[]>()
  let section: InfEntry[] | null = null
  for (const { line, content } of joinLines(readable(text), report)) {
    if (content.startsWith('[')) {
      section = sectionNamed(sections, sectionName(content, line, report))
    } else if (section === null) {
      report('INF_LINE_OUTSIDE_SECTION', line, content.slice(0, 80))
    } else {
      section.push({ line, ...splitEntry(content, (field) => report('INF_FIELD_TOO_LONG', line, field)) })
    }
  }
  return sections
}

/** The entries of a section, none when it is not there. */
export function entriesOf(document: InfDocument, name: string): readonly InfEntry[] {
  return document.get(name.toLowerCase()) ?? []
}

/** The first entry of a section with this key, whatever its case. */
export function entryOf(document: InfDocument, section: string, key: string): InfEntry | undefined {
  const wanted = key.toLowerCase()
  return entriesOf(document, section).find((entry) => entry.key?.toLowerCase() === wanted)
}

function sectionNamed(sections: Map<string, InfEntry[]>, name: string): InfEntry[] {
  const known = sections.get(name)
  if (known !== undefined) return known
  const entries: InfEntry[] = []
  sections.set(name, entries)
  return entries
}

function sectionName(content: string, line: number, report: ReportProblem): string {
  const end = content.indexOf(']')
  if (end < 0) report('INF_SECTION_UNCLOSED', line, content.slice(0, 80))
  const name = content.slice(1, end < 0 ? undefined : end)
  return name.trim().toLowerCase()
}

function readable(text: string): string {
  const end = text.indexOf('\u001a')
  return (end < 0 ? text : text.slice(0, end)).replaceAll('\0', ' ')
}

type Line = { readonly line: number; readonly content: string }

function* joinLines(text: string, report: ReportProblem): Generator<Line> {
  let begun: { line: number; parts: string[] } | null = null
  let line = 0
  for (const [physical] of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    line += 1
    const { content, unclosed } = stripComment(physical)
    if (unclosed) report('INF_QUOTE_UNCLOSED', line, content.slice(0, 80))
    begun ??= { line, parts: [] }
    if (content.endsWith('\\')) {
      // Of several backslashes Windows ignores all but the last, which joins the lines; blanks before them go with them.
      begun.parts.push(content.replace(/(?<!\\)\\+$/, '').trimEnd())
      continue
    }
    const whole = [...begun.parts, content].join('').trim()
    if (whole !== '') yield { line: begun.line, content: whole }
    begun = null
  }
  const rest = begun?.parts.join('').trim() ?? ''
  if (begun !== null && rest !== '') yield { line: begun.line, content: rest }
}
