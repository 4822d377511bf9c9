import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { WindowsUpdateInput, type UpdateKind } from '../../../tasksequences/steps/windows-update.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Outcome, type Step, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { openBegunUpdate, type BegunUpdate } from '../updates/begun-update.ts'
import { freeBytes, requireSpace, spaceForUpdates, type FreeBytes } from '../updates/disk-space.ts'
import { prepareFirstSignIns } from '../updates/first-sign-in.ts'
import { installUpdates } from '../updates/install.ts'
import { readUpdateMemory, withFailure, type UpdateMemory } from '../updates/memory.ts'
import { installPackage, readInstalledKbs } from '../updates/offline-packages.ts'
import { overallFraction } from '../updates/overall.ts'
import { afterPass, mayRestartForPending, nextPass, withRestartForPending, type PassRules } from '../updates/passes.ts'
import { readPendingRestart, reasonsToRestart } from '../updates/pending-restart.ts'
import { presentUpdates } from '../updates/report.ts'
import { searchUpdates } from '../updates/search.ts'

const everyKind: readonly UpdateKind[] = ['security', 'quality', 'drivers', 'optional']
const usualPasses = 7
/** Share of the step that the catalogue's packages take, when there are any. */
const packagesShare = 0.15

type Update = {
  context: StepContext
  windows: WindowsDependencies
  free: FreeBytes
  begun: BegunUpdate
  rules: PassRules
  /** The packages' share of this step. */
  share: number
}

/**
 * Updates Windows: the packages of our own catalogue first, then passes of search, installation and restart until Windows
 * Update offers nothing more that is wanted. Ends with everything named that was not installed.
 */
export function windowsUpdate(windows: WindowsDependencies, free: FreeBytes = freeBytes): Step {
  return async (context) => {
    const { input, type, memory } = context.work.step
    if (!Value.Check(WindowsUpdateInput, input)) {
      throw new StepError(failure('INPUT_INVALID', { step: type }, { detail: JSON.stringify(input) }))
    }
    const { include = everyKind, passes = usualPasses, skip = [], offline = true } = input
    const packages = offline ? (context.work.materials?.updates ?? []) : []
    const folder = join(windows.folder, 'updates')
    const update: Update = {
      ...{ context, windows, free, begun: openBegunUpdate(folder), rules: { include, passes, skip } },
      share: packages.length === 0 ? 0 : packagesShare,
    }
    const remembered = withUnfinished(update, readUpdateMemory(memory))
    const first = await installPackages(update, remembered)
    if (first.kind === 'restart') return { continueWith: first.memory }
    const last = await runPasses(update, first.memory)
    if ('result' in last) {
      rmSync(folder, { recursive: true, force: true })
      await prepareFirstSignIns(context, windows)
    }
    return last
  }
}

/** An update the machine died of, or was switched off at, has failed once more. */
function withUnfinished({ begun, context }: Update, memory: UpdateMemory): UpdateMemory {
  const unfinished = begun.read()
  if (unfinished === null) return memory
  begun.remove()
  context.log('warning', `the machine was started anew while this was installed: ${unfinished.title}`)
  return withFailure(memory, unfinished, null)
}

type Continuation = { kind: 'on' | 'restart'; memory: UpdateMemory }

/** A restart for what is pending comes before anything is installed; not for ever, as some of it never goes away. */
async function checkPending({ context, windows }: Update, memory: UpdateMemory): Promise<Continuation> {
  const pending = await readPendingRestart(context, windows)
  const reasons = reasonsToRestart(pending)
  if (pending.fileRenames > 0) context.log('info', `${pending.fileRenames} files are renamed at the next start`)
  if (reasons.length === 0) return { kind: 'on', memory }
  const again = mayRestartForPending(memory)
  context.log(
    again ? 'info' : 'warning',
    `a restart is pending (${reasons.join(', ')})${again ? '' : ' still; going on'}`,
  )
  return again ? { kind: 'restart', memory: withRestartForPending(memory) } : { kind: 'on', memory }
}

async function installPackages(update: Update, before: UpdateMemory): Promise<Continuation> {
  const { context, windows, free, share } = update
  const all = share === 0 ? [] : (context.work.materials?.updates ?? [])
  const due = all.filter(({ id }) => !before.packages.some((seen) => seen.id === id))
  if (due.length === 0) return { kind: 'on', memory: before }
  const pending = await checkPending(update, before)
  if (pending.kind === 'restart') return pending
  const installedKbs = await readInstalledKbs(context, windows)
  let memory = pending.memory
  let restart = false
  for (const one of due) {
    const place = all.indexOf(one)
    const overall = (within: number): number => (share * (place + within)) / all.length
    const end = await installPackage(context, one, { windows, installedKbs, free, overall })
    const again = end.seen === null && mayRestartForPending(memory)
    if (again) return { kind: 'restart', memory: withRestartForPending(memory) }
    const seen = end.seen ?? { id: one.id, title: one.title, outcome: 'failed' as const, code: null }
    memory = { ...memory, packages: [...memory.packages, seen] }
    restart ||= end.restart
  }
  return { kind: restart ? 'restart' : 'on', memory }
}

/** Each round either installs something, or restarts for something pending, or is the last: `nextPass` bounds both. */
async function runPasses(update: Update, before: UpdateMemory): Promise<Outcome> {
  const { context, windows, free, begun, rules, share } = update
  for (let memory = before; ;) {
    const pending = await checkPending(update, memory)
    if (pending.kind === 'restart') return { continueWith: pending.memory }
    const { pass } = memory
    const overall = (within: number): number => overallFraction(share, pass, within)
    const found = await searchUpdates(context, windows, overall(0))
    const decision = nextPass(memory, found, rules)
    if (decision.kind === 'restart') return { continueWith: withRestartForPending(memory) }
    if (decision.kind === 'done') return { result: presentUpdates(memory, decision.left) }
    requireSpace(free(windows.folder), spaceForUpdates)
    context.log('info', `pass ${pass + 1} of ${rules.passes} at most: ${decision.updates.length} updates`)
    const { ends, restartWanted } = await installUpdates(context, decision.updates, { windows, begun, overall })
    const after = afterPass(memory, ends, restartWanted)
    if (after.then === 'restart') return { continueWith: after.memory }
    memory = after.memory
  }
}
