import { isMap, isScalar, type Node } from 'yaml'
import { parseCondition, variablesIn } from '../condition/parse-condition.ts'
import type { Phase, Sequence, SequenceStep } from '../sequence.ts'
import { announcedSteps, stepDefinition, stepDefinitions } from '../steps/definitions.ts'
import type { StepDefinition } from '../steps/definition.ts'
import { suggest } from '../../text/suggestion.ts'
import { conditionReason } from './condition-messages.ts'
import { readInput } from './input.ts'
import { entriesOf, isEmpty, unknownKey, type Entry, type FileReader } from '../../text/yaml/document.ts'
import { fileMistake } from '../../text/yaml/file-problems.ts'
import { sequenceMistake } from './problems.ts'
import { reportUnknownVariables } from './variables.ts'
import type { Sentence } from '../../text/sentence.ts'

/** Keys any step may carry beside its type. */
const commonKeys = ['name', 'when', 'continueOnError', 'retries'] as const
const mostRetries = 10

type Declared = Sequence['variables']

function isCommon(key: string): boolean {
  return commonKeys.some((common) => common === key)
}

/** The entry that names the step's type; null (and a problem) when none or several do. */
function typeEntry(entries: Entry[], node: Node, reader: FileReader): Entry | null {
  const others = entries.filter(({ key }) => !isCommon(key))
  const known = others.filter(({ key }) => stepDefinition(key) !== null || announcedSteps.has(key))
  const [first] = known.length > 0 ? known : others
  if (first === undefined || new Set(known.map(({ key }) => key)).size > 1) {
    reader.report(known[1]?.keyNode ?? node, sequenceMistake('STEP_SHAPE'))
    return null
  }
  for (const entry of others) if (entry !== first) reader.report(entry.keyNode, unknownKey(entry.key, commonKeys))
  return first
}

function definitionFor(entry: Entry, phase: Phase, reader: FileReader): StepDefinition | null {
  const type = entry.key
  const definition = stepDefinition(type)
  if (definition === null) {
    const allowed = stepDefinitions.filter(({ phases }) => phases.includes(phase)).map((step) => step.type)
    const suggestion = suggest(type, allowed)
    if (announcedSteps.has(type)) reader.report(entry.keyNode, sequenceMistake('STEP_ANNOUNCED', { type }))
    else
      reader.report(
        entry.keyNode,
        sequenceMistake('STEP_TYPE_UNKNOWN', { type, suggestion, allowed: allowed.join(', ') }),
      )
  } else if (!definition.phases.includes(phase))
    reader.report(entry.keyNode, sequenceMistake('STEP_WRONG_PHASE', { type, phase }))
  return definition
}

function readWhen(node: Node | null, declared: Declared, reader: FileReader): SequenceStep['when'] {
  if (isEmpty(node)) return null
  const source = isScalar(node) ? String(node.value) : ''
  const parsed = parseCondition(source)
  if (!parsed.ok) {
    reader.report(node, sequenceMistake('CONDITION_WRONG', { reason: conditionReason(parsed.error) }))
    return null
  }
  const names = variablesIn(parsed.expression).map(({ name }) => name)
  reportUnknownVariables(names, node, declared, reader)
  return { source, expression: parsed.expression }
}

function readScalar<T>(
  entry: Entry | undefined,
  accept: (value: unknown) => value is T,
  expected: Sentence,
  otherwise: T,
  reader: FileReader,
): T {
  if (entry === undefined) return otherwise
  const value = isScalar(entry.value) ? entry.value.value : undefined
  if (accept(value)) return value
  reader.report(entry.value ?? entry.keyNode, fileMistake('FILE_VALUE_WRONG', { key: entry.key, expected }))
  return otherwise
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 120
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isRetries = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostRetries

/** Reads one step of a phase's list; null when it cannot even be told which step it is. */
export function readStep(node: Node | null, phase: Phase, declared: Declared, reader: FileReader): SequenceStep | null {
  const word = isScalar(node) && typeof node.value === 'string' ? node.value : null
  const entries = isMap(node) ? entriesOf(node) : word === null ? [] : [{ key: word, keyNode: node, value: null }]
  if (node === null || entries.length === 0) {
    reader.report(node, sequenceMistake('STEP_SHAPE'))
    return null
  }
  const entry = typeEntry(entries, node, reader)
  const definition = entry === null ? null : definitionFor(entry, phase, reader)
  const common = (key: (typeof commonKeys)[number]) => entries.find((candidate) => candidate.key === key)
  const name = readScalar(
    common('name'),
    isName,
    { fr: 'un texte de 1 à 120 caractères', en: 'a text of 1 to 120 characters' },
    '',
    reader,
  )
  const options = {
    when: readWhen(common('when')?.value ?? null, declared, reader),
    continueOnError: readScalar(
      common('continueOnError'),
      isFlag,
      { fr: 'true ou false', en: 'true or false' },
      false,
      reader,
    ),
    retries: readScalar(
      common('retries'),
      isRetries,
      { fr: `un nombre de 0 à ${mostRetries}`, en: `a number from 0 to ${mostRetries}` },
      0,
      reader,
    ),
  }
  if (entry === null || definition === null) return null
  const input = readInput(entry, { definition, phase }, declared, reader)
  const title = name === '' ? definition.title : { fr: name, en: name }
  return { phase, type: definition.type, name: title, input, ...options, ...reader.positionOf(entry.keyNode) }
}
