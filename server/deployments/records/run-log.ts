import type { LogLine } from '../../../agent/protocol/messages.ts'
import type { DeploymentStore } from './run-store.ts'

/** A run's log is read by people; one of more characters than this comes from a program gone wild. */
const MOST_CHARACTERS = 8_000_000

const full = 'Le journal est trop long : la suite n’est pas gardée. / The log is too long: the rest is not kept.'

export type Appended = { from: number; lines: LogLine[] }

export type RunLog = {
  /** Adds the lines that are not there yet; `from` is the first one's number in its attempt. Gives what was added. */
  append(runId: string, stepId: string, attempt: number, from: number, lines: LogLine[]): Promise<Appended>
  /** Forgets what it remembers of a run that is over. */
  forget(runId: string): void
}

/** Runs' logs over a store; its caller lets one writing in after the other. */
export function createRunLog(store: DeploymentStore): RunLog {
  const characters = new Map<string, number>()
  return {
    append: async (runId, stepId, attempt, from, lines) => {
      const have = await store.logs.linesOf(runId, stepId, attempt)
      const first = Math.max(from, have)
      const fresh = lines.slice(first - from)
      const used = characters.get(runId) ?? (await store.logs.charactersOf(runId))
      if (fresh.length === 0 || used > MOST_CHARACTERS) return { from: first, lines: [] }
      const size = fresh.reduce((sum, { text }) => sum + text.length, 0)
      const last = fresh.at(-1)
      const isFull = used + size > MOST_CHARACTERS && last !== undefined
      const added: LogLine[] = isFull ? [...fresh.slice(0, -1), { ...last, level: 'warning', text: full }] : fresh
      await store.transaction((parts) => parts.logs.append(runId, stepId, attempt, first, added))
      characters.set(runId, used + size)
      return { from: first, lines: added }
    },
    forget: (runId) => void characters.delete(runId),
  }
}
