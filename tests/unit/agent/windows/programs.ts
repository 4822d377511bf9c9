import type { Exec, ExecResult } from '../../../../agent/exec.ts'
import type { StepWork } from '../../../../agent/protocol.ts'
import type { StepContext } from '../../../../agent/step.ts'
import { makeInventory } from '../machines.ts'

/** Answers in order, whatever is asked; what was asked is in `asked`. */
export function recordedExec(answers: readonly ExecResult[]): { exec: Exec; asked: string[][] } {
  const asked: string[][] = []
  const left = [...answers]
  const exec: Exec = (command, args) => {
    asked.push([command, ...args])
    return Promise.resolve(left.shift() ?? { kind: 'missing' })
  }
  return { exec, asked }
}

export const exited = (code: number, stdout = '', stderr = ''): ExecResult => ({ kind: 'exited', code, stdout, stderr })

export function windowsWork(type: string, input: Record<string, unknown> = {}): StepWork {
  const name = { fr: 'Étape', en: 'Step' }
  return {
    kind: 'step',
    runId: 'r1',
    token: 'token-1',
    step: { id: 'windows-0', index: 0, of: 2, attempt: 1, type, name, input, memory: {} },
    weight: { before: 0.5, share: 0.25 },
    variables: {},
    results: {},
  }
}

/** A context whose programs answer as recorded, and whose time does not pass. */
export function windowsContext(work: StepWork, exec: Exec): StepContext & { lines: string[]; stop: AbortController } {
  const stop = new AbortController()
  const lines: string[] = []
  return {
    work,
    stop,
    lines,
    inventory: makeInventory(),
    signal: stop.signal,
    clock: { now: () => new Date('2026-11-23T10:00:00Z'), sleep: () => Promise.resolve() },
    exec,
    progress: () => undefined,
    log: (_level, text) => lines.push(text),
    open: () => Promise.reject(new Error('no image here')),
  }
}
