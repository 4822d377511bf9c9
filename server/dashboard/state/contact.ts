import type { DeploymentView } from '../../api/deployments/schema.ts'
import { currentStep } from './deployment.ts'

/** How long Windows may take from its first start to the agent's first word: setup on a slow disk, not more. */
const startsForMs = 15 * 60_000
/** How long a restart takes, updates included, before somebody should look. */
const restartsForMs = 10 * 60_000
/** How long an agent at work, that is heard every few seconds, may be silent before somebody should look. */
const worksForMs = 2 * 60_000

export type ContactNote =
  /** Windows was started for the first time, and it is too early to wonder. */
  | { kind: 'starting'; since: Date }
  /** It was started, and nothing has come of it for too long: a person looks at the machine's own screen. */
  | { kind: 'overdue'; since: Date }
  /** It was there and restarts, or its cable is out. */
  | { kind: 'away'; since: Date }
  | { kind: 'lost'; since: Date }
  /** It fell silent at its work, a moment ago. */
  | { kind: 'quiet'; since: Date }
  /** It fell silent at its work, in the environment, and that is no hiccup any more. */
  | { kind: 'gone'; since: Date }

/** Silences that do not end by themselves. */
export type Unanswered = 'overdue' | 'lost' | 'gone'

/** What to say of a run whose machine is silent; null when it speaks, or need not. */
export function contactNote(deployment: DeploymentView, now: Date): ContactNote | null {
  const { state, contact } = deployment
  if (state !== 'running' && state !== 'waiting') return null
  if (contact === null || contact.kind === 'in-touch') return null
  const since = new Date(contact.since)
  const silentMs = now.getTime() - since.getTime()
  if (contact.kind === 'awaiting-windows') return { kind: silentMs < startsForMs ? 'starting' : 'overdue', since }
  if (contact.kind === 'silent') return { kind: silentMs < restartsForMs ? 'away' : 'lost', since }
  if (silentMs < worksForMs) return { kind: 'quiet', since }
  return { kind: currentStep(deployment)?.phase === 'windows' ? 'lost' : 'gone', since }
}

/** Whether a person should go and look. */
export function needsLook(note: ContactNote | null): note is Extract<ContactNote, { kind: Unanswered }> {
  return note?.kind === 'overdue' || note?.kind === 'lost' || note?.kind === 'gone'
}
