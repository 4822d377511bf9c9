import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Sentence } from '../../text/sentence.ts'
import type { SequenceProblem } from '../sequence.ts'
import { suggest } from '../../text/suggestion.ts'
import { sayProblem, type ProblemCode, type ProblemParams } from './problems.ts'

/** A person mends some and looks again; a file of a hundred thousand mistakes is not worth a list of them. */
const MOST_PROBLEMS = 100

type Position = { line: number; column: number }

/** A place in the file: a YAML node, an offset in the text, or line and column; the start when there is none. */
export type Place = { range?: readonly number[] | null | undefined } | Position | number | null | undefined

/** Collects what is wrong with a file, each with its place. */
export type Reader = {
  problems: SequenceProblem[]
  report(place: Place, code: ProblemCode, params?: ProblemParams, inner?: Sentence): void
  positionOf(place: Place): Position
}

/** A reader over one file's lines. */
export function createReader(lines: LineCounter): Reader {
  const problems: SequenceProblem[] = []
  const positionOf = (place: Place): Position => {
    if (typeof place === 'object' && place !== null && 'line' in place)
      return { line: place.line, column: place.column }
    const offset = typeof place === 'number' ? place : (place?.range?.[0] ?? 0)
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  return {
    problems,
    report: (place, code, params = {}, inner) => {
      if (problems.length >= MOST_PROBLEMS) return
      problems.push({ code, params, message: sayProblem(code, params, inner), ...positionOf(place) })
    },
    positionOf,
  }
}

/** One `key: value` of a map. */
export type Entry = { key: string; keyNode: Node | null; value: Node | null }

/** A parsed document's keys and values are nodes; anything else in a pair's place is nothing. */
export function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null
}

/** A map's entries in order; keys that are not plain words become their text. */
export function entriesOf(map: YAMLMap): Entry[] {
  return map.items.map((pair: Pair) => {
    const keyNode = asNode(pair.key)
    return { key: isScalar(pair.key) ? String(pair.key.value) : String(pair.key), keyNode, value: asNode(pair.value) }
  })
}

/** Whether there is nothing after the colon. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

/** Names a key that is not allowed, what is, and what was probably meant. */
export function reportUnknownKey(reader: Reader, entry: Entry, allowed: readonly string[]): void {
  const suggestion = suggest(entry.key, allowed)
  reader.report(entry.keyNode, 'KEY_UNKNOWN', {
    key: entry.key,
    allowed: allowed.join(', '),
    ...(suggestion === null ? {} : { suggestion }),
  })
}
