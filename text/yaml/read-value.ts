import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { asNode, entriesOf, inOrder, keyPath, readDocument, unknownKey, type FileReader } from './document.ts'
import { expectation, type PatternMeanings } from './expectation.ts'
import { fileMistake } from './file-problems.ts'
import type { FileProblem, Mistake } from './problem.ts'

export type ParsedFile<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly FileProblem[] }

/** What a schema has of what is looked at here. */
type Shape = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly items?: TSchema
  readonly anyOf?: readonly TSchema[]
  readonly const?: unknown
}

/** A rule the schema cannot say; it reports by the way to the key, as `items[3].name`. */
export type Rule<T> = (value: T, report: RuleReport) => void
export type RuleReport = (path: string, mistake: Mistake) => void

type Reading = { readonly reader: FileReader; readonly patterns: PatternMeanings; readonly places: Map<string, Node> }

/**
 * Reads a YAML file by a schema. Total: any text gives a value, or every problem found in it with key, line and column.
 * A number where a text is wanted is taken as it is written, so that `version: 24.10` is not `24.1`.
 */
export function readFileBySchema<Schema extends TSchema>(
  text: string,
  schema: Schema,
  { patterns = {}, rule }: { patterns?: PatternMeanings; rule?: Rule<Static<Schema>> } = {},
): ParsedFile<Static<Schema>> {
  const { root, isReadable, reader } = readDocument(text)
  if (!isReadable) return failed(reader)
  const reading: Reading = { reader, patterns, places: new Map() }
  const value = readValue(root, schema, '', reading)
  if (reader.problems.length > 0) return failed(reader)
  if (!Value.Check(schema, value)) {
    // What only the whole shows, such as a set that must not be empty.
    const key = Value.Errors(schema, value)[0]?.instancePath.slice(1) ?? ''
    reader.report(root, fileMistake('FILE_VALUE_WRONG', { key, expected: whole }))
    return failed(reader)
  }
  rule?.(value, (path, mistake) => reader.report(reading.places.get(path) ?? root, mistake))
  return reader.problems.length > 0 ? failed(reader) : { ok: true, value }
}

const whole = { fr: 'ce qui manque', en: 'filled in' }

function failed(reader: FileReader): { ok: false; problems: FileProblem[] } {
  return { ok: false, problems: inOrder(reader.problems) }
}

function readValue(node: Node | null, schema: TSchema, path: string, reading: Reading): unknown {
  if (node !== null) reading.places.set(path, node)
  const shape: Shape = schema
  if (shape.anyOf !== undefined) return readUnion(node, shape.anyOf, schema, path, reading)
  if (shape.type === 'object') return readMap(node, schema, path, reading)
  if (shape.type === 'array') return readList(node, schema, path, reading)
  const value = isScalar(node) ? scalarFor(node, shape) : undefined
  if (!Value.Check(schema, value)) wrong(node, schema, path, reading)
  return value
}

/** A number, date or truth value is its own spelling where a text is wanted. */
function scalarFor(node: { value: unknown; source?: string | undefined }, { type }: Shape): unknown {
  const isPlain = typeof node.value === 'number' || typeof node.value === 'boolean'
  return type === 'string' && isPlain ? (node.source ?? String(node.value)) : node.value
}

function wrong(node: Node | null, schema: TSchema, path: string, { reader, patterns }: Reading): void {
  const key = path === '' ? '—' : path
  reader.report(node, fileMistake('FILE_VALUE_WRONG', { key, expected: expectation(schema, patterns) }))
}

function readMap(node: Node | null, schema: TSchema, path: string, reading: Reading): unknown {
  const { properties = {}, required = [], minProperties = 0 }: Shape = schema
  const { reader, patterns } = reading
  if (!isMap(node)) return void wrong(node, schema, path, reading)
  const entries = entriesOf(node)
  const value: Record<string, unknown> = {}
  for (const { key, keyNode, value: inner } of entries) {
    const field = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (field === undefined) reader.report(keyNode, unknownKey(key, Object.keys(properties), path))
    else if (inner === null) wrong(keyNode, field, keyPath(path, key), reading)
    else value[key] = readValue(inner, field, keyPath(path, key), reading)
  }
  for (const key of required) {
    const field = properties[key]
    if (field !== undefined && !entries.some((entry) => entry.key === key))
      reader.report(
        node,
        fileMistake('FILE_KEY_MISSING', { key: keyPath(path, key), expected: expectation(field, patterns) }),
      )
  }
  if (entries.length < minProperties) wrong(node, schema, path, reading)
  return value
}

function readList(node: Node | null, schema: TSchema, path: string, reading: Reading): unknown {
  const { items }: Shape = schema
  if (!isSeq(node) || items === undefined) return void wrong(node, schema, path, reading)
  const value = node.items.map((item, index) => readValue(asNode(item), items, `${path}[${index}]`, reading))
  const { minItems = 0, maxItems = Infinity }: { minItems?: number; maxItems?: number } = schema
  if (value.length < minItems || value.length > maxItems) wrong(node, schema, path, reading)
  return value
}

/** Of sets that are told apart by one fixed key, the one this is; of single values, any that fits. */
function readUnion(
  node: Node | null,
  several: readonly TSchema[],
  schema: TSchema,
  path: string,
  reading: Reading,
): unknown {
  const told = discriminator(several)
  if (told === null || !isMap(node)) {
    const value = isScalar(node) ? node.value : undefined
    if (!Value.Check(schema, value)) wrong(node, schema, path, reading)
    return value
  }
  const given = asNode(node.get(told.key, true))
  const chosen = told.by.get(isScalar(given) ? given.value : undefined)
  if (chosen !== undefined) return readMap(node, chosen, path, reading)
  const expected = expectation({ anyOf: [...told.by.keys()].map((value) => ({ const: value })) }, reading.patterns)
  const code = given === null ? 'FILE_KEY_MISSING' : 'FILE_VALUE_WRONG'
  return void reading.reader.report(given ?? node, fileMistake(code, { key: keyPath(path, told.key), expected }))
}

/** The key whose fixed value tells the sets of a union apart, with the set of each; null when there is none. */
function discriminator(several: readonly TSchema[]): { key: string; by: Map<unknown, TSchema> } | null {
  const shapes: readonly Shape[] = several
  const [first] = shapes
  for (const key of Object.keys(first?.properties ?? {})) {
    const values = shapes.map(({ properties }): unknown => constantOf(properties?.[key]))
    if (values.includes(undefined)) continue
    return { key, by: new Map(several.map((schema, index) => [values[index], schema])) }
  }
  return null
}

function constantOf(schema: Shape | undefined): unknown {
  return schema?.const
}
