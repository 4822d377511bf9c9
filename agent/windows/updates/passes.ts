import { keyOf, type FoundUpdate } from './found-update.ts'
import { withFailure, withInstalled, type KnownUpdate, type UpdateMemory } from './memory.ts'
import { kindOf, unwantedBecause, type LeftReason, type SelectionRules } from './selection.ts'

export type PassRules = SelectionRules & { passes: number }

export type LeftUpdate = { update: KnownUpdate; reason: LeftReason }

export type WantedUpdate = KnownUpdate & { id: string; revision: number }

export type PassDecision =
  | { kind: 'install'; updates: WantedUpdate[] }
  /** What is left of them is installed, and waits for a restart. */
  | { kind: 'restart' }
  | { kind: 'done'; left: LeftUpdate[] }

/** An update that failed so often is passed over: a driver that fails each time would keep the machine for ever. */
const mostFailures = 2
/** One that went in so often and is offered again would do the same. */
const mostInstallations = 2
/** Windows may say "restart pending" after each restart, when something it wants to do then does not work. */
const mostRestartsForPending = 4

/** What to do with what a search has found. Every answer but `done` brings the end nearer. Pure. */
export function nextPass(memory: UpdateMemory, found: readonly FoundUpdate[], rules: PassRules): PassDecision {
  const judged = found.map((update) => ({ update, reason: reasonToLeave(memory, update, rules) }))
  const wanted = judged.filter(({ reason }) => reason === null).map(({ update }) => wantedOf(update))
  const left = judged.flatMap(({ update, reason }): LeftUpdate[] =>
    reason === null ? [] : [{ update: wantedOf(update), reason }],
  )
  if (wanted.length === 0) {
    const waits = left.some(({ reason }) => reason === 'waits-for-restart')
    return waits && mayRestartForPending(memory) ? { kind: 'restart' } : { kind: 'done', left }
  }
  if (memory.pass < rules.passes) return { kind: 'install', updates: wanted }
  return {
    kind: 'done',
    left: [...wanted.map((update): LeftUpdate => ({ update, reason: 'passes-used-up' })), ...left],
  }
}

function reasonToLeave(memory: UpdateMemory, update: FoundUpdate, rules: SelectionRules): LeftReason | null {
  const unwanted = unwantedBecause(update, rules)
  if (unwanted !== null) return unwanted
  if (update.restartPending) return 'waits-for-restart'
  const key = keyOf(update)
  if ((memory.failures[key]?.times ?? 0) >= mostFailures) return 'failed-twice'
  const installed = memory.installed.find((one) => one.update.key === key)
  return (installed?.times ?? 0) >= mostInstallations ? 'offered-again' : null
}

function wantedOf(update: FoundUpdate): WantedUpdate {
  const { id, revision, title, kbs } = update
  const kb = kbs[0] ?? /\bKB\d{6,8}\b/i.exec(title)?.[0].toUpperCase() ?? null
  return { key: keyOf(update), id, revision, title: title.slice(0, 256), kb, kind: kindOf(update) }
}

/** How one update of a pass ended. */
export type UpdateEnd =
  | { kind: 'installed'; restart: boolean }
  | { kind: 'failed'; code: number | null }
  /** The network went, or the server did not answer: nothing is said against the update. */
  | { kind: 'unreachable'; code: number }
  /** Windows takes it only after a restart. */
  | { kind: 'restart-first' }
  /** It is no longer offered: another update has brought it. */
  | { kind: 'gone' }

export type AfterPass = { memory: UpdateMemory; then: 'restart' | 'search' }

/** What is known after a pass, and whether the machine has to restart before the next. Pure. */
export function afterPass(
  memory: UpdateMemory,
  ends: ReadonlyArray<{ update: KnownUpdate; end: UpdateEnd }>,
  restartWanted: boolean,
): AfterPass {
  const judged = ends.reduce(
    (so, { update, end }) => {
      if (end.kind === 'installed') return withInstalled(so, update)
      return end.kind === 'failed' ? withFailure(so, update, end.code) : so
    },
    { ...memory, pass: memory.pass + 1 },
  )
  const wanted = ends.some(
    ({ update, end }) =>
      end.kind === 'restart-first' ||
      (end.kind === 'installed' && end.restart) ||
      // What failed is tried once more, and with what it met still in memory it would fail in the same way.
      (end.kind === 'failed' && (judged.failures[update.key]?.times ?? 0) < mostFailures),
  )
  return { memory: judged, then: wanted || restartWanted ? 'restart' : 'search' }
}

/** Whether one more restart for something pending is worth it. Pure. */
export function mayRestartForPending({ restartsForPending }: UpdateMemory): boolean {
  return restartsForPending < mostRestartsForPending
}

/** One more restart for something pending. Pure. */
export function withRestartForPending(memory: UpdateMemory): UpdateMemory {
  return { ...memory, restartsForPending: memory.restartsForPending + 1 }
}
