import type { Machine } from './machine.ts'

/** One call of a stand-in, as it read it. */
export type Call = {
  /** `pnputil.exe`, lower case. */
  program: string
  args: readonly string[]
  /** Of `powershell.exe`: one of our scripts with its input, or a text of the workshop. */
  script: { name: string; input: Record<string, unknown> } | { text: string } | null
  /** The INF that the arguments name. */
  file: Uint8Array | null
  atMs: number
}

/** What a stand-in does: all of it happens after `takesMs`; what is killed before has done nothing. */
export type Answer = {
  /** The same object when nothing has changed. */
  machine: Machine
  code: number
  stdout?: string
  stderr?: string
  /** Of our scripts: sent one after another while `takesMs` passes, each with what is true from then on. */
  progress?: Array<{ value: unknown; machine?: Machine }>
  /** Of our scripts: written to the result file. */
  result?: unknown
  takesMs?: number
  /** Never ends by itself. */
  hangs?: boolean
  /** Files that are there afterwards. */
  files?: NewFile[]
}

/** By its path in Windows; `program` is one more stand-in. */
export type NewFile = { path: string; content: { text: string } | 'program' }
