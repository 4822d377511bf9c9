import type { Locale } from '../../text/quantities.ts'
import { translateCondition, type TranslatedCondition } from './condition-source.ts'
import { oneLine } from './foreign-text.ts'
import { conditionText, type MdtCondition } from './mdt-condition.ts'
import { describeRemark, remark, type Remark } from './remarks.ts'
import { left, outcomeSentence, takenWith, type Outcome } from './report.ts'
import { decideStep, type Part, type StepContext } from './step-policy.ts'
import type { WrittenStep } from './sequence-text.ts'
import type { MdtNode, MdtStep } from './task-sequence-file.ts'
import { declare, declareOwn, literalName, type Collected } from './sequence-parts.ts'
import { words } from './sequence-assembly.ts'

/** What a node of the tree gets from the groups around it. */
export type Around = {
  readonly path: readonly string[]
  readonly conditions: readonly MdtCondition[]
  readonly isDisabled: boolean
  readonly continues: boolean
}

/** What becomes of a group: it goes, and its steps stay. */
export function groupOutcome(group: MdtNode, { isDisabled, conditions, continues }: Around): Outcome {
  const flat = remark('MDT_GROUP_FLAT')
  if (isDisabled) return left(remark('MDT_STEP_DISABLED'))
  const whole = translateCondition({ kind: 'all', of: conditions })
  if (whole.is === 'never') return left(neverRemark(conditions))
  const reasons = group.continueOnError && continues ? [remark('MDT_GROUP_CONTINUES')] : []
  if (group.condition === null) return takenWith(oneLine(group.name) || '—', reasons, flat)
  const condition = conditionText(group.condition)
  const isAlways = translateCondition(group.condition).is === 'always'
  const notes = [remark(isAlways ? 'MDT_GROUP_ALWAYS' : 'MDT_GROUP_CONDITION', { condition }), flat]
  return takenWith(oneLine(group.name) || '—', reasons, ...notes)
}

function neverRemark(conditions: readonly MdtCondition[]): Remark {
  const failing = conditions.find((one) => translateCondition(one).is === 'never')
  return remark('MDT_STEP_NEVER', { condition: failing === undefined ? '' : conditionText(failing) })
}

/** Translates one step into what is collected of its sequence; gives what to report of it. */
export function visitStep(
  step: MdtStep,
  around: Around,
  context: StepContext,
  collected: Collected,
  language: Locale,
): Outcome {
  const where = `${words.from[language]}${language === 'fr' ? '\u202f' : ''}: ${around.path.join(' / ')}`
  const written = (part: Extract<Part, { kind: 'windows' }>, comments: string[], when: string | null): WrittenStep => ({
    ...{ comments, type: part.type, input: part.input, when, retries: 0 },
    name: literalName(step.name),
    continueOnError: around.continues,
    isComment: false,
  })
  if (around.isDisabled) {
    const { parts } = decideStep(step, context)
    const outcome = left(remark('MDT_STEP_DISABLED'))
    const comments = [`${where}. ${outcomeSentence(outcome)[language]}`]
    const windows = parts.filter((part) => part.kind === 'windows')
    for (const part of windows) collected.windows.push({ ...written(part, comments, null), isComment: true })
    return outcome
  }
  const condition = translateCondition({ kind: 'all', of: around.conditions })
  if (condition.is === 'never') return left(neverRemark(around.conditions))
  const { outcome: decided, parts } = decideStep(step, context)
  const outcome = withCondition(decided, parts, condition, around.conditions)
  const comments = [where, ...remarksOf(outcome, language)]
  for (const part of parts) {
    switch (part.kind) {
      case 'backbone':
        collected.backbone.set(part.type, { input: part.input, comments })
        break
      case 'windows':
        for (const one of condition.is === 'when' ? condition.declares : []) declareOwn(collected, one)
        collected.windows.push(written(part, comments, condition.is === 'when' ? condition.source : null))
        break
      case 'variable':
        declare(collected, part.name, part.value)
        break
      case 'start-windows':
        collected.phase = 'windows'
        break
    }
  }
  return outcome
}

/** Reasons of an outcome as comments of the step. */
function remarksOf(outcome: Outcome, language: Locale): string[] {
  return outcome.verdict === 'look' ? outcome.because.map((one) => describeRemark(one).message[language]) : []
}

/** What a step's condition adds to its line. */
function withCondition(
  outcome: Outcome,
  parts: readonly Part[],
  condition: TranslatedCondition,
  conditions: readonly MdtCondition[],
): Outcome {
  if (condition.is !== 'when' || parts.length === 0 || !('as' in outcome)) return outcome
  const text = conditionText(
    conditions.length === 1 && conditions[0] !== undefined ? conditions[0] : { kind: 'all', of: conditions },
  )
  const kinds = new Set(parts.map(({ kind }) => kind))
  const isByDevice = parts.some((part) => part.kind === 'backbone' && part.type === 'inject-drivers')
  const more = kinds.has('windows')
    ? condition.because
    : kinds.has('variable')
      ? [remark('MDT_VARIABLE_CONDITIONAL', { condition: text })]
      : [remark('MDT_CONDITION_DROPPED', { condition: text })]
  const verdict = more.length > 0 && !isByDevice ? 'look' : outcome.verdict
  return { ...outcome, verdict, because: [...outcome.because, ...more] }
}
