import { deploymentRefusal } from '../errors.ts'
import { runFailure } from '../failure-messages.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import { atCancel } from './ending.ts'
import type { Effect, Next, RunEvent } from './event.ts'
import {
  advance,
  afterRestart,
  againFrom,
  currentStep,
  endsMachine,
  isActive,
  restartPoint,
  withStatus,
} from './progression.ts'
import { atBeginning, onReported, toAttention } from './reported.ts'
import { onRetried } from './retried.ts'
import type { Run } from './run.ts'
import { failed, isUnderWay, mayHaveBegun, served, startedAtOf } from './step-status.ts'

/** A machine that starts anew at the same step again and again has a fault that repeating does not mend. */
const MOST_INTERRUPTIONS = 3
/** Windows' updates and installers restart the machine many a time, but not for ever. */
const MOST_RESTARTS = 30

function fact(run: Run, effects: Effect[] = []): Next {
  return { kind: 'taken', run, verdict: 'accepted', effects, change: 'fact' }
}

function unchanged(run: Run): Next {
  return { kind: 'taken', run, verdict: 'accepted', effects: [], change: 'none' }
}

/** From here on the disk counts as touched: whether the agent began, only it knows. */
function onServed(run: Run, { at, agent }: Extract<RunEvent, { kind: 'served' }>): Next {
  const step = currentStep(run)
  if (step === null) return unchanged(run)
  const writes = stepDefinition(step.type)?.writesDisk ?? true
  const status = served(step.status)
  const handed: Run = {
    ...(status === step.status ? run : withStatus(run, step.index, status)),
    agentVersion: agent?.version ?? run.agentVersion,
    bootId: agent?.bootId ?? run.bootId,
    diskTouchedAt: run.diskTouchedAt ?? (writes ? at : null),
  }
  // What was known of the Windows on this disk is about to be erased with it.
  const touched: Effect[] = run.diskTouchedAt === handed.diskTouchedAt ? [] : [{ kind: 'forget-facts' }]
  const isNew = status !== step.status || handed.agentVersion !== run.agentVersion || handed.bootId !== run.bootId
  return isNew ? fact(handed, touched) : unchanged(run)
}

/** The run is over for us at once; the agent hears of it at its next report. */
function onCancelled(run: Run, { at, by, reason }: Extract<RunEvent, { kind: 'cancelled' }>): Next {
  if (!isActive(run)) return { kind: 'refused', refusal: deploymentRefusal('RUN_OVER') }
  const step = currentStep(run)
  const failure = { code: 'STEP_CANCELLED', params: { step: step?.type ?? '', reason } }
  const stopped =
    step !== null && isUnderWay(step.status) ? withStatus(run, step.index, failed(step.status, failure, at)) : run
  return fact({ ...stopped, state: { kind: 'cancelled', at, by, reason } }, atCancel(run, by))
}

/** Neither the step nor the machine has failed, and yet nothing may go on until a person has decided. */
function onStopped(run: Run, { at, failure }: Extract<RunEvent, { kind: 'stopped' }>): Next {
  const step = currentStep(run)
  if (step === null) return unchanged(run)
  const stopped = toAttention(run, step, failure, at)
  return fact(stopped.run, [...atBeginning(run), ...stopped.effects])
}

/** The machine started anew under a running step: a restart has succeeded thereby, anything else begins again. */
function onMachineLost(run: Run, at: Date): Next {
  const step = currentStep(run)
  if (step === null || !mayHaveBegun(step.status)) return unchanged(run)
  if (endsMachine(step)) {
    const done = { kind: 'done', startedAt: startedAtOf(step.status) ?? at, endedAt: at, result: {} } as const
    const moved = advance(withStatus(run, step.index, done), at)
    return fact(moved.run, [...atBeginning(run), ...moved.effects])
  }
  // A restart that the step announced is no accident.
  const announced = step.status.kind === 'restarting'
  const times = announced ? step.restarts : step.interruptions + 1
  if (times > (announced ? MOST_RESTARTS : MOST_INTERRUPTIONS)) {
    const code = announced ? 'STEP_RESTARTS_WITHOUT_END' : 'STEP_INTERRUPTED'
    const stopped = toAttention(run, step, runFailure(code, { step: step.type, times }), at)
    return fact(stopped.run, [...atBeginning(run), ...stopped.effects])
  }
  const steps = announced ? run.steps : run.steps.map((one) => (one === step ? { ...one, interruptions: times } : one))
  const from = announced ? step : restartPoint(steps, step)
  const again = from.index === step.index ? afterRestart(steps, from) : againFrom(steps, from)
  return fact({ ...run, steps: again, state: { kind: 'running', step: from.index } }, atBeginning(run))
}

/**
 * A run's whole life: what an event makes of it, and what else has to happen. Pure and total: whatever comes, in whatever
 * order and however often, the run stays legal.
 */
export function next(run: Run, event: RunEvent): Next {
  switch (event.kind) {
    case 'served':
      return onServed(run, event)
    case 'reported':
      return onReported(run, event)
    case 'cancelled':
      return onCancelled(run, event)
    case 'retried':
      return onRetried(run, event)
    case 'stopped':
      return onStopped(run, event)
    case 'machine-lost':
      return onMachineLost(run, event.at)
  }
}
