import { isMap, isScalar, type Node } from 'yaml'
import { answers, facts, isBuiltIn } from '../facts.ts'
import { referencesIn } from '../interpolation.ts'
import { secretsIn } from '../secret-references.ts'
import type { Scalar } from '../scalar.ts'
import type { Sequence } from '../sequence.ts'
import { suggest } from '../../text/suggestion.ts'
import { entriesOf, isEmpty, type FileReader, type Place } from '../../text/yaml/document.ts'
import { fileMistake } from '../../text/yaml/file-problems.ts'
import { sequenceMistake } from './problems.ts'

const MOST_VARIABLES = 200
const scalarValue = { fr: 'un texte, un nombre, true ou false', en: 'a text, a number, true or false' }
const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

type Declared = Sequence['variables']

function readValue(node: Node | null): Scalar | null | undefined {
  if (isEmpty(node)) return null
  if (!isScalar(node)) return undefined
  const { value } = node
  return typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
    ? value
    : undefined
}

/** Reads `variables: { name: value }`; a name without a value has to be given by whoever starts the run. */
export function readVariables(node: Node | null, reader: FileReader): Declared {
  if (isEmpty(node)) return {}
  if (!isMap(node)) {
    const expected = { fr: 'une suite de « nom: valeur »', en: 'a set of "name: value"' }
    reader.report(node, fileMistake('FILE_VALUE_WRONG', { key: 'variables', expected }))
    return {}
  }
  if (node.items.length > MOST_VARIABLES) {
    const expected = { fr: `au plus ${MOST_VARIABLES} variables`, en: `at most ${MOST_VARIABLES} variables` }
    reader.report(node, fileMistake('FILE_VALUE_WRONG', { key: 'variables', expected }))
    return {}
  }
  const declared = new Map<string, Scalar | null>()
  for (const { key, keyNode, value } of entriesOf(node)) {
    const read = readValue(value)
    if (!namePattern.test(key)) reader.report(keyNode, sequenceMistake('VARIABLE_NAME', { name: key }))
    else if (read === undefined) reader.report(value, fileMistake('FILE_VALUE_WRONG', { key, expected: scalarValue }))
    else {
      if (typeof read === 'string' && secretsIn(read).length > 0)
        reader.report(value, sequenceMistake('VARIABLE_SECRET', { name: key }))
      declared.set(key, read)
    }
  }
  return Object.fromEntries(declared)
}

/** Names the references among `names` that neither the sequence nor the machine has. */
export function reportUnknownVariables(names: string[], place: Place, declared: Declared, reader: FileReader): void {
  for (const name of new Set(names)) {
    if (isBuiltIn(name) || Object.hasOwn(declared, name)) continue
    const suggestion = suggest(name, [...Object.keys(declared), ...Object.keys(facts), ...Object.keys(answers)])
    reader.report(place, sequenceMistake('VARIABLE_UNDECLARED', { name, suggestion }))
  }
}

/** Variables that contain each other in a circle can never be filled in. */
export function reportCircles(node: Node | null, declared: Declared, reader: FileReader): void {
  if (!isMap(node)) return
  const refersTo = (name: string) => {
    const value = declared[name]
    return typeof value === 'string' ? referencesIn(value).map((reference) => reference.name) : []
  }
  for (const { key, keyNode, value } of entriesOf(node)) {
    if (!Object.hasOwn(declared, key)) continue
    reportUnknownVariables(refersTo(key), value, declared, reader)
    const seen = new Set<string>()
    const ahead = [...refersTo(key)]
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
      if (seen.has(name) || !Object.hasOwn(declared, name)) continue
      seen.add(name)
      ahead.push(...refersTo(name))
    }
    if (seen.has(key)) reader.report(keyNode, sequenceMistake('VARIABLE_CIRCLE', { name: key }))
  }
}
