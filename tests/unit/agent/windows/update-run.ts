import { expect } from 'vitest'
import type { ExecResult } from '../../../../agent/runtime/exec.ts'
import { noMaterials, type Materials } from '../../../../agent/protocol/materials.ts'
import type { Progress, StepWork } from '../../../../agent/protocol/messages.ts'
import type { Outcome } from '../../../../agent/runtime/step.ts'
import type { WindowsDependencies } from '../../../../agent/windows/dependencies.ts'
import { windowsUpdate } from '../../../../agent/windows/steps/windows-update.ts'
import { openMaterials } from './materials.ts'
import { windowsContext, windowsWork, withScripts, type ScriptAnswer } from './programs.ts'
import { recordedScript } from './recordings.ts'

/** What Windows answers to one start of the step. */
export type Case = {
  /** In order, what each search, installation and question answers; the last goes on. */
  search?: string[]
  install?: string[]
  pending?: string[]
  programs?: ExecResult[]
  input?: Record<string, unknown>
  memory?: Record<string, unknown>
  materials?: Materials
  server?: string[]
  freeBytes?: number
  watching?: (progress: Progress) => void
}

/** One start of `windows-update` over this folder, in the Windows of the case. */
export async function runUpdate(dependencies: WindowsDependencies, given: Case) {
  const { search = ['nothing'], install = [], pending = ['nothing'], programs = [], input = {}, memory = {} } = given
  const { materials = noMaterials, server = [], freeBytes = 100e9, watching } = given
  const recorded =
    (name: string, which: string[]) =>
    (_input: unknown, call: number): ScriptAnswer =>
      recordedScript(name, which[Math.min(call, which.length) - 1] ?? 'none')
  const asked: string[][] = []
  const left = [...programs]
  const { exec, calls } = withScripts(
    {
      'update-search': recorded('update-search', search),
      'update-install': recorded('update-install', install),
      'pending-restart': recorded('pending-restart', pending),
      'first-sign-in': recorded('first-sign-in', ['registered']),
      'installed-updates': recorded('installed-updates', ['some']),
    },
    (command, args) => {
      asked.push([command, ...args])
      return Promise.resolve(left.shift() ?? { kind: 'missing' })
    },
  )
  const base = windowsWork('windows-update', input)
  const work: StepWork = { ...base, step: { ...base.step, memory }, materials }
  const told: Progress[] = []
  const slept: number[] = []
  const context = windowsContext(work, exec)
  const outcome: Outcome = await windowsUpdate(
    dependencies,
    () => freeBytes,
  )({
    ...context,
    open: openMaterials(server).open,
    progress: (one) => {
      told.push(one)
      watching?.(one)
    },
    clock: { ...context.clock, sleep: (ms) => Promise.resolve(void slept.push(ms)) },
  })
  return { outcome, calls: calls.map(({ name }) => name), inputs: calls, asked, told, slept, lines: context.lines }
}

/** From restart to restart, each start with the memory the one before it has left, until the step is done. */
export async function runToTheEnd(dependencies: WindowsDependencies, starts: Case[]) {
  let memory: Record<string, unknown> = {}
  const told: Progress[] = []
  const calls: string[][] = []
  for (const [index, start] of starts.entries()) {
    // As over the wire: what JSON does not keep is lost.
    const went = await runUpdate(dependencies, { ...start, memory: JSON.parse(JSON.stringify(memory)) })
    told.push(...went.told)
    calls.push(went.calls)
    if ('result' in went.outcome) {
      expect(index).toBe(starts.length - 1)
      return { result: went.outcome.result, told, calls }
    }
    memory = went.outcome.continueWith
  }
  throw new Error('the step did not end')
}
