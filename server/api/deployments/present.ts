import type { Failure } from '../../../agent/protocol/messages.ts'
import type { Contact } from '../../deployments/timing/contact.ts'
import type { Run, RunStep } from '../../deployments/run/run.ts'
import { isToCome, isUnderWay, startedAtOf, type StepStatus } from '../../deployments/run/step-status.ts'
import type { Seconds } from '../../deployments/timing/usual-time.ts'
import { windowsSetupOf } from '../../deployments/timing/windows-setup.ts'
import { presentMaterials } from './present-materials.ts'
import type { DeploymentView, Problem, StepView } from './schema.ts'

/** Gives a failure its sentences; passed in, since they stand with the agent. */
export type DescribeFailure = (failure: Failure) => Problem

/** What is not in the run itself. */
export type RunContext = {
  machineLabel: string
  timeLeft: Seconds | null
  contact: Contact | null
  describe: DescribeFailure
}

export function presentRun(run: Run, context: RunContext): DeploymentView {
  const { state } = run
  const current = state.kind === 'running' || state.kind === 'attention' ? (run.steps[state.step] ?? null) : null
  const setup = windowsSetupOf(run)
  const started = run.steps.map(({ status }) => startedAtOf(status)).filter((at) => at !== null)
  return {
    id: run.id,
    machineId: run.machineId,
    machineLabel: context.machineLabel,
    sequence: run.sequence,
    image: run.image && {
      id: run.image.id,
      name: run.image.name,
      edition: run.image.edition,
      build: run.image.build,
      sizeBytes: run.image.sizeBytes,
      sha256: run.image.sha256,
    },
    materials: presentMaterials(run.materials),
    variables: run.variables,
    state: state.kind,
    stepId: current?.id ?? null,
    problem: state.kind === 'attention' ? context.describe(state.failure) : null,
    fraction: fractionOf(run),
    timeLeft: context.timeLeft && { leastSeconds: context.timeLeft.least, mostSeconds: context.timeLeft.most },
    windowsSetup: setup && {
      startedAt: setup.startedAt.toISOString(),
      endedAt: setup.endedAt?.toISOString() ?? null,
    },
    heardAt: current && isUnderWay(current.status) ? current.status.heardAt.toISOString() : null,
    contact: context.contact && { kind: context.contact.kind, since: context.contact.since.toISOString() },
    disk: diskOf(run),
    steps: run.steps.map((step) => presentStep(step, context.describe)),
    createdAt: run.createdAt.toISOString(),
    createdBy: run.createdBy,
    startedAt: started[0]?.toISOString() ?? null,
    endedAt: state.kind === 'done' || state.kind === 'cancelled' ? state.at.toISOString() : null,
  }
}

function presentStep(step: RunStep, describe: DescribeFailure): StepView {
  const { id, index, phase, type, name, weight, attempt, status } = step
  return {
    id,
    index,
    phase,
    type,
    name,
    weight,
    attempt,
    state: stateOf(status),
    startedAt: startedAtOf(status)?.toISOString() ?? null,
    endedAt: 'endedAt' in status ? status.endedAt.toISOString() : null,
    progress: isUnderWay(status) ? status.progress : null,
    result: status.kind === 'done' ? status.result : null,
    problem: status.kind === 'failed' ? describe(status.failure) : null,
    skipped: status.kind === 'skipped' ? status.reason : null,
  }
}

/** The API tells whether a step is to come or under way; how it was handed out concerns the run alone. */
function stateOf(status: StepStatus): StepView['state'] {
  switch (status.kind) {
    case 'pending':
    case 'served':
    case 'interrupted':
      return 'pending'
    case 'running':
    case 'restarting':
      return 'running'
    default:
      return status.kind
  }
}

/** Of the whole run, by the steps' weights, 0 to 1. */
function fractionOf(run: Run): number {
  if (run.state.kind === 'done') return 1
  const sum = run.steps.reduce((total, { status, weight }) => {
    if (isToCome(status)) return total
    if (isUnderWay(status)) return total + weight * (status.progress?.fraction ?? 0)
    if (status.kind === 'failed' && !status.ignored) return total
    return total + weight
  }, 0)
  return Math.min(1, Math.max(0, sum))
}

/** The disk that `partition-disk` chose, as its result names it. */
function diskOf(run: Run): DeploymentView['disk'] {
  for (const { status } of run.steps) {
    if (status.kind !== 'done') continue
    const { disk } = status.result
    if (typeof disk !== 'object' || disk === null) continue
    const model = 'model' in disk && typeof disk.model === 'string' ? disk.model : null
    const serial = 'serial' in disk && typeof disk.serial === 'string' ? disk.serial : null
    const sizeBytes = 'sizeBytes' in disk && typeof disk.sizeBytes === 'number' ? disk.sizeBytes : null
    if (sizeBytes !== null && (model !== null || serial !== null)) {
      return { model: model ?? '', serial: serial ?? '', sizeBytes }
    }
  }
  return null
}
