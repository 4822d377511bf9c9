import { referencesIn } from '../interpolation.ts'
import { isBuiltIn } from '../facts.ts'
import { parseSequence } from '../parse/parse-sequence.ts'
import type { Phase } from '../sequence.ts'
import type { Locale } from '../../text/quantities.ts'
import type { Application } from './applications.ts'
import { translateCondition, type Declaration, type TranslatedCondition } from './condition-source.ts'
import { fillVariables } from './command-steps.ts'
import { oneLine } from './foreign-text.ts'
import { field, guidOf } from './list-file.ts'
import { conditionText, type MdtCondition } from './mdt-condition.ts'
import { describeRemark, remark, type Remark } from './remarks.ts'
import { left, outcomeSentence, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import { commandsOf, prepareOf, variablesOf, type Defaults } from './defaults.ts'
import { decideStep, type BackboneType, type Part, type StepContext } from './step-policy.ts'
import { globalVariableOutcome } from './sequence-variables.ts'
import { writeSequence, type WrittenStep, type WrittenVariable } from './sequence-text.ts'
import type { Share, ShareSequence } from './share.ts'
import { nodesOf, type MdtNode, type MdtSequence, type MdtStep } from './task-sequence-file.ts'
import { knownVariable } from './variable-names.ts'
import { scriptOf } from './step-script.ts'

/** A sequence of the share as Établi's file of that name; null text where nothing of it is left to do. */
export type TranslatedSequence = {
  readonly id: string
  readonly mdtId: string
  readonly name: string
  readonly yaml: string | null
}

export type SequenceContext = {
  readonly id: string
  readonly share: Share
  readonly applications: ReadonlyMap<string, Application>
  readonly defaults: Defaults
  readonly language: Locale
}

/** What a node of the tree gets from the groups around it. */
type Around = {
  readonly path: readonly string[]
  readonly conditions: readonly MdtCondition[]
  readonly isDisabled: boolean
  readonly continues: boolean
}

type Collected = {
  readonly lines: ReportLine[]
  readonly backbone: Map<BackboneType, { input: Record<string, unknown>; comments: string[] }>
  readonly windows: WrittenStep[]
  readonly disabled: WrittenStep[]
  readonly variables: Map<string, WrittenVariable>
  phase: Phase
}

const order: readonly BackboneType[] = [
  ...(['check-hardware', 'partition-disk', 'apply-image'] as const),
  ...(['inject-drivers', 'prepare-windows', 'write-boot-files'] as const),
]

const words = {
  from: { fr: 'MDT', en: 'MDT' },
  added: {
    fr: 'Ajouté par l’import : MDT le faisait dans une autre étape.',
    en: 'Added by the import: MDT did it within another step.',
  },
  header: { fr: 'Importé de MDT, séquence', en: 'Imported from MDT, sequence' },
  check: {
    fr: 'Pour contrôler le poste avant de le sceller, ajoutez avant « seal » : - verify: { profile: ready-for-sale }',
    en: 'To check the machine before it is sealed, add before "seal": - verify: { profile: ready-for-sale }',
  },
  seal: {
    fr: 'Ajouté par l’import : le compte reste, l’agent s’en va.',
    en: 'Added by the import: the account stays, the agent goes.',
  },
} as const

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

function groupOutcome(group: MdtNode, { isDisabled, conditions, continues }: Around): Outcome {
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

function visitStep(
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

function literalName(name: string): string | null {
  const text = oneLine(name, 120)
  return text === '' || /\$\{/.test(text) ? null : text
}

/** A variable of MDT's with its value, by the name it has here. */
function declare(collected: Collected, name: string, value: string): void {
  const known = knownVariable(name)
  if (known.is === 'constant' || isBuiltIn(known.name)) return
  const filled = fillVariables(value)?.text ?? ''
  collected.variables.set(known.name, {
    name: known.name,
    value: withoutReferences(filled).slice(0, 1000),
    comment: `MDT: ${name}`,
  })
}

function declareOwn(collected: Collected, { name, value, from }: Declaration): void {
  if (collected.variables.has(name)) return
  const scalar = value === 'true' ? true : value === 'false' ? false : value
  collected.variables.set(name, { name, value: scalar, comment: `MDT: ${from}` })
}

/** A default may refer to facts only: references among defaults could go in a circle. */
function withoutReferences(text: string): string {
  return referencesIn(text).every(({ name }) => isBuiltIn(name)) ? text : ''
}

function step(type: string, input: Record<string, unknown>, comments: readonly string[], retries = 0): WrittenStep {
  return { comments, type, input, name: null, when: null, continueOnError: false, retries, isComment: false }
}

function environmentOf(collected: Collected, context: SequenceContext, sequence: ShareSequence): WrittenStep[] {
  const { backbone } = collected
  const added = [words.added[context.language]]
  const has = backbone.has('apply-image')
  const needed: ReadonlyArray<BackboneType> = has ? ['partition-disk', 'prepare-windows', 'write-boot-files'] : []
  const prepared = { account: 'local', key: 'automatic', ...prepareOf(context.defaults, sequence.answers) }
  const steps = order.flatMap((type) => {
    const found = backbone.get(type)
    if (found === undefined && !needed.includes(type)) return []
    if (!has && type !== 'check-hardware' && type !== 'partition-disk') return []
    const input =
      type === 'prepare-windows' ? prepared : (found?.input ?? (type === 'partition-disk' ? { disk: 'only' } : {}))
    return [step(type, input, found?.comments ?? added, type === 'apply-image' ? 1 : 0)]
  })
  return has ? [...steps, step('restart', {}, [])] : steps
}

function windowsOf(collected: Collected, context: SequenceContext, sequence: ShareSequence): WrittenStep[] {
  const { backbone } = collected
  const [added, sealing] = [words.added[context.language], words.seal[context.language]]
  const commands = commandsOf(sequence.answers)
  const early = commands.map(({ command, name }) => ({
    ...step('run-command', { command, shell: 'cmd' }, [`Unattend.xml: ${name}`]),
    name: literalName(name),
  }))
  const drivers = backbone.has('inject-drivers') ? [step('install-drivers', {}, [added])] : []
  const own = [...drivers, ...early, ...withoutTwins(collected.windows)]
  if (!own.some(({ isComment }) => !isComment) && !backbone.has('apply-image')) return own
  const last =
    context.defaults.finish === null ? [] : [step(context.defaults.finish, {}, ['CustomSettings.ini: FinishAction'])]
  return [...own, step('seal', { for: 'account', agent: 'remove' }, [words.check[context.language], sealing]), ...last]
}

/** Two restarts one after the other are one. */
function withoutTwins(steps: readonly WrittenStep[]): WrittenStep[] {
  return steps.filter(
    (one, index) =>
      one.type !== 'restart' ||
      one.isComment ||
      steps[index - 1]?.type !== 'restart' ||
      steps[index - 1]?.when !== one.when,
  )
}

const mostVariables = 150
const largestBytes = 64 * 1024

function textOf(collected: Collected, sequence: ShareSequence, name: string, context: SequenceContext): string | null {
  const [environment, windows] = [environmentOf(collected, context, sequence), windowsOf(collected, context, sequence)]
  if (![...environment, ...windows].some(({ isComment, type }) => !isComment && type !== 'seal')) return null
  const variables = new Map(variablesOf(context.defaults, sequence.answers).map((one) => [one.name, one] as const))
  for (const [key, one] of collected.variables) variables.set(key, one)
  for (const used of referenced([...environment, ...windows]))
    if (!variables.has(used) && !isBuiltIn(used)) variables.set(used, { name: used, value: '', comment: null })
  const comments = sequence.entry === null ? '' : field(sequence.entry, 'Comments')
  const written = {
    comments: [`${words.header[context.language]} ${sequence.id}.`],
    name,
    description: oneLine(comments, 1900) || null,
    variables: [...variables.values()].slice(0, mostVariables),
    ...{ environment, windows, end: [] },
  }
  const text = writeSequence(written)
  if (Buffer.byteLength(text) <= largestBytes) return text
  const bare = (steps: readonly WrittenStep[]) =>
    steps.filter(({ isComment }) => !isComment).map((one) => ({ ...one, comments: [] }))
  return writeSequence({ ...written, environment: bare(environment), windows: bare(windows) })
}

/** Variables that steps refer to, in the order they do. */
function referenced(steps: readonly WrittenStep[]): string[] {
  const texts = steps
    .filter(({ isComment }) => !isComment)
    .flatMap(({ input, when }) => [when ?? '', ...textsIn(input)])
  return [...new Set(texts.flatMap((text) => referencesIn(text).map(({ name }) => name)))]
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
