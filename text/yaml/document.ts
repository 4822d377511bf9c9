import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml'
import { suggest } from '../suggestion.ts'
import { fileMistake } from './file-problems.ts'
import { ofWholeFile, type FileProblem, type Mistake } from './problem.ts'
import { yamlReason } from './yaml-errors.ts'

/** The longest profile that we ship has 6 KiB. Reading one of this size, however odd, keeps the server half a second at most. */
const largestKib = 64
/** A person mends some and looks again. */
const mostProblems = 100

type Position = { readonly line: number; readonly column: number }

/** A place in the file: a YAML node, an offset in the text, or line and column; the start when there is none. */
export type Place = { readonly range?: readonly number[] | null | undefined } | Position | number | null | undefined

/** Collects what is wrong with a file, each with its place. */
export type FileReader = {
  readonly problems: FileProblem[]
  report(place: Place, mistake: Mistake): void
  /** Whether nothing more is reported. */
  isFull(): boolean
  positionOf(place: Place): Position
}

/** One `key: value` of a map. */
export type Entry = { readonly key: string; readonly keyNode: Node | null; readonly value: Node | null }

export type DocumentOptions = {
  /** `failsafe`: every value is the text as it is written, so that a PIN keeps its zeros. */
  readonly schema?: 'core' | 'failsafe'
}

/**
 * Reads YAML 1.2 text. `isReadable` is false when nothing in it can be looked at further; the reader holds why. Keys that
 * are there twice are reported, and the rest can still be looked at. Total.
 */
export function readDocument(
  text: string,
  { schema = 'core' }: DocumentOptions = {},
): { root: Node | null; isReadable: boolean; reader: FileReader } {
  const lines = new LineCounter()
  const reader = createReader(lines)
  if (Buffer.byteLength(text) > largestKib * 1024) {
    reader.problems.push(ofWholeFile(fileMistake('FILE_TOO_LARGE', { limit: largestKib })))
    return { root: null, isReadable: false, reader }
  }
  try {
    // The library's own check for keys that are there twice takes seconds on a file of ten thousand keys.
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent', schema } as const
    const document = parseDocument(text, options)
    for (const { pos, code } of document.errors)
      reader.report(pos[0], fileMistake('FILE_YAML', { reason: yamlReason(code) }))
    reportForeign(document, reader)
    const isReadable = reader.problems.length === 0
    if (isReadable) reportTwice(document, reader)
    return { root: isReadable ? document.contents : null, isReadable, reader }
  } catch (error) {
    // The YAML reader recurses: a file of a hundred thousand brackets ends its stack.
    if (!(error instanceof RangeError)) throw error
    reader.problems.push(ofWholeFile(fileMistake('FILE_TOO_DEEP')))
    return { root: null, isReadable: false, reader }
  }
}

function createReader(lines: LineCounter): FileReader {
  const problems: FileProblem[] = []
  const positionOf = (place: Place): Position => {
    if (typeof place === 'object' && place !== null && 'line' in place)
      return { line: place.line, column: place.column }
    const offset = typeof place === 'number' ? place : (place?.range?.[0] ?? 0)
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  return {
    problems,
    positionOf,
    isFull: () => problems.length >= mostProblems,
    report: (place, mistake) => {
      if (problems.length < mostProblems) problems.push({ ...mistake, ...positionOf(place) })
    },
  }
}

/**
 * What YAML has and nobody needs here. Anchors and references: a few lines of them can stand for gigabytes. Keys that are
 * lists or sets themselves: their text, which the library makes, takes twice as long for each level.
 */
function reportForeign(document: Document.Parsed, reader: FileReader): void {
  visit(document, {
    Pair: (_, { key }) => {
      if (isMap(key) || isSeq(key)) reader.report(key, fileMistake('FILE_KEY_NOT_TEXT'))
    },
    Node: (_, node) => {
      const name = isAlias(node) ? node.source : node.anchor
      if (name !== undefined && name !== '') reader.report(node, fileMistake('FILE_ALIAS', { name }))
    },
  })
}

function reportTwice(document: Document.Parsed, reader: FileReader): void {
  visit(document, {
    Map: (_, map, ancestors) => {
      if (reader.isFull()) return visit.BREAK
      const seen = new Set<string>()
      for (const { key, keyNode } of pairsOf(map)) {
        if (seen.has(key) && !reader.isFull())
          reader.report(keyNode, fileMistake('FILE_KEY_TWICE', { key: keyPath(pathOf(ancestors), key) }))
        seen.add(key)
      }
      return undefined
    },
  })
}

/** The way to a map, by the pairs and lists around it: `reports[0]`. */
function pathOf(ancestors: readonly unknown[]): string {
  return ancestors.reduce<string>((path, ancestor, index) => {
    const below = ancestors[index + 1]
    if (isSeq(ancestor) && below !== undefined) return `${path}[${ancestor.items.indexOf(below)}]`
    return isMap(ancestor) ? keyPath(path, keyBelow(ancestor, below)) : path
  }, '')
}

function keyBelow(map: YAMLMap, pair: unknown): string {
  return pairsOf(map)[map.items.findIndex((item) => item === pair)]?.key ?? ''
}

/** A parsed document's keys and values are nodes; anything else in a pair's place is nothing. */
export function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) ? value : null
}

/** A map's entries in order, each key once; a number or nothing as a key becomes its text. */
export function entriesOf(map: YAMLMap): Entry[] {
  const entries = new Map<string, Entry>()
  for (const entry of pairsOf(map)) if (!entries.has(entry.key)) entries.set(entry.key, entry)
  return [...entries.values()]
}

function pairsOf(map: YAMLMap): Entry[] {
  return map.items.map((pair) => ({
    key: isScalar(pair.key) ? String(pair.key.value) : '',
    keyNode: asNode(pair.key),
    value: asNode(pair.value),
  }))
}

/** Whether there is nothing after the colon. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

/** Names a key that is not allowed, what is, and what was probably meant. */
export function unknownKey(key: string, allowed: readonly string[], path = ''): Mistake {
  const suggestion = suggest(key, allowed)
  return fileMistake('FILE_KEY_UNKNOWN', {
    key: keyPath(path, key),
    suggestion: suggestion === null ? null : keyPath(path, suggestion),
    allowed: allowed.length === 0 ? '—' : allowed.join(', '),
  })
}

/** `installer` and `file` make `installer.file`. */
export function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** The problems of a file, those of its top first. */
export function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
}
