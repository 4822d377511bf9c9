import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAgentFolder } from '../../../../agent/windows/lifetime/agent-folder.ts'
import type { WindowsDependencies } from '../../../../agent/windows/dependencies.ts'
import { progressMark } from '../../../../agent/windows/system/powershell.ts'
import type { Exec, ExecResult } from '../../../../agent/runtime/exec.ts'
import type { StepWork } from '../../../../agent/protocol/messages.ts'
import type { StepContext } from '../../../../agent/runtime/step.ts'
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
    clock: { now: () => new Date('2026-11-23T10:00:00Z'), elapsedMs: () => 0, sleep: () => Promise.resolve() },
    exec,
    progress: () => undefined,
    log: (_level, text) => lines.push(text),
    open: () => Promise.reject(new Error('no image here')),
  }
}

/** What one of our PowerShell scripts does in a test: progress it sends, then its result or its failure. */
export type ScriptAnswer = { progress?: unknown[]; result?: unknown; code?: number; stderr?: string }

/**
 * Answers `powershell.exe` for our own scripts, by name, with what was recorded or documented of Windows; every other
 * program goes to `other`. `calls` keeps each script's name and input, in order.
 */
export function withScripts(
  answers: Readonly<Record<string, (input: Record<string, unknown>, call: number) => ScriptAnswer>>,
  other: Exec = () => Promise.resolve({ kind: 'missing' }),
): { exec: Exec; calls: Array<{ name: string; input: Record<string, unknown> }> } {
  const calls: Array<{ name: string; input: Record<string, unknown> }> = []
  const exec: Exec = async (command, args, options) => {
    const script = args[args.indexOf('-File') + 1] ?? ''
    const name = /^# etabli: (\S+)/m.exec(existsSync(script) ? readFileSync(script, 'utf8') : '')?.[1]
    if (command !== 'powershell.exe' || name === undefined) return other(command, args, options)
    const input: Record<string, unknown> = JSON.parse(readFileSync(args[args.indexOf('-InputFile') + 1] ?? '', 'utf8'))
    calls.push({ name, input })
    const answer = answers[name]
    if (answer === undefined) return exited(1, '', `no answer for ${name}`)
    const {
      progress = [],
      result,
      code = 0,
      stderr = '',
    } = answer(input, calls.filter((one) => one.name === name).length)
    for (const one of progress) options?.onLine?.(`${progressMark}${JSON.stringify(one)}`)
    if (result !== undefined) writeFileSync(args[args.indexOf('-ResultFile') + 1] ?? '', JSON.stringify(result))
    return exited(code, '', stderr)
  }
  return { exec, calls }
}

/** Dependencies over a folder of the test's own. */
export function folderDependencies(): WindowsDependencies & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-agent-'))
  return { ...openAgentFolder(folder).dependencies, remove: () => rmSync(folder, { recursive: true }) }
}
