import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { asNode, entriesOf, inOrder, isEmpty, keyPath, readDocument, unknownKey } from '../../text/yaml/document.ts'
import { fileMistake } from '../../text/yaml/file-problems.ts'
import type { FileProblem, Mistake } from '../../text/yaml/problem.ts'
import type { Sentence } from '../../text/sentence.ts'

/** A problem with the key it is about; empty when it is about the file itself. */
export type SettingsFileProblem = FileProblem & { readonly key: string }

/** What a settings file says: the text of each setting by its dotted key, and all that is wrong with it. */
export type SettingsFile = { values: ReadonlyMap<string, string>; problems: readonly SettingsFileProblem[] }

const keyAndValue: Sentence = { fr: 'une suite de « clé: valeur »', en: 'a set of "key: value"' }

/** Reads `etabli.yaml`: `dhcp: { mode: full }` and `dhcp.mode: full` name the same setting. Total. */
export function readSettingsFile(text: string, allowed: readonly string[]): SettingsFile {
  const values = new Map<string, string>()
  const keys = new Map<FileProblem, string>()
  const { root, isReadable, reader } = readDocument(text)
  const report = (node: Node | null, key: string, mistake: Mistake): void => {
    reader.report(node, mistake)
    const problem = reader.problems.at(-1)
    if (problem !== undefined) keys.set(problem, key)
  }
  const collect = (node: Node | null, path: string, keyNode: Node | null): void => {
    if (isEmpty(node)) return
    if (isMap(node)) for (const entry of entriesOf(node)) collect(entry.value, keyPath(path, entry.key), entry.keyNode)
    else if (path === '') report(node, '', fileMistake('FILE_VALUE_WRONG', { key: '—', expected: keyAndValue }))
    else if (!allowed.includes(path)) report(keyNode, path, unknownKey(path, allowed))
    else values.set(path, textOf(node))
  }
  if (isReadable) collect(root, '', null)
  return { values, problems: inOrder(reader.problems).map((problem) => ({ ...problem, key: keys.get(problem) ?? '' })) }
}

/** A value as it is written, so that a password keeps its zeros; the items of a list with commas between. */
function textOf(node: Node | null): string {
  if (isSeq(node)) return node.items.map((item) => textOf(asNode(item))).join(',')
  if (!isScalar(node)) return ''
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
