import { isWrongDisk } from '../../../agent/protocol/failures/disk-failures.ts'
import type { Failure } from '../../../agent/protocol/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { takesOf } from '../../../tasksequences/steps/definitions.ts'
import { isCheck } from './checks.ts'
import type { Effect, Next, RunEvent, StepReport, Verdict } from './event.ts'
import { advance, againFrom, currentStep, isActive, restartPoint, withStatus } from './progression.ts'
import { reportedFacts } from './reported-facts.ts'
import type { Run, RunStep } from './run.ts'
import { failed, isUnderWay, startedAtOf } from './step-status.ts'
import { readVerification, type Verification } from './verification.ts'

type Reported = Extract<RunEvent, { kind: 'reported' }>
type Taken = Extract<Next, { kind: 'taken' }>

const noVerification: Verification = { evidence: null, failure: null }

function unchanged(run: Run, verdict: Verdict): Next {
  return { kind: 'taken', run, verdict, effects: [], change: 'none' }
}

function fact(run: Run, effects: Effect[]): Taken {
  return { kind: 'taken', run, verdict: 'accepted', effects, change: 'fact' }
}

/** The first report from a machine moves its record: it is being worked on. */
export function atBeginning(run: Run): Effect[] {
  if (run.state.kind !== 'waiting') return []
  const { name } = run.sequence
  const sentence = { fr: `Préparation commencée : ${name}.`, en: `Run begun: ${name}.` }
  return [{ kind: 'move-record', to: 'deploying', grounds: 'work', sentence }]
}

function needsPerson(name: Sentence, failure: Failure): Effect {
  const why = { fr: `Étape « ${name.fr} »`, en: `Step "${name.en}"` }
  const sentence =
    failure.choice === undefined
      ? { fr: `${why.fr} : échec (${failure.code}).`, en: `${why.en}: failed (${failure.code}).` }
      : {
          fr: `${why.fr} : un choix est à faire (${failure.code}).`,
          en: `${why.en}: a choice has to be made (${failure.code}).`,
        }
  return { kind: 'move-record', to: 'attention', grounds: 'work', sentence }
}

/** The run in the hands of a person. */
export function toAttention(run: Run, step: RunStep, failure: Failure, at: Date): { run: Run; effects: Effect[] } {
  const status = failed(step.status, failure, at)
  const stopped = withStatus(run, step.index, status)
  return {
    run: { ...stopped, state: { kind: 'attention', step: step.index, failure } },
    effects: [needsPerson(step.name, failure)],
  }
}

/** A failed step: a choice or a wrong disk goes to a person at once, retries go first, `continueOnError` then, a person last. */
function onFailed(run: Run, step: RunStep, failure: Failure, at: Date): Taken {
  const begun = atBeginning(run)
  const isForPerson = failure.choice !== undefined || isWrongDisk(failure)
  if (!isForPerson && step.retried < step.retries) {
    const status = failed(step.status, failure, at)
    const steps = run.steps.map((one) =>
      one.index === step.index ? { ...one, retried: one.retried + 1, status } : one,
    )
    const from = restartPoint(steps, { ...step, status })
    return fact({ ...run, steps: againFrom(steps, from), state: { kind: 'running', step: from.index } }, begun)
  }
  if (!isForPerson && step.continueOnError) {
    const status = failed(step.status, failure, at, true)
    const moved = advance(withStatus(run, step.index, status), at)
    return fact(moved.run, [...begun, ...moved.effects])
  }
  const stopped = toAttention(run, step, failure, at)
  return fact(stopped.run, [...begun, ...stopped.effects])
}

/** A step's result: on to the next, but for a check whose evidence says that the machine is not ready. */
function onDone(run: Run, step: RunStep, result: Record<string, unknown>, at: Date): Taken {
  const { evidence, failure } = isCheck(step) ? readVerification(result) : noVerification
  const facts = reportedFacts(result)
  const kept: Effect[] = [
    ...(evidence === null ? [] : [{ kind: 'keep-evidence', evidence } as const]),
    ...(Object.keys(facts).length === 0 ? [] : [{ kind: 'keep-facts', facts } as const]),
    // The agent with this attempt's key is on the disk now, and no other is.
    ...(takesOf(step).windowsAgent === true ? [{ kind: 'keep-keys', attempt: step.attempt } as const] : []),
  ]
  if (failure !== null) {
    const failed = onFailed(run, step, failure, at)
    return { ...failed, effects: [...kept, ...failed.effects] }
  }
  const status = { kind: 'done', startedAt: startedAtOf(step.status) ?? at, endedAt: at, result } as const
  const moved = advance({ ...withStatus(run, step.index, status), state: { kind: 'running', step: step.index } }, at)
  return fact(moved.run, [...atBeginning(run), ...kept, ...moved.effects])
}

/** The step runs on, through a restart that is no accident. */
function onContinues(run: Run, step: RunStep, memory: Record<string, unknown>, at: Date): Next {
  // It is on its way already: a repeated report.
  if (step.status.kind === 'restarting') return unchanged(run, 'accepted')
  const progress = step.status.kind === 'running' ? step.status.progress : null
  const status = { kind: 'restarting', startedAt: startedAtOf(step.status) ?? at, progress, heardAt: at } as const
  const left = { ...step, memory, restarts: step.restarts + 1, status } as const
  const steps = run.steps.map((one) => (one.index === step.index ? left : one))
  return fact({ ...run, steps, state: { kind: 'running', step: step.index } }, atBeginning(run))
}

/** A report of the step that is to be done now. A lost `started` is made up for by whatever follows it. */
function onCurrent(run: Run, step: RunStep, report: StepReport, at: Date): Next {
  const begun = atBeginning(run)
  const running = { kind: 'running', step: step.index } as const
  switch (report.kind) {
    case 'heard': {
      if (!isUnderWay(step.status)) return unchanged(run, 'accepted')
      const heard = withStatus(run, step.index, { ...step.status, heardAt: at })
      return { kind: 'taken', run: heard, verdict: 'accepted', effects: [], change: 'progress' }
    }
    case 'started':
    case 'progress': {
      const before = isUnderWay(step.status) ? step.status : null
      if (report.kind === 'started' && before) return unchanged(run, 'accepted')
      const progress = report.kind === 'progress' ? report.progress : null
      const kind = before?.kind ?? 'running'
      const status = { kind, startedAt: startedAtOf(step.status) ?? at, progress, heardAt: at } as const
      const moved: Run = { ...withStatus(run, step.index, status), state: running }
      if (before === null) return fact(moved, begun)
      return { kind: 'taken', run: moved, verdict: 'accepted', effects: [], change: 'progress' }
    }
    case 'done':
      return onDone(run, step, report.result, at)
    case 'failed':
      return onFailed(run, step, report.failure, at)
    case 'continues':
      return onContinues(run, step, report.memory, at)
  }
}

/** A report of an attempt that is over: what is already known is accepted again, what contradicts it has come too late. */
function onEnded(run: Run, { status }: RunStep, report: StepReport): Next {
  if (report.kind === 'continues') return unchanged(run, 'stale')
  if (status.kind === 'done') return unchanged(run, report.kind === 'failed' ? 'stale' : 'accepted')
  if (status.kind === 'failed')
    return unchanged(run, report.kind === 'failed' || report.kind === 'heard' ? 'accepted' : 'stale')
  return unchanged(run, 'stale')
}

/** What a report makes of a run. Pure; any report in any order leaves a legal run. */
export function onReported(run: Run, { stepId, attempt, report, at }: Reported): Next {
  const step = run.steps.find(({ id }) => id === stepId)
  if (step === undefined || step.attempt !== attempt)
    return unchanged(run, run.state.kind === 'cancelled' ? 'cancel' : 'stale')
  if (run.state.kind === 'cancelled') return unchanged(run, step.status.kind === 'done' ? 'accepted' : 'cancel')
  if (!isActive(run)) return onEnded(run, step, report)
  return currentStep(run) === step ? onCurrent(run, step, report, at) : onEnded(run, step, report)
}
