import { isMap, isScalar, type Node } from 'yaml'
import type { Phase } from '../sequence.ts'
import { StepOption, type StepPlace } from './edit.ts'
import { endOf, listOf, pairOf, readSource, startOf, type PairNode, type Source } from './source.ts'
import { stepAt } from './step-node.ts'

/** A step as the text says it, right or wrong: what a form shows. */
export type OutlineStep = StepPlace & {
  /** Empty when nobody can tell. */
  type: string
  input: Record<string, unknown>
  options: Partial<Record<StepOption, unknown>>
  /** From 1, the first and the last. */
  lines: [number, number]
}

/** What stands in a sequence's text, whether it can be started or not. */
export type Outline = {
  name: string | null
  description: string | null
  variables: { name: string; value: unknown }[]
  steps: OutlineStep[]
}

const phases: readonly Phase[] = ['environment', 'windows']

/** Reads what can be read of a sequence for a form; null when the text is no YAML. Total. */
export function outlineOf(text: string): Outline | null {
  const source = readSource(text)
  if (source === null) return null
  try {
    return {
      name: textAt(source, 'name'),
      description: textAt(source, 'description'),
      variables: variablesOf(source),
      steps: phases.flatMap((phase) => stepsOf(source, phase)),
    }
  } catch (error) {
    // References that stand for gigabytes: the YAML library refuses to follow them.
    if (error instanceof ReferenceError) return null
    throw error
  }
}

function textAt({ root }: Source, key: string): string | null {
  const value = pairOf(root, key)?.value
  return isScalar(value) && value.value !== null ? String(value.value) : null
}

function variablesOf({ root, document }: Source): Outline['variables'] {
  const variables = pairOf(root, 'variables')?.value
  const pairs = isMap(variables) ? (variables.items as PairNode[]) : []
  return pairs.map(({ key, value }) => ({
    name: isScalar(key) ? String(key.value) : '',
    value: value?.toJS(document) ?? null,
  }))
}

function stepsOf(source: Source, phase: Phase): OutlineStep[] {
  return (listOf(source.root, phase)?.items ?? []).map((item, index) => {
    const place = { phase, index, lines: linesOf(source, item) }
    const step = stepAt(source, place)
    if (step === null) return { ...place, type: '', input: {}, options: {} }
    const input: unknown = step.typePair?.value?.toJS(source.document) ?? {}
    const options = StepOption.anyOf.flatMap(({ const: option }) => {
      const value: unknown = step.map?.get(option)
      return value === undefined || value === null ? [] : [[option, value] as const]
    })
    return { ...place, type: step.type, input: isRecord(input) ? input : {}, options: Object.fromEntries(options) }
  })
}

function linesOf({ lines }: Source, node: Node): [number, number] {
  const last = Math.max(startOf(node), endOf(node) - 1)
  return [lines.linePos(startOf(node)).line, lines.linePos(last).line]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
