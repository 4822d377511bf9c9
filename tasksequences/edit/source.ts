import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** A sequence's text with its YAML nodes, whose ranges are places in it. */
export type Source = { text: string; document: Document.Parsed; root: YAMLMap | null; lines: LineCounter }

export type PairNode = Pair<Node, Node | null>

/** Reads a text for editing; null when it is no YAML, so that nothing in it can be found. */
export function readSource(text: string): Source | null {
  try {
    const lines = new LineCounter()
    const options = { lineCounter: lines, prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const
    const document = parseDocument(text, options)
    if (document.errors.length > 0) return null
    const { contents } = document
    if (isMap(contents)) return { text, document, root: contents, lines }
    return contents === null ? { text, document, root: null, lines } : null
  } catch (error) {
    // The YAML reader recurses: a file of a hundred thousand brackets ends its stack.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The pair of this key. */
export function pairOf(map: YAMLMap | null, key: string): PairNode | null {
  const pairs = (map?.items ?? []) as PairNode[]
  return pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === key) ?? null
}

/** The list of steps below a key; null when there is none. */
export function listOf(map: YAMLMap | null, key: string): YAMLSeq<Node> | null {
  const value = pairOf(map, key)?.value
  return isSeq(value) ? (value as YAMLSeq<Node>) : null
}

/** Where a node's own text ends, without the comments and line ends after it. */
export function endOf(node: Node): number {
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined
  if (last === undefined || ((isMap(node) || isSeq(node)) && node.flow === true)) return node.range?.[1] ?? 0
  return isNode(last) ? endOf(last) : endOfPair(last as PairNode)
}

/** Where a pair's text ends: after its value, or after the colon when there is none. */
export function endOfPair({ key, value }: PairNode): number {
  const empty = value === null || (isScalar(value) && value.range?.[0] === value.range?.[1])
  return empty ? endOf(key) + 1 : endOf(value)
}

/** Where a node begins. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}

/** The start of the line that a place is in. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** The start of the line after the one that ends what is before this place; a text of several lines ends with its last one. */
export function nextLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** The start of the comment lines that stand directly above this line; the line itself when there are none. */
export function withCommentsAbove(text: string, line: number): number {
  let start = line
  while (start > 0) {
    const above = lineStart(text, start - 1)
    if (!/^[ \t]*#/.test(text.slice(above, start))) return start
    start = above
  }
  return start
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value)
}
