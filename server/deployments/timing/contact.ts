import { currentStep, endsMachine } from '../run/progression.ts'
import type { Run } from '../run/run.ts'
import { heardAtOf } from '../run/step-status.ts'

/** Whether the agent of a run that goes on is heard of. */
export type Contact =
  /** The environment has left the machine to Windows, and no agent has reported from it yet. */
  | { kind: 'awaiting-windows'; since: Date }
  /** It has said that the machine restarts, or was told to, and has not been heard of since. */
  | { kind: 'silent'; since: Date }
  /** It fell silent in the middle of a step: the machine is off, hangs, or cannot reach the server. */
  | { kind: 'gone'; since: Date }
  | { kind: 'in-touch'; since: Date }

/**
 * An agent at work reports every 5 s (agent/runtime/outbox.ts), one that waits every 25 s. Less than the silence that makes
 * a machine absent (server/machines/presence.ts): what tells browsers of that finds the agent silent.
 */
const silentAfterMs = 35_000

/**
 * Null for a run of which the environment has not begun the next step, that needs a person, or that is over. Pure, of
 * recorded facts alone.
 */
export function contactOf(run: Run, at: Date): Contact | null {
  const step = currentStep(run)
  if (step === null) return null
  const isSilentSince = (since: Date): boolean => at.getTime() - since.getTime() > silentAfterMs
  if (step.status.kind === 'running') {
    const since = step.status.heardAt
    return { kind: isSilentSince(since) ? 'gone' : 'in-touch', since }
  }
  if (step.phase !== 'windows') return null
  const before = run.steps.slice(0, step.index).filter(({ status }) => status.kind !== 'skipped')
  const last = before.at(-1)
  const since = heardAtOf(step.status) ?? (last && heardAtOf(last.status)) ?? run.createdAt
  const isFirst = last?.phase !== 'windows'
  if (isFirst && step.status.kind === 'pending') return { kind: 'awaiting-windows', since }
  const { kind } = step.status
  const isAwaited = kind === 'pending' || kind === 'interrupted'
  const hasLeft = kind === 'restarting' || (isAwaited && last !== undefined && endsMachine(last))
  return { kind: hasLeft || isSilentSince(since) ? 'silent' : 'in-touch', since }
}
