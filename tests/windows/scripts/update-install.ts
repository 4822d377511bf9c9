import type { Answer } from '../call.ts'
import type { Machine, Update } from '../machine.ts'
import { offered, revisionNumber } from './update-search.ts'

/** ERROR_INSTALL_FAILURE as an HRESULT, signed as PowerShell tells it. */
const failed = 0x80070643 | 0
const timePerUpdateMs = 600

/** The script `update-install`: one after another, whatever becomes of each; what is killed has done those before. */
export function updateInstall(machine: Machine, input: Record<string, unknown>): Answer {
  const asked: Array<{ key: string }> = Array.isArray(input['updates']) ? input['updates'] : []
  const there = new Map(offered(machine).map((one) => [`${one.id}.${revisionNumber}`, one]))
  const progress: NonNullable<Answer['progress']> = []
  let now = machine
  for (const [index, { key }] of asked.entries()) {
    const update = there.get(key)
    const place = { key, index: index + 1, of: asked.length }
    const working = update === undefined ? [] : eventsOf(update, place)
    if (update?.hangsOnce === true) {
      now = withUpdates(now, (one) => (one === update ? { ...one, hangsOnce: false } : one))
      // Before anybody can see that it hangs, it has been the once.
      for (const value of working) progress.push({ value, machine: now })
      return { machine: now, code: 1, takesMs: timePerUpdateMs, progress, hangs: true }
    }
    for (const value of working) progress.push({ value })
    const end = endOf(update)
    now = withUpdates(now, (one) => (one === update ? afterwards(one) : one))
    now = { ...now, restartPending: now.restartPending || end.restart }
    progress.push({ value: { ...place, event: 'end', ...end }, machine: now })
  }
  const restart = now.restartPending
  return { machine: now, code: 0, takesMs: timePerUpdateMs * asked.length, progress, result: { restart } }
}

type End = { outcome: string; hresult: number; restart: boolean }

function endOf(update: Update | undefined): End {
  if (update === undefined) return { outcome: 'gone', hresult: 0, restart: false }
  if (update.outcome === 'fails') return { outcome: 'failed', hresult: failed, restart: false }
  return { outcome: 'installed', hresult: 0, restart: update.outcome === 'wants-restart' }
}

function afterwards(update: Update): Update {
  const tries = update.tries + 1
  if (update.outcome === 'fails') return { ...update, tries }
  return { ...update, tries, state: update.outcome === 'wants-restart' ? 'restart-pending' : 'installed' }
}

function withUpdates(machine: Machine, change: (update: Update) => Update): Machine {
  return { ...machine, updates: machine.updates.map(change) }
}

/** The script tells the beginning of both halves by itself; what comes between them, the agent's job tells. */
function eventsOf({ sizeBytes, told }: Update, place: Record<string, unknown>): unknown[] {
  const download = (percent: number, bytesDone: number, bytesTotal: number): unknown => ({
    ...{ ...place, event: 'download', percent, bytesDone, bytesTotal },
  })
  const bytes = told === 'no-amounts' ? 0 : sizeBytes
  const jobs = told !== 'nothing'
  return [
    download(0, 0, 0),
    ...(jobs ? [download(50, bytes / 2, bytes), download(100, bytes, bytes)] : []),
    { ...place, event: 'install', percent: 0 },
    ...(jobs ? [{ ...place, event: 'install', percent: 60 }] : []),
  ]
}
