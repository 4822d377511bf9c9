import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { Value } from 'typebox/value'
import { referencesIn } from '../interpolation.ts'
import { brokenSecretReferences, secretsIn } from '../secret-references.ts'
import type { Phase, Sequence } from '../sequence.ts'
import { secretPlacesOf, type StepDefinition } from '../steps/definition.ts'
import { stepDefinitions } from '../steps/definitions.ts'
import { suggest } from '../../text/suggestion.ts'
import { asNode, entriesOf, isEmpty, type Entry, type FileReader } from '../../text/yaml/document.ts'
import { fileMistake } from '../../text/yaml/file-problems.ts'
import { sequenceMistake } from './problems.ts'
import { reportUnknownVariables } from './variables.ts'

/** What is expected of a field whose definition does not say. */
const somethingElse = { fr: 'une autre valeur', en: 'another value' }

/** The step that is read, and the half of the sequence it stands in. */
type Place = { definition: StepDefinition; phase: Phase }

/** Every text inside a node, with its node. */
function textsIn(node: Node | null): Array<{ text: string; node: Node }> {
  if (isScalar(node)) return typeof node.value === 'string' ? [{ text: node.value, node }] : []
  if (isMap(node)) return entriesOf(node).flatMap(({ value }) => textsIn(value))
  if (isSeq(node)) return node.items.flatMap((item) => textsIn(asNode(item)))
  return []
}

/** A plain value of a node: maps, lists, scalars. Aliases were refused before. */
function plain(node: Node | null): unknown {
  if (isScalar(node)) return node.value
  if (isMap(node)) return Object.fromEntries(entriesOf(node).map(({ key, value }) => [key, plain(value)]))
  if (isSeq(node)) return node.items.map((item) => plain(asNode(item)))
  return null
}

/** The settings in which a secret may stand, for a person: `run-command (command, script), …`. */
function secretPlaces(): string {
  return stepDefinitions
    .flatMap(({ type, secretsIn: keys }) =>
      keys === 'manifests' || keys.length === 0 ? [] : [`${type} (${keys.join(', ')})`],
    )
    .join(', ')
}

/** A reference to a secret where none would be filled in, with what to do instead. */
function misplacedSecret({ definition, phase }: Place, key: string, name: string) {
  const { type } = definition
  const allowed = secretPlaces()
  return phase === 'environment'
    ? sequenceMistake('SECRET_IN_ENVIRONMENT', { type, name, allowed })
    : sequenceMistake('SECRET_NOT_TAKEN', { type, key, name, allowed })
}

function readField(entry: Entry, place: Place, declared: Sequence['variables'], reader: FileReader): unknown {
  const { definition, phase } = place
  const { type } = definition
  const fields = Object.keys(definition.input.properties)
  const schema = Object.hasOwn(definition.input.properties, entry.key)
    ? definition.input.properties[entry.key]
    : undefined
  if (schema === undefined) {
    const suggestion = suggest(entry.key, fields)
    const allowed = fields.length === 0 ? '—' : fields.join(', ')
    reader.report(entry.keyNode, sequenceMistake('STEP_INPUT_UNKNOWN', { type, key: entry.key, suggestion, allowed }))
    return undefined
  }
  const value = plain(entry.value)
  const texts = textsIn(entry.value)
  for (const { text, node } of texts) {
    for (const found of brokenSecretReferences(text))
      reader.report(node, sequenceMistake('SECRET_REFERENCE', { found }))
    if (!secretPlacesOf(definition, phase).includes(entry.key))
      for (const name of secretsIn(text)) reader.report(node, misplacedSecret(place, entry.key, name))
    reportUnknownVariables(
      referencesIn(text).map(({ name }) => name),
      node,
      declared,
      reader,
    )
  }
  // What refers to a variable can only be judged when the run is planned and the value known.
  const waitsForRun = texts.some(({ text }) => referencesIn(text).length > 0)
  if (!waitsForRun && !Value.Check(schema, value)) {
    const expected = definition.fields[entry.key]?.expects ?? somethingElse
    reader.report(entry.value ?? entry.keyNode, sequenceMistake('STEP_INPUT_WRONG', { type, key: entry.key, expected }))
  }
  return value
}

function readFields(map: YAMLMap, place: Place, declared: Sequence['variables'], reader: FileReader) {
  const input: Record<string, unknown> = {}
  for (const entry of entriesOf(map)) {
    const value = readField(entry, place, declared, reader)
    if (value !== undefined) input[entry.key] = value
  }
  return input
}

/** Reads a step's input, naming what is unknown, wrong or missing; `place` is the step's type in the file. */
export function readInput(
  entry: Entry,
  place: Place,
  declared: Sequence['variables'],
  reader: FileReader,
): Record<string, unknown> {
  const { definition, phase } = place
  const { type } = definition
  if (!isEmpty(entry.value) && !isMap(entry.value)) {
    const expected = { fr: 'une suite de « nom: valeur » entre accolades', en: 'a set of "name: value" between braces' }
    reader.report(entry.value, fileMistake('FILE_VALUE_WRONG', { key: type, expected }))
    return {}
  }
  const before = reader.problems.length
  const input = isMap(entry.value) ? readFields(entry.value, place, declared, reader) : {}
  for (const key of definition.input.required ?? [])
    if (!Object.hasOwn(input, key))
      reader.report(
        entry.keyNode,
        sequenceMistake('STEP_INPUT_MISSING', {
          type,
          key,
          expected: definition.fields[key]?.expects ?? somethingElse,
        }),
      )
  const broken = reader.problems.length === before ? (definition.check?.(input, phase) ?? null) : null
  if (broken !== null) reader.report(entry.keyNode, sequenceMistake('STEP_INPUT_RULE', { type, reason: broken }))
  return input
}
