import { planRun, type Plan, type PlanProblem } from '../../../tasksequences/plan.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import type { Sequence } from '../../../tasksequences/sequence.ts'
import type { DescribedMachine } from '../../machines/machine.ts'
import { deploymentRefusal } from '../errors.ts'
import type { Refusal } from '../../refusal/refusal.ts'
import { factsOf } from './facts.ts'
import type { PinnedImage, Run, RunStep } from '../run/run.ts'
import type { LoadedSequence } from './sequences.ts'

export type RunRequest = {
  id: string
  machine: DescribedMachine
  loaded: LoadedSequence
  sequence: Sequence
  image: PinnedImage | null
  variables: Variables
  by: string
  at: Date
}

/** The sequence of a file, or Refusal SEQUENCE_INVALID with the first of its problems. */
export function validSequence({ id, parsed }: LoadedSequence): Sequence {
  if (parsed.ok) return parsed.sequence
  const [first] = parsed.problems
  throw deploymentRefusal('SEQUENCE_INVALID', {
    id,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    reason: first?.message ?? { fr: '', en: '' },
  })
}

function refusalOf(problem: PlanProblem): Refusal {
  switch (problem.code) {
    case 'VARIABLE_REQUIRED':
      return deploymentRefusal('VARIABLE_REQUIRED', { name: problem.name })
    case 'VARIABLE_UNKNOWN':
      return deploymentRefusal('VARIABLE_UNKNOWN', { name: problem.name, suggestion: problem.suggestion })
    case 'INPUT_WRONG': {
      const { type, key, expected } = problem
      return deploymentRefusal('INPUT_WRONG', { type, key, reason: expected })
    }
    case 'PLAN_EMPTY':
      return deploymentRefusal('PLAN_EMPTY')
  }
}

function toRunSteps(plan: Plan): RunStep[] {
  return plan.steps.map(({ skipped, ...step }) => ({
    ...step,
    retried: 0,
    interruptions: 0,
    attempt: 1,
    memory: {},
    restarts: 0,
    status: skipped === null ? { kind: 'pending' } : { kind: 'skipped', reason: skipped },
  }))
}

/**
 * A run with everything pinned, not yet recorded. Pure.
 *
 * @throws Refusal VARIABLE_REQUIRED, VARIABLE_UNKNOWN, INPUT_WRONG, PLAN_EMPTY
 */
export function makeRun({ id, machine, loaded, sequence, image, variables, by, at }: RunRequest): Run {
  const facts = factsOf(machine, image)
  const planned = planRun({ sequence, facts, variables })
  if (!planned.ok) {
    const [first] = planned.problems
    throw first === undefined ? deploymentRefusal('PLAN_EMPTY') : refusalOf(first)
  }
  const { plan } = planned
  const own = Object.entries(plan.variables).filter(
    ([name]) => Object.hasOwn(sequence.variables, name) || Object.hasOwn(variables, name),
  )
  return {
    id,
    machineId: machine.id,
    product: machine.product,
    sequence: { id: loaded.id, name: sequence.name, version: loaded.version },
    image,
    variables: Object.fromEntries(own),
    facts,
    steps: toRunSteps(plan),
    state: { kind: 'waiting' },
    createdAt: at,
    createdBy: by,
    agentVersion: null,
    bootId: null,
    diskTouchedAt: null,
    materials: null,
    disks: null,
    returnsTo: null,
  }
}
