import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import {
  sayFileProblem,
  wholeFileProblem,
  type FileProblem,
  type FileProblemCode,
  type ProblemParams,
  type Sentence,
} from './problem.ts'

/** The longest profile has some hundred lines; this is fifty times that. */
const largestKib = 256
/** A person mends some and looks again. */
const mostProblems = 100

type Place = { readonly range?: readonly number[] | null | undefined } | number | null

/** Collects what is wrong with a file, each with its place. */
export type FileReader = {
  readonly problems: FileProblem[]
  report(place: Place, code: FileProblemCode, params?: ProblemParams, inner?: Sentence): void
}

/** One `key: value` of a map. */
export type Entry = { readonly key: string; readonly keyNode: Node | null; readonly value: Node | null }

/**
 * Reads YAML 1.2 text. `root` is null when nothing in it can be looked at further; the reader holds why. Total.
 */
export function readDocument(text: string): { root: Node | null; reader: FileReader } {
  const lines = new LineCounter()
  const reader = createReader(lines)
  if (Buffer.byteLength(text) > largestKib * 1024) {
    reader.problems.push(wholeFileProblem('FILE_TOO_LARGE', { limit: largestKib }))
    return { root: null, reader }
  }
  try {
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' } as const
    const document = parseDocument(text, options)
    for (const { pos, message } of document.errors)
      reader.report(pos[0], 'FILE_YAML', { reason: message.split('\n')[0] ?? '' })
    reportReferences(document, reader)
    return { root: reader.problems.length > 0 ? null : document.contents, reader }
  } catch (error) {
    // The YAML reader recurses: a file of a hundred thousand brackets ends its stack.
    if (!(error instanceof RangeError)) throw error
    reader.problems.push(wholeFileProblem('FILE_TOO_DEEP'))
    return { root: null, reader }
  }
}

function createReader(lines: LineCounter): FileReader {
  const problems: FileProblem[] = []
  return {
    problems,
    report: (place, code, params = {}, inner) => {
      if (problems.length >= mostProblems) return
      const offset = typeof place === 'number' ? place : (place?.range?.[0] ?? 0)
      const { line, col } = lines.linePos(offset)
      const message = sayFileProblem(code, params, inner)
      problems.push({ code, params, message, line: Math.max(1, line), column: Math.max(1, col) })
    },
  }
}

/** Anchors and references are refused: nobody needs them here, and a few lines of them can stand for gigabytes. */
function reportReferences(document: Document.Parsed, reader: FileReader): void {
  visit(document, {
    Node: (_, node) => {
      const name = isAlias(node) ? node.source : node.anchor
      if (name !== undefined && name !== '') reader.report(node, 'FILE_ALIAS', { name })
    },
  })
}

/** A parsed document's keys and values are nodes; anything else in a pair's place is nothing. */
export function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) ? value : null
}

/** A map's entries in order, each key once; a second one of the same name is reported. Null when it is no map. */
export function entriesOf(node: Node | null, path: string, reader: FileReader): Entry[] | null {
  if (!isMap(node)) return null
  const entries = new Map<string, Entry>()
  for (const pair of node.items) {
    const keyNode = asNode(pair.key)
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
    if (entries.has(key)) reader.report(keyNode, 'FILE_KEY_TWICE', { key: keyPath(path, key) })
    else entries.set(key, { key, keyNode, value: asNode(pair.value) })
  }
  return [...entries.values()]
}

/** `installer` and `file` make `installer.file`. */
export function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
