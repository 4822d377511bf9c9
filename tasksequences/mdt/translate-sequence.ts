import { parseSequence } from '../parse/parse-sequence.ts'
import { oneLine } from './foreign-text.ts'
import { field, guidOf } from './list-file.ts'
import type { MdtCondition } from './mdt-condition.ts'
import { remark, type Remark } from './remarks.ts'
import { left, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import type { StepContext } from './step-policy.ts'
import { globalVariableOutcome } from './sequence-variables.ts'
import type { ShareSequence } from './share.ts'
import { nodesOf, type MdtNode, type MdtSequence, type MdtStep } from './task-sequence-file.ts'
import { scriptOf } from './step-script.ts'
import { declare, type Collected, type SequenceContext } from './sequence-parts.ts'
import { groupOutcome, visitStep, type Around } from './sequence-steps.ts'
import { textOf } from './sequence-assembly.ts'

/** A sequence of the share as Établi's file of that name; null text where nothing of it is left to do. */
export type TranslatedSequence = {
  readonly id: string
  readonly mdtId: string
  readonly name: string
  readonly yaml: string | null
}

/** Translates one sequence, with a line of the report for it and for each of its variables, groups, steps and stray elements. */
export function translateSequence(
  sequence: ShareSequence,
  context: SequenceContext,
): { readonly translated: TranslatedSequence; readonly lines: readonly ReportLine[] } {
  const { steps, id: mdtId } = sequence
  const name = oneLine((sequence.entry === null ? '' : field(sequence.entry, 'Name')) || mdtId, 120) || context.id
  const file = `Control/${mdtId}/ts.xml`
  const item: Item = { kind: 'sequence', key: `sequence:${context.id}`, name, file }
  const translated = { id: context.id, mdtId, name }
  if (steps === null) {
    const outcome = left(remark('MDT_SEQUENCE_NO_STEPS', { file: oneLine(file) }))
    return { translated: { ...translated, yaml: null }, lines: [{ item, outcome }] }
  }
  const collected = collect(steps, sequence, context)
  const yaml = textOf(collected, sequence, name, context)
  const outcome = sequenceOutcome(yaml, sequence, context.id)
  return {
    translated: { ...translated, yaml: outcome.verdict === 'left' ? null : yaml },
    lines: [{ item, outcome }, ...collected.lines],
  }
}

function sequenceOutcome(yaml: string | null, { entry }: ShareSequence, id: string): Outcome {
  if (yaml === null) return left(remark('MDT_SEQUENCE_EMPTY'))
  const parsed = parseSequence(yaml)
  const reasons: Remark[] = [
    ...(entry === null ? [remark('MDT_SEQUENCE_UNLISTED')] : []),
    ...(entry !== null && !entry.isEnabled ? [remark('MDT_DISABLED')] : []),
    ...(parsed.ok
      ? []
      : parsed.problems
          .slice(0, 3)
          .map(({ code, line }) => remark('MDT_SEQUENCE_PROBLEM', { problem: `${code} (${line})` }))),
  ]
  return takenWith(`sequences/${id}.yaml`, reasons)
}

function collect(steps: MdtSequence, sequence: ShareSequence, context: SequenceContext): Collected {
  const { share, defaults } = context
  const installsWindows = nodesOf(steps.children).some((node) => node.kind === 'step' && isInstall(node))
  const collected: Collected = {
    lines: [],
    backbone: new Map(),
    windows: [],
    disabled: [],
    variables: new Map(),
    phase:
      installsWindows || nodesOf(steps.children).some((node) => hasPhase(node.condition, 'PREINSTALL'))
        ? 'environment'
        : 'windows',
  }
  const file = `Control/${sequence.id}/ts.xml`
  const at = (kind: Item['kind'], place: string | number, name: string): Item => ({
    ...{ kind, name: oneLine(name) || '—', file },
    key: `${kind}:${context.id}:${place}`,
  })
  steps.variables.forEach((variable, index) => {
    const isLast = steps.variables.findLastIndex(({ name }) => name === variable.name) === index
    const outcome = globalVariableOutcome(variable, isLast)
    collected.lines.push({ item: at('variable', index, variable.name), outcome })
    if (outcome.verdict === 'taken' && outcome.as.startsWith('variables.'))
      declare(collected, variable.name, variable.value)
  })
  const stepContext = (): StepContext => ({
    ...{ share, installsWindows, applications: context.applications },
    sequenceImage: guidOf(steps.variables.findLast(({ name }) => /^osguid$/i.test(name))?.value ?? ''),
    phase: collected.phase,
    has: new Set(collected.backbone.keys()),
    ruleApplications: defaults.applications,
    skippedUpdates: defaults.skippedUpdates,
  })

  const visit = (node: MdtNode, around: Around): void => {
    const inner: Around = {
      path: [...around.path, node.name],
      conditions: node.condition === null ? around.conditions : [...around.conditions, node.condition],
      isDisabled: around.isDisabled || node.isDisabled,
      continues: around.continues || node.continueOnError,
    }
    if (hasPhase(node.condition, 'STATERESTORE')) collected.phase = 'windows'
    const item = at(node.kind, node.number, node.name)
    if (node.kind === 'group') {
      collected.lines.push({ item, outcome: groupOutcome(node, inner) })
      for (const child of node.children) visit(child, inner)
      return
    }
    collected.lines.push({ item, outcome: visitStep(node, inner, stepContext(), collected, context.language) })
  }
  for (const node of steps.children) visit(node, { path: [], conditions: [], isDisabled: false, continues: false })
  steps.strays.forEach((name, index) => {
    collected.lines.push({
      item: at('element', index, name),
      outcome: left(remark('MDT_ELEMENT_UNKNOWN', { name: oneLine(name) })),
    })
  })
  return collected
}

function isInstall(step: MdtStep): boolean {
  const script = scriptOf(step)
  return !step.isDisabled && script?.name === 'ltiapply' && !/\/(pe|post)\b/i.test(script.arguments)
}

/** Whether a condition asks for this phase of MDT's, other than to exclude it. */
function hasPhase(condition: MdtCondition | null, phase: string): boolean {
  if (condition === null || condition.kind === 'none') return false
  if (condition.kind === 'variable')
    return (
      /^phase$/i.test(condition.variable) &&
      /^equals$/i.test(condition.operator) &&
      condition.value.toUpperCase() === phase
    )
  return (condition.kind === 'all' || condition.kind === 'any') && condition.of.some((part) => hasPhase(part, phase))
}
