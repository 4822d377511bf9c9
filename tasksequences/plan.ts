import { fillText, referencesIn } from './interpolation.ts'
import { isBuiltIn } from './facts.ts'
import { fillInput, type InputProblem } from './step-input.ts'
import { holds } from './condition/evaluate.ts'
import type { Sentence } from '../text/sentence.ts'
import type { Scalar, Variables } from './scalar.ts'
import type { Phase, Sequence, SequenceStep } from './sequence.ts'
import { stepDefinition } from './steps/definitions.ts'
import { suggest } from '../text/suggestion.ts'

export type PlannedStep = {
  /** Stable within the run: `environment-2`, counted from 1 in each phase. */
  id: string
  index: number
  phase: Phase
  type: string
  name: Sentence
  /** Filled in and checked. */
  input: Record<string, unknown>
  /** As the sequence says it. */
  template: Record<string, unknown>
  when: string | null
  /** Share of the run's time; those of steps that are not skipped add up to 1. */
  weight: number
  continueOnError: boolean
  retries: number
  /** Why the step is not done, when its condition does not hold. */
  skipped: Sentence | null
}

export type Plan = { variables: Variables; steps: PlannedStep[] }

export type PlanProblem =
  | { code: 'VARIABLE_REQUIRED'; name: string }
  | { code: 'VARIABLE_UNKNOWN'; name: string; suggestion: string | null }
  | ({ code: 'INPUT_WRONG'; stepId: string } & InputProblem)
  | { code: 'PLAN_EMPTY' }

export type PlanRequest = {
  sequence: Sequence
  /** What is known of machine and image, by the names of `facts.ts`. */
  facts: Variables
  /** What whoever starts the run gives; wins over everything. */
  variables: Variables
}

/**
 * The run's own variables: the sequence's defaults, over them the facts of the same name, over these what was given.
 * `${…}` inside defaults is filled in; circles were refused when the file was read.
 */
function mergeVariables({ sequence, facts, variables }: PlanRequest): { merged: Variables; problems: PlanProblem[] } {
  const problems: PlanProblem[] = []
  const declared = Object.entries(sequence.variables)
  const known = new Map<string, Scalar>(Object.entries(facts))
  for (const [name, value] of Object.entries(variables)) {
    if (!Object.hasOwn(sequence.variables, name) && !isBuiltIn(name)) {
      const suggestion = suggest(name, Object.keys(sequence.variables))
      problems.push({ code: 'VARIABLE_UNKNOWN', name, suggestion })
    }
    known.set(name, value)
  }
  for (const [name, value] of declared) {
    if (value === null && !known.has(name)) problems.push({ code: 'VARIABLE_REQUIRED', name })
  }
  for (const [name] of declared) resolve(name, sequence.variables, known)
  return { merged: Object.fromEntries(known), problems }
}

/** Puts a default's value, with the defaults it refers to filled in, into `known`. */
function resolve(name: string, defaults: Sequence['variables'], known: Map<string, Scalar>): void {
  if (known.has(name) || !Object.hasOwn(defaults, name)) return
  const value = defaults[name] ?? ''
  // Known as empty while it is being filled in: a circle, which reading the file refuses, would end here.
  known.set(name, '')
  if (typeof value !== 'string') return void known.set(name, value)
  for (const reference of referencesIn(value)) resolve(reference.name, defaults, known)
  known.set(name, fillText(value, Object.fromEntries(known)))
}

/** The sentence of a step whose condition does not hold. */
export function skippedBecause(source: string): Sentence {
  return { fr: `La condition n’est pas remplie : ${source}`, en: `The condition does not hold: ${source}` }
}

function planStep(step: SequenceStep, place: { id: string; index: number }, variables: Variables) {
  const definition = stepDefinition(step.type)
  const skipped =
    step.when !== null && !holds(step.when.expression, variables) ? skippedBecause(step.when.source) : null
  const filled =
    skipped === null ? fillInput(step.type, step.input, variables) : { ok: true as const, input: step.input }
  const problems: PlanProblem[] = filled.ok ? [] : [{ code: 'INPUT_WRONG', stepId: place.id, ...filled.problem }]
  const { phase, type, continueOnError, retries } = step
  const planned: PlannedStep = {
    ...place,
    phase,
    type,
    name: nameInRun(step, variables),
    input: filled.ok ? filled.input : {},
    template: step.input,
    when: step.when?.source ?? null,
    weight: skipped === null ? (definition?.weight ?? 1) : 0,
    continueOnError,
    retries,
    skipped,
  }
  return { planned, problems }
}

/** What a person called the step stands; else its type's title for a run, filled in. */
function nameInRun(step: SequenceStep, variables: Variables): Sentence {
  const definition = stepDefinition(step.type)
  if (!definition?.titleInRun || step.name !== definition.title) return step.name
  const { fr, en } = definition.titleInRun
  return { fr: String(fillText(fr, variables)), en: String(fillText(en, variables)) }
}

/** Weights as shares of one. */
function withShares(steps: PlannedStep[]): PlannedStep[] {
  const whole = steps.reduce((sum, step) => sum + step.weight, 0)
  return steps.map((step) => ({ ...step, weight: whole === 0 ? 0 : step.weight / whole }))
}

/**
 * Makes a run's plan of a sequence for one machine: variables merged (sequence < facts < request), conditions decided,
 * inputs filled in and checked, weights made shares. Gives every problem at once.
 */
export function planRun(request: PlanRequest): { ok: true; plan: Plan } | { ok: false; problems: PlanProblem[] } {
  const { merged, problems } = mergeVariables(request)
  const counts: Record<Phase, number> = { environment: 0, windows: 0 }
  const planned = request.sequence.steps.map((step, index) => {
    counts[step.phase] += 1
    return planStep(step, { id: `${step.phase}-${counts[step.phase]}`, index }, merged)
  })
  const all = [...problems, ...planned.flatMap((step) => step.problems)]
  const steps = planned.map((step) => step.planned)
  if (all.length === 0 && steps.every(({ skipped }) => skipped !== null)) all.push({ code: 'PLAN_EMPTY' })
  if (all.length > 0) return { ok: false, problems: all }
  return { ok: true, plan: { variables: merged, steps: withShares(steps) } }
}
