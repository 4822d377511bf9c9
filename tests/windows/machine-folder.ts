import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshMachine, type Machine } from './machine.ts'

/** A line of `calls.jsonl`: a call when it began, and again when it ended. */
export type LoggedCall = {
  at: string
  what: 'begins' | 'ends'
  program: string
  args: string[]
  /** The name of one of our scripts. */
  script: string | null
  code: number | null
}

/** What a call was: the name of one of our scripts, else of the program. */
export function named({ script, program }: LoggedCall): string {
  return script ?? program
}

/** A call as a line, for whoever reads a failed test. */
export function told(call: LoggedCall): string {
  const args = call.script === null ? ` ${call.args.join(' ')}` : ''
  return `${call.at.slice(14)} ${call.what} ${named(call)}${args}${call.code === null ? '' : ` (${call.code})`}`
}

/** Where the stand-ins keep their machine: `machine.json` and `calls.jsonl`. */
export type MachineFolder = {
  read(): Machine
  /** Whole or not at all: a stand-in may be killed at any byte. */
  write(machine: Machine): void
  log(call: LoggedCall): void
  calls(): LoggedCall[]
  /** As if nothing had ever been called. */
  forget(): void
}

export function openMachineFolder(folder: string): MachineFolder {
  const state = join(folder, 'machine.json')
  const calls = join(folder, 'calls.jsonl')
  return {
    read: () => {
      const text = textOf(state)
      const machine: Machine = text === null ? freshMachine() : JSON.parse(text)
      return machine
    },
    write: (machine) => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${state}.new`, JSON.stringify(machine, null, 1))
      renameSync(`${state}.new`, state)
    },
    log: (call) => {
      mkdirSync(folder, { recursive: true })
      appendFileSync(calls, `${JSON.stringify(call)}\n`)
    },
    calls: () =>
      (existsSync(calls) ? readFileSync(calls, 'utf8') : '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): LoggedCall => JSON.parse(line)),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** So many looks, this far apart: somebody who writes is done within one. */
const looks = 25
const betweenLooksMs = 20

/**
 * The file's text; null when there is none. Looked for more than once: ntfs-3g takes the old name away before it gives it
 * to the new file, so that for a moment of every write there is none.
 */
function textOf(file: string): string | null {
  for (let look = 0; look < looks; look += 1) {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error
    }
    // Nobody is writing, and nobody has just been.
    if (look > 1 && !existsSync(`${file}.new`)) return null
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, betweenLooksMs)
  }
  return null
}
