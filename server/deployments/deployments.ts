import type { Failure, LogLine, Report, ReportAnswer } from '../../agent/protocol/messages.ts'
import type { Variables } from '../../tasksequences/scalar.ts'
import type { Phase } from '../../tasksequences/sequence.ts'
import { deploymentRefusal } from './errors.ts'
import type { Stock } from '../stock/stock.ts'
import { createAnnouncements } from '../events/announcements.ts'
import type { DeploymentStore, RunFilter } from './records/run-store.ts'
import { createTurns } from '../events/turns.ts'
import { createDurations } from './timing/durations.ts'
import type { Verdict } from './run/event.ts'
import type { StoredLogLine } from './records/log-store.ts'
import type { TrailStore } from './records/run-trail.ts'
import type { SituationStore } from './records/situation.ts'
import { planRuns, type PlanDependencies, type StartRequest } from './planning/plan-runs.ts'
import { currentStep, isActive } from './run/progression.ts'
import { mayHaveBegun } from './run/step-status.ts'
import { createRunChanges } from './records/run-changes.ts'
import { createRunLog } from './records/run-log.ts'
import type { Run } from './run/run.ts'
import { timeLeft } from './timing/time-left.ts'
import type { Seconds } from './timing/usual-time.ts'
import { workOf, type WorkToDo } from './serving/work.ts'

export type { WorkToDo } from './serving/work.ts'

export type Deployments = {
  /**
   * All machines or none. Throws Refusal MACHINE_UNKNOWN, MACHINE_BUSY, MACHINE_NOT_DEPLOYABLE, SEQUENCE_UNKNOWN,
   * SEQUENCE_INVALID, IMAGE_UNKNOWN, IMAGE_REQUIRED, IMAGE_MISFIT, IMAGE_FITTING_MISSING, VARIABLE_REQUIRED, VARIABLE_UNKNOWN,
   * INPUT_WRONG, PLAN_EMPTY, DISKS_UNKNOWN, DISKS_NOT_SEEN, DISKS_CHANGED, SECRET_NOT_SET, SECRET_NOT_FOR_MACHINE,
   * SECRET_NEEDS_SERIAL, SECRET_WRONG, SECRETS_UNREADABLE, SECRETS_TOO_LARGE, and what the source of its materials refuses, as WINDOWS_AGENT_NOT_BUILT.
   */
  start(request: StartRequest): Promise<Run[]>
  list(filter: RunFilter): Promise<Run[]>
  get(id: string): Promise<Run | null>
  /** Waiting, running or in attention. */
  activeFor(machineId: string): Promise<Run | null>
  latestFor(machineId: string): Promise<Run | null>
  /** Where machines stand, for lists of them. */
  situations: SituationStore
  /** What machines' runs have left behind, for lists of machines. */
  trails: TrailStore
  /**
   * What this machine's agent should do now. The running step is served again after a restart of server or agent. With
   * `bootId` a step that was running in another start of the machine begins again as a new attempt.
   */
  workFor(machineId: string, phase: Phase, agent?: { bootId: string; version: string }): Promise<WorkToDo>
  /** Stops the machine's run for a person, if one goes on; gives what its agent should do now. */
  stop(machineId: string, failure: Failure): Promise<WorkToDo>
  /** Idempotent; recorded before it answers. */
  report(report: Report, at: Date): Promise<ReportAnswer['verdict']>
  /** Throws Refusal RUN_UNKNOWN, RUN_OVER. */
  cancel(id: string, request: { by: string; reason: string }): Promise<Run>
  /**
   * From the failed step when `stepId` is not given. Throws Refusal RUN_UNKNOWN, RUN_OVER, RUN_NOT_STOPPED, STEP_NOT_IN_RUN,
   * STEP_NOT_REACHED, VARIABLE_UNKNOWN, INPUT_WRONG.
   */
  retry(id: string, request: { by: string; stepId?: string; variables?: Variables }): Promise<Run>
  /** Lines after the one with this id, at most 5000. */
  log(id: string, after?: number): Promise<StoredLogLine[]>
  /** What the run still needs, learned from earlier runs on this model; null when that cannot be said. */
  timeLeft(run: Run, at: Date): Promise<Seconds | null>
  onChange(listener: (run: Run) => void): () => void
  onLog(listener: (runId: string, stepId: string, from: number, lines: LogLine[]) => void): () => void
  /** Writes what progress is still in memory. */
  close(): Promise<void>
}

export type DeploymentsDependencies = PlanDependencies & { store: DeploymentStore; stock: Stock }

const LOG_LIMIT = 5000

/** Runs over a store: plans them, moves them by `next`, records every fact before anybody is answered. */
export function createDeployments(dependencies: DeploymentsDependencies): Deployments {
  const { store, stock, now } = dependencies
  const inTurn = createTurns()
  const log = createRunLog(store)
  const changes = createRunChanges({ store, stock, now, onOver: log.forget })
  const lines = createAnnouncements<[string, string, number, LogLine[]]>()
  const durations = createDurations(store.runs, now)
  const { live, take } = changes

  const known = async (id: string): Promise<Run> => {
    const run = await live.load(id)
    if (run === null) throw deploymentRefusal('RUN_UNKNOWN')
    return run
  }

  const workFor: Deployments['workFor'] = async (machineId, phase, agent) => {
    const stored = await store.runs.activeFor(machineId)
    const active = stored === null ? null : await live.load(stored.id)
    if (active === null) return { kind: 'wait' }
    const step = currentStep(active)
    // The environment can be started by anybody, or by chance: it says nothing of a step in Windows.
    const isConcerned = phase === 'windows' || step?.phase === 'environment'
    const isLost = isConcerned && agent !== undefined && active.bootId !== null && active.bootId !== agent.bootId
    const at = now()
    const run =
      isLost && step !== null && mayHaveBegun(step.status)
        ? (await take(active, { kind: 'machine-lost', at })).run
        : active
    const work = workOf(run, phase)
    if (work.kind === 'step') await take(run, { kind: 'served', at, agent: agent ?? null })
    return work
  }

  const stop: Deployments['stop'] = async (machineId, failure) => {
    const stored = await store.runs.activeFor(machineId)
    const active = stored === null ? null : await live.load(stored.id)
    if (active === null) return { kind: 'wait' }
    const step = currentStep(active)
    const { run } = await take(active, { kind: 'stopped', at: now(), failure })
    return workOf(run, step?.phase ?? 'environment')
  }

  const report = async ({ runId, stepId, attempt, body }: Report, at: Date): Promise<Verdict> => {
    const run = await live.load(runId)
    if (run === null) return 'stale'
    const report = body.kind === 'log' ? ({ kind: 'heard' } as const) : body
    const { verdict } = await take(run, { kind: 'reported', at, stepId, attempt, report })
    if (body.kind !== 'log' || verdict === 'stale') return verdict
    const added = await log.append(runId, stepId, attempt, body.from, body.lines)
    if (added.lines.length > 0) lines.announce(runId, stepId, added.from, added.lines)
    return verdict
  }

  return {
    start: (request) => inTurn(async () => changes.begin(await planRuns(request, dependencies))),
    list: async (filter) => (await store.runs.list(filter)).map((run) => live.newest(run)),
    get: (id) => live.get(id),
    activeFor: async (machineId) => live.newest(await store.runs.activeFor(machineId)),
    latestFor: async (machineId) => live.newest(await store.runs.latestFor(machineId)),
    situations: store.situations,
    trails: store.trails,
    workFor: (...request) => inTurn(() => workFor(...request)),
    stop: (...request) => inTurn(() => stop(...request)),
    report: (one, at) => inTurn(() => report(one, at)),
    cancel: (id, { by, reason }) =>
      inTurn(async () => (await take(await known(id), { kind: 'cancelled', at: now(), by, reason }, by)).run),
    retry: (id, { by, stepId, variables = {} }) =>
      inTurn(async () => {
        const event = { kind: 'retried', at: now(), stepId: stepId ?? null, variables } as const
        return (await take(await known(id), event, by)).run
      }),
    log: (id, after = 0) => store.logs.list(id, after, LOG_LIMIT),
    timeLeft: async (run, at) => (isActive(run) ? timeLeft(run, await durations(run.product), at) : null),
    onChange: changes.onChange,
    onLog: lines.add,
    close: () => inTurn(() => live.flush()),
  }
}
