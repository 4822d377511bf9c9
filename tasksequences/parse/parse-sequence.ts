import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { ParsedSequence, Phase, Sequence, SequenceStep } from '../sequence.ts'
import { stepDefinition } from '../steps/definitions.ts'
import {
  asNode,
  entriesOf,
  inOrder,
  isEmpty,
  readDocument,
  unknownKey,
  type Entry,
  type FileReader,
} from '../../text/yaml/document.ts'
import { fileMistake } from '../../text/yaml/file-problems.ts'
import { sequenceMistake } from './problems.ts'
import { readStep } from './step.ts'
import { readVariables, reportCircles } from './variables.ts'
import type { Sentence } from '../../text/sentence.ts'

const keys = ['name', 'description', 'variables', 'environment', 'windows'] as const
const longestName = 120
const phases: readonly Phase[] = ['environment', 'windows']

function textOf(longest: number): Sentence {
  return { fr: `un texte d’au plus ${longest} caractères`, en: `a text of at most ${longest} characters` }
}

function readText(entry: Entry | undefined, longest: number, reader: FileReader): string | null {
  if (entry === undefined || isEmpty(entry.value)) return null
  const value = isScalar(entry.value) ? entry.value.value : undefined
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && text.trim() !== '' && text.length <= longest) return text.trim()
  reader.report(entry.value, fileMistake('FILE_VALUE_WRONG', { key: entry.key, expected: textOf(longest) }))
  return ''
}

function readPhase(
  entry: Entry | undefined,
  phase: Phase,
  variables: Sequence['variables'],
  reader: FileReader,
): SequenceStep[] {
  if (entry === undefined || isEmpty(entry.value)) return []
  if (!isSeq(entry.value)) {
    const expected = { fr: 'une liste d’étapes, un tiret pour chacune', en: 'a list of steps, a dash for each' }
    reader.report(entry.value, fileMistake('FILE_VALUE_WRONG', { key: phase, expected }))
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
function reportOrder(steps: SequenceStep[], reader: FileReader): void {
  const before = new Set<string>()
  let closed: { by: string; then: readonly string[] } | null = null
  for (const step of steps) {
    const { type } = step
    const definition = stepDefinition(type)
    const needs = definition?.needs ?? null
    if (needs !== null && !before.has(needs)) reader.report(step, sequenceMistake('STEP_ORDER', { type, needs }))
    if (definition?.once === true && before.has(type)) reader.report(step, sequenceMistake('STEP_TWICE', { type }))
    if (closed !== null && !closed.then.includes(type)) {
      const [after, allowed] = [closed.by, closed.then.join(', ')]
      reader.report(
        step,
        allowed === ''
          ? sequenceMistake('STEP_AFTER_LAST', { type, after })
          : sequenceMistake('STEP_AFTER', { type, after, allowed }),
      )
    }
    if (definition?.followedBy !== undefined) closed = { by: type, then: definition.followedBy }
    else if (closed !== null && (definition?.endsWith ?? null) !== null) closed = { by: type, then: [] }
    before.add(type)
  }
}

function readWhole(root: Node, reader: FileReader): Sequence {
  const entries = isMap(root) ? entriesOf(root) : []
  for (const entry of entries)
    if (!keys.some((key) => key === entry.key)) reader.report(entry.keyNode, unknownKey(entry.key, keys))
  const entry = (key: (typeof keys)[number]) => entries.find((candidate) => candidate.key === key)
  const name = readText(entry('name'), longestName, reader)
  if (name === null)
    reader.report(root, fileMistake('FILE_KEY_MISSING', { key: 'name', expected: textOf(longestName) }))
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
  const { root, isReadable, reader } = readDocument(text)
  if (isReadable) {
    if (!isMap(root)) reader.report(root, sequenceMistake('SEQUENCE_SHAPE'))
    else {
      const sequence = readWhole(root, reader)
      // An order judged while steps are missing for other reasons would only add noise.
      if (reader.problems.length === 0) reportOrder(sequence.steps, reader)
      if (reader.problems.length === 0 && sequence.steps.length === 0)
        reader.report(root, sequenceMistake('STEPS_MISSING'))
      if (reader.problems.length === 0) return { ok: true, sequence }
    }
  }
  return { ok: false, problems: inOrder(reader.problems) }
}
