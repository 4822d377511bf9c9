import { entriesOf, type InfDocument } from './document.ts'
import { maxFieldLength } from './entry.ts'
import type { ReportProblem } from './problem.ts'

/** Replaces each `%name%` of a text; `line` is where the text stands, for the report. */
export type Expand = (text: string, line: number) => string

/** French of France, the language a person reads device names in here. */
export const frenchOfFrance = 0x040c

/**
 * How to substitute the strings of an INF for one language (a Windows LANGID), per "INF Strings Section": the exact
 * language, then its neutral form, then another country's form of it, then [Strings]; per string, so that a
 * translation with holes still reads. `%%` is one percent sign; numbers (`%11%`) are folders and stay as they are.
 */
export function readStrings(document: InfDocument, language: number, report: ReportProblem): Expand {
  const names = ['strings', ...localeSections(document, language)]
  const strings = new Map<string, string>()
  for (const name of names) {
    // Of a name that comes twice the first counts, so the last is set first; one without `=` stands for itself.
    for (const { key, values } of entriesOf(document, name).toReversed()) {
      const [own = ''] = values
      strings.set((key ?? own).toLowerCase(), values.join(','))
    }
  }
  const missed = new Set<string>()
  return (text, line) =>
    text
      .replace(/%([^%]*)%/g, (whole, name: string) => {
        if (name === '') return '%'
        const value = strings.get(name.toLowerCase())
        if (value !== undefined || /^-?\d+$/.test(name)) return value ?? whole
        if (!missed.has(name)) report('INF_STRING_UNKNOWN', line, name.slice(0, 80))
        missed.add(name)
        return whole
      })
      .slice(0, maxFieldLength)
}

/** `Strings.040C` and its like in the order they override each other, the last one winning. */
function localeSections(document: InfDocument, language: number): string[] {
  const primary = language & 0x3ff
  const weigh = (id: number): number => (id === language ? 2 : id === primary ? 1 : 0)
  return [...document.keys()]
    .flatMap((name) => {
      const digits = /^strings\.([0-9a-f]{4})$/.exec(name)?.[1]
      return digits === undefined ? [] : [{ name, id: Number.parseInt(digits, 16) }]
    })
    .filter(({ id }) => (id & 0x3ff) === primary)
    .toSorted((one, other) => weigh(one.id) - weigh(other.id) || (one.name < other.name ? 1 : -1))
    .map(({ name }) => name)
}
