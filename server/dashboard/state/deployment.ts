import type { DeploymentView, StepView } from '../../api/deployments/schema.ts'
import { shortfallsOf } from './shortfall.ts'

export function currentStep(deployment: DeploymentView): StepView | null {
  return deployment.steps.find((step) => step.id === deployment.stepId) ?? null
}

/** How much of a step is behind it, 0 to 1; null when it runs and cannot tell. */
export function stepFraction(step: StepView): number | null {
  switch (step.state) {
    case 'done':
    case 'skipped':
      return 1
    case 'pending':
      return 0
    case 'failed':
      return step.progress?.fraction ?? 1
    case 'running':
      return step.progress?.fraction ?? null
  }
}

export type Segment = { id: string; state: StepView['state']; weight: number; fraction: number | null; short: boolean }

/** The run's bar, one segment a step, as wide as the time it usually takes; even a short step can be seen. */
export function segmentsOf(steps: readonly StepView[]): Segment[] {
  const least = 0.02
  return steps.map((step) => ({
    id: step.id,
    state: step.state,
    weight: Math.max(least, step.weight),
    fraction: stepFraction(step),
    short: shortfallsOf(step).length > 0,
  }))
}

/** Seconds a step has taken so far, or took; null before it starts. */
export function stepSeconds(step: StepView, now: Date): number | null {
  if (step.startedAt === null) return null
  const end = step.endedAt === null ? now.getTime() : Date.parse(step.endedAt)
  return Math.max(0, (end - Date.parse(step.startedAt)) / 1000)
}

export function elapsedSeconds(deployment: DeploymentView, now: Date): number | null {
  if (deployment.startedAt === null) return null
  const end = deployment.endedAt === null ? now.getTime() : Date.parse(deployment.endedAt)
  return Math.max(0, (end - Date.parse(deployment.startedAt)) / 1000)
}
