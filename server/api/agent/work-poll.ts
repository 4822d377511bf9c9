import type { Work } from '../../../agent/protocol/messages.ts'
import type { WorkToDo } from '../../deployments/deployments.ts'

export type WorkPollDependencies = {
  /** What a machine should do now. */
  workFor(): Promise<WorkToDo>
  /** Calls back when that may have changed; gives how to stop. */
  onChange(listener: () => void): () => void
  /** How long an agent without news is kept waiting. */
  holdMs: number
  signal: AbortSignal
}

/**
 * Waits until there is something an agent does not know yet, or the time is over.
 *
 * @param lastNews what the agent was told last, as `newsKey` gives it; `wait` for one that has just arrived.
 * @returns the work; the last known one, or `wait`, when the time or the signal ended it.
 */
export async function awaitWork(lastNews: string, dependencies: WorkPollDependencies): Promise<WorkToDo> {
  const over = AbortSignal.any([dependencies.signal, AbortSignal.timeout(dependencies.holdMs)])
  let change = createChange()
  // Listens before it asks: a change between the two must count.
  const stop = dependencies.onChange(() => change.happened())
  over.addEventListener('abort', () => change.happened(), { once: true })
  try {
    for (;;) {
      change = createChange()
      const work = await dependencies.workFor()
      if (over.aborted || newsKey(work) !== lastNews) return work
      if (!over.aborted) await change.awaited
      if (over.aborted) return work
    }
  } finally {
    stop()
  }
}

/** Two works with the same key look the same on the machine's screen; a step and a restart are always news. */
export function newsKey(work: Work | WorkToDo): string | null {
  switch (work.kind) {
    case 'wait':
      return work.notice === undefined ? 'wait' : `wait ${work.notice.message.en}`
    case 'attention':
      return `attention ${work.runId} ${work.message.en} ${work.fix.en}`
    case 'step':
    case 'restart':
      return null
    default:
      return work satisfies never
  }
}

function createChange(): { happened(): void; awaited: Promise<unknown> } {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  return { happened: () => resolve(null), awaited: promise }
}
