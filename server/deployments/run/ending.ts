import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { StepEnding } from '../../../tasksequences/steps/definition.ts'
import { lastCheck } from './checks.ts'
import type { Effect } from './event.ts'
import type { Run, RunStep } from './run.ts'

/** Whether a run writes a disk from outside its own system, as far as its plan says now. */
export function writesDisk({ steps }: { steps: readonly RunStep[] }): boolean {
  return steps.some(({ type, status }) => status.kind !== 'skipped' && (stepDefinition(type)?.writesDisk ?? true))
}

/** Whether a run begins in Windows, where an agent has to be there already to take it. */
export function beginsInWindows({ steps }: { steps: readonly RunStep[] }): boolean {
  return steps.find(({ status }) => status.kind !== 'skipped')?.phase === 'windows'
}

/** How the run's last check ended: `none` when it has none, or none that was begun. */
function checked({ steps }: Run): 'passed' | 'failed' | 'none' {
  const last = lastCheck(steps)
  if (last?.status.kind === 'done') return 'passed'
  return last?.status.kind === 'failed' ? 'failed' : 'none'
}

/** What is over, by the steps that are done. */
function endings({ steps }: Run): StepEnding[] {
  return steps.flatMap(({ type, input, status }) =>
    status.kind === 'done' ? (stepDefinition(type)?.ends(input) ?? []) : [],
  )
}

/** Where the machine's record goes when its run is done. */
function destination(run: Run): Pick<Extract<Effect, { kind: 'move-record' }>, 'to' | 'grounds'> {
  if (endings(run).some(({ delivered }) => delivered)) return { to: 'delivered', grounds: 'delivery' }
  const check = checked(run)
  if (run.returnsTo !== null && check !== 'failed') return { to: run.returnsTo, grounds: 'return' }
  return { to: check === 'passed' ? 'ready' : 'checking', grounds: 'work' }
}

/** Whether no agent is left in the machine's Windows to show a key. */
function leavesNoAgent(run: Run): boolean {
  return endings(run).some(({ agent }) => agent === 'removed')
}

/** What follows from a run's being done. Pure. */
export function atEnd(run: Run): Effect[] {
  const { name } = run.sequence
  const sentence = { fr: `Préparation terminée : ${name}.`, en: `Run finished: ${name}.` }
  const move: Effect = { kind: 'move-record', ...destination(run), sentence }
  return leavesNoAgent(run) ? [move, { kind: 'forget-keys', of: 'machine' }] : [move]
}

/** What follows from a person's ending a run before its time. Pure. */
export function atCancel(run: Run, by: string): Effect[] {
  // What was on the disk is erased, or half so: no Windows there has anything to prove any more.
  const forget: Effect = { kind: 'forget-keys', of: run.diskTouchedAt === null ? 'run' : 'machine' }
  // A run that never began has not moved the record, which may be anything but `deploying`.
  if (run.state.kind === 'waiting' && run.diskTouchedAt === null) return [forget]
  if (run.diskTouchedAt !== null) {
    const sentence = {
      fr: `Préparation annulée par ${by} ; le disque est incomplet.`,
      en: `Run cancelled by ${by}; the disk is incomplete.`,
    }
    return [{ kind: 'move-record', to: 'attention', grounds: 'work', sentence }, forget]
  }
  const sentence = {
    fr: `Préparation annulée par ${by} avant toute écriture sur le disque.`,
    en: `Run cancelled by ${by} before anything was written to the disk.`,
  }
  if (run.returnsTo === null) return [{ kind: 'move-record', to: 'assembled', grounds: 'work', sentence }, forget]
  const cancelled = { fr: `Préparation annulée par ${by}.`, en: `Run cancelled by ${by}.` }
  const back: Effect =
    checked(run) === 'failed'
      ? { kind: 'move-record', to: 'checking', grounds: 'work', sentence: cancelled }
      : { kind: 'move-record', to: run.returnsTo, grounds: 'return', sentence: cancelled }
  return [back, forget]
}
