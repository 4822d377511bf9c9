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
    const end = endOf(update)
    now = withUpdate(now, update, end)
    const place = { key, index: index + 1, of: asked.length }
    for (const value of update === undefined ? [] : eventsOf(update, place)) progress.push({ value })
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

function withUpdate(machine: Machine, update: Update | undefined, { restart }: End): Machine {
  const updates = machine.updates.map((one) => (one === update ? afterwards(one) : one))
  return { ...machine, updates, restartPending: machine.restartPending || restart }
}

function eventsOf({ sizeBytes }: Update, place: Record<string, unknown>): unknown[] {
  return [
    { ...place, event: 'download', percent: 0, bytesDone: 0, bytesTotal: sizeBytes },
    { ...place, event: 'download', percent: 100, bytesDone: sizeBytes, bytesTotal: sizeBytes },
    { ...place, event: 'install', percent: 0 },
    { ...place, event: 'install', percent: 60 },
  ]
}
