import { currentStep, endsMachine } from '../run/progression.ts'
import type { Run } from '../run/run.ts'
import { heardAtOf } from '../run/step-status.ts'

/** Whether the agent in Windows is heard of, for a run that goes on there. */
export type Contact =
  /** The environment has left the machine to Windows, and no agent has reported from it yet. */
  | { kind: 'awaiting-windows'; since: Date }
  /** It reported, and has not since: the machine restarts, is off, or cannot reach the server. */
  | { kind: 'silent'; since: Date }
  | { kind: 'in-touch'; since: Date }

/** An agent at work reports every 5 s (agent/runtime/outbox.ts), one that waits every 25 s. */
const silentAfterMs = 45_000

/** Null for a run whose next step is in the environment, that needs a person, or that is over. Pure, of recorded facts alone. */
export function contactOf(run: Run, at: Date): Contact | null {
  const step = currentStep(run)
  if (step === null || step.phase !== 'windows') return null
  const before = run.steps.slice(0, step.index).filter(({ status }) => status.kind !== 'skipped')
  const last = before.at(-1)
  const since = heardAtOf(step.status) ?? (last && heardAtOf(last.status)) ?? run.createdAt
  const isFirst = last?.phase !== 'windows'
  if (isFirst && step.status.kind === 'pending') return { kind: 'awaiting-windows', since }
  const { kind } = step.status
  const isAwaited = kind === 'pending' || kind === 'interrupted'
  const hasLeft = kind === 'restarting' || (isAwaited && last !== undefined && endsMachine(last))
  const isSilent = hasLeft || at.getTime() - since.getTime() > silentAfterMs
  return { kind: isSilent ? 'silent' : 'in-touch', since }
}
