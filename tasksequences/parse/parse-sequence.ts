import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { ParsedSequence, Phase, Sequence, SequenceStep } from '../sequence.ts'
import { stepDefinition } from '../steps/definitions.ts'
import { readDocument } from './document.ts'
import { asNode, entriesOf, isEmpty, reportUnknownKey, type Entry, type Reader } from './reader.ts'
import { readStep } from './step.ts'
import { readVariables, reportCircles } from './variables.ts'

const keys = ['name', 'description', 'variables', 'environment', 'windows'] as const
const phases: readonly Phase[] = ['environment', 'windows']

function readText(entry: Entry | undefined, longest: number, reader: Reader): string | null {
  if (entry === undefined || isEmpty(entry.value)) return null
  const value = isScalar(entry.value) ? entry.value.value : undefined
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && text.trim() !== '' && text.length <= longest) return text.trim()
  const expected = { fr: `un texte d’au plus ${longest} caractères`, en: `a text of at most ${longest} characters` }
  reader.report(entry.value, 'VALUE_WRONG', { key: entry.key }, expected)
  return ''
}

function readPhase(
  entry: Entry | undefined,
  phase: Phase,
  variables: Sequence['variables'],
  reader: Reader,
): SequenceStep[] {
  if (entry === undefined || isEmpty(entry.value)) return []
  if (!isSeq(entry.value)) {
    reader.report(
      entry.value,
      'VALUE_WRONG',
      { key: phase },
      { fr: 'une liste d’étapes, un tiret pour chacune', en: 'a list of steps, a dash for each' },
    )
    return []
  }
  return entry.value.items.flatMap((item) => {
    const step = readStep(asNode(item), phase, variables, reader)
    return step ?? []
  })
}

/**
 * What a step needs has to be before it, what may be there once is there once, and after a step that closes the work come
 * only those it lets: one that takes the machine down is the last.
 */
function reportOrder(steps: SequenceStep[], reader: Reader): void {
  const before = new Set<string>()
  let closed: { by: string; then: readonly string[] } | null = null
  for (const step of steps) {
    const { type } = step
    const definition = stepDefinition(type)
    const needs = definition?.needs ?? null
    if (needs !== null && !before.has(needs)) reader.report(step, 'STEP_ORDER', { type, needs })
    if (definition?.once === true && before.has(type)) reader.report(step, 'STEP_TWICE', { type })
    if (closed !== null && !closed.then.includes(type)) {
      reader.report(step, closed.then.length > 0 ? 'STEP_AFTER' : 'STEP_AFTER_LAST', {
        type,
        after: closed.by,
        allowed: closed.then.join(', '),
      })
    }
    if (definition?.followedBy !== undefined) closed = { by: type, then: definition.followedBy }
    else if (closed !== null && (definition?.endsWith ?? null) !== null) closed = { by: type, then: [] }
    before.add(type)
  }
}

function readWhole(root: Node, reader: Reader): Sequence {
  const entries = isMap(root) ? entriesOf(root) : []
  for (const entry of entries) if (!keys.some((key) => key === entry.key)) reportUnknownKey(reader, entry, keys)
  const entry = (key: (typeof keys)[number]) => entries.find((candidate) => candidate.key === key)
  const name = readText(entry('name'), 120, reader)
  if (name === null) reader.report(root, 'KEY_MISSING', { key: 'name' })
  const description = readText(entry('description'), 2000, reader)
  const variablesNode = entry('variables')?.value ?? null
  const variables = readVariables(variablesNode, reader)
  reportCircles(variablesNode, variables, reader)
  const steps = phases.flatMap((phase) => readPhase(entry(phase), phase, variables, reader))
  return { name: name ?? '', description, variables, steps }
}

/**
 * Reads a sequence file. Total: any text gives a sequence, or every problem found in it with line and column, those of
 * the top of the file first.
 */
export function parseSequence(text: string): ParsedSequence {
  const { document, reader } = readDocument(text)
  if (document !== null) {
    const root = document.contents
    if (!isMap(root)) reader.report(root, 'SEQUENCE_SHAPE')
    else {
      const sequence = readWhole(root, reader)
      // An order judged while steps are missing for other reasons would only add noise.
      if (reader.problems.length === 0) reportOrder(sequence.steps, reader)
      if (reader.problems.length === 0 && sequence.steps.length === 0) reader.report(root, 'STEPS_MISSING')
      if (reader.problems.length === 0) return { ok: true, sequence }
    }
  }
  return { ok: false, problems: reader.problems.sort((a, b) => a.line - b.line || a.column - b.column) }
}
