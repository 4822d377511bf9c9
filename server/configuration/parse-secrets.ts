import { isMap, isScalar, type Node, type YAMLMap } from 'yaml'
import { entriesOf, inOrder, readDocument, type FileReader } from '../../text/yaml/document.ts'

/** What is wrong with one secret: data, so that nothing that stands in the file is ever repeated. */
export type SecretFault = 'not-text' | 'too-long' | 'serial-twice'

/** One name of `secrets.yaml`. */
export type SecretEntry =
  /** `name: value`, the same for every machine. */
  | { kind: 'shared'; value: string }
  /** `name:` with lines of `serial: value` below it, by {@link serialKey}. */
  | { kind: 'by-serial'; values: ReadonlyMap<string, string> }
  | { kind: 'wrong'; line: number; fault: SecretFault }

export type ParsedSecrets =
  { kind: 'parsed'; entries: ReadonlyMap<string, SecretEntry> } | { kind: 'unreadable'; line: number }

/** What the protocol carries. */
const longestValue = 4096

/** A serial number as it is compared: people copy it from a label, in whatever case. */
export function serialKey(serial: string): string {
  return serial.trim().toUpperCase()
}

/** Reads `secrets.yaml`. Total: of a file that cannot be read, only the line is said. */
export function parseSecrets(text: string): ParsedSecrets {
  const { root, reader } = readDocument(text, { schema: 'failsafe' })
  const [problem] = inOrder(reader.problems)
  if (problem !== undefined) return { kind: 'unreadable', line: problem.line }
  if (root === null) return { kind: 'parsed', entries: new Map() }
  if (!isMap(root)) return { kind: 'unreadable', line: 1 }
  const entries = entriesOf(root).map(({ key, keyNode, value }) => [key, entryOf(value, keyNode, reader)] as const)
  return { kind: 'parsed', entries: new Map(entries) }
}

function entryOf(node: Node | null, keyNode: Node | null, reader: FileReader): SecretEntry {
  if (isMap(node)) return bySerial(node, reader)
  const value = textOf(node)
  return value.kind === 'text'
    ? { kind: 'shared', value: value.text }
    : { kind: 'wrong', line: reader.positionOf(node ?? keyNode).line, fault: value.fault }
}

function bySerial(map: YAMLMap, reader: FileReader): SecretEntry {
  const values = new Map<string, string>()
  for (const { key, keyNode, value: node } of entriesOf(map)) {
    const { line } = reader.positionOf(node ?? keyNode)
    const value = textOf(node)
    if (value.kind === 'fault') return { kind: 'wrong', line, fault: value.fault }
    if (values.has(serialKey(key))) return { kind: 'wrong', line, fault: 'serial-twice' }
    values.set(serialKey(key), value.text)
  }
  return { kind: 'by-serial', values }
}

function textOf(node: Node | null): { kind: 'text'; text: string } | { kind: 'fault'; fault: SecretFault } {
  if (!isScalar(node) || typeof node.value !== 'string') return { kind: 'fault', fault: 'not-text' }
  return node.value.length > longestValue ? { kind: 'fault', fault: 'too-long' } : { kind: 'text', text: node.value }
}
