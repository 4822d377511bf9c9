import type { DeploymentView } from '../../api/deployments/schema.ts'

/** How long Windows may take from its first start to the agent's first word: setup on a slow disk, not more. */
const startsForMs = 15 * 60_000
/** How long a restart takes, updates included, before somebody should look. */
const restartsForMs = 10 * 60_000

export type ContactNote =
  /** Windows was started for the first time, and it is too early to wonder. */
  | { kind: 'starting'; since: Date }
  /** It was started, and nothing has come of it for too long: a person looks at the machine's own screen. */
  | { kind: 'overdue'; since: Date }
  /** It was there and restarts, or its cable is out. */
  | { kind: 'away'; since: Date }
  | { kind: 'lost'; since: Date }

/** What to say of a run whose machine is in Windows and silent; null when it speaks, or is not in Windows. */
export function contactNote({ state, contact }: DeploymentView, now: Date): ContactNote | null {
  if (state !== 'running' && state !== 'waiting') return null
  if (contact === null || contact.kind === 'in-touch') return null
  const since = new Date(contact.since)
  const silentMs = now.getTime() - since.getTime()
  if (contact.kind === 'awaiting-windows') return { kind: silentMs < startsForMs ? 'starting' : 'overdue', since }
  return { kind: silentMs < restartsForMs ? 'away' : 'lost', since }
}

/** Whether a person should go and look. */
export function needsLook(note: ContactNote | null): note is Extract<ContactNote, { kind: 'overdue' | 'lost' }> {
  return note?.kind === 'overdue' || note?.kind === 'lost'
}
