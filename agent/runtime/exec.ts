import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import type { Writable } from 'node:stream'
import type { LogLine } from '../protocol/messages.ts'
import { lineSplitter } from './program-output.ts'

export type ExecOptions = {
  /** Writes the program's standard input and ends it; a rejection kills the program and becomes `exec`'s. */
  feed?: (stdin: Writable, ended: Promise<ProgramEnd>) => Promise<void>
  env?: Readonly<Record<string, string>>
  /** Keeps the command and its output out of the log: for questions, not actions. */
  quiet?: boolean
  /** For clean-up: runs although the step was cancelled. */
  afterCancel?: boolean
  /** Texts that must not show in the log, in the command or in its output: keys, passwords. */
  secrets?: readonly string[]
  /** Sees each line of the output first; true keeps it out of the log: it was meant for us. */
  onLine?(line: string): boolean
  /** Hears the program's process number once it runs. */
  onStart?(pid: number): void
  /** Ends a program that shows no sign of going on: it then is `killed` by `stalled`. */
  watch?: Watch
  /**
   * In Windows: the arguments make up the command line as they are, quotes included. Some programs, installers above
   * all, take it apart in a way of their own, which the usual quoting does not reach.
   */
  verbatim?: boolean
}

/**
 * A program has no time limit, but it has to go on: `sign` is asked every `everyMs`, with the program's process number,
 * and when what it says and what the program wrote have stayed the same for `stalledAfterMs`, it hangs.
 */
export type Watch = { everyMs: number; stalledAfterMs: number; sign(pid: number | undefined): Promise<string> }

export type ProgramEnd = { kind: 'exited'; code: number } | { kind: 'killed'; signal: string }

export type ExecResult =
  | { kind: 'exited'; code: number; stdout: string; stderr: string }
  | { kind: 'killed'; signal: string; stdout: string; stderr: string }
  /** There is no such program here. */
  | { kind: 'missing' }

/**
 * Runs one program to its end. Arguments are a list, never a line for a shell.
 * Rejects with the signal's reason when cancelled, after the whole process group has been killed.
 */
export type Exec = (command: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>

/** How a program is started so that it can be ended with its children: the operating systems differ in this. */
export type ProgramGroup = { detached: boolean; kill(child: ChildProcess, signal: NodeJS.Signals): void }

/** Between SIGTERM and SIGKILL. */
const graceMs = 3000

const processGroup: ProgramGroup = { detached: true, kill: killGroup }

/** How one attempt of one step runs programs: `signal` cancels what runs, `log` gets commands and output line by line. */
export function openExec(
  signal: AbortSignal,
  log: (level: LogLine['level'], text: string) => void,
  group: ProgramGroup = processGroup,
): Exec {
  return async (command, args, options = {}) => {
    if (options.afterCancel !== true) signal.throwIfAborted()
    const { secrets = [] } = options
    const masked = (text: string): string => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text)
    if (options.quiet !== true) log('info', masked(`$ ${[command, ...args].join(' ')}`))
    const child = spawn(command, args, {
      detached: group.detached,
      windowsHide: true,
      ...(options.verbatim === true ? verbatimOn(process.platform, command) : {}),
      stdio: [options.feed === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    })
    if (child.pid !== undefined) options.onStart?.(child.pid)
    const forward = (line: string): void => {
      if (options.onLine?.(line) !== true && options.quiet !== true) log('output', masked(line))
    }
    const stdout = lineSplitter(forward)
    const stderr = lineSplitter(forward)
    child.stdout?.on('data', stdout.push)
    child.stderr?.on('data', stderr.push)
    const stop = options.afterCancel === true ? () => undefined : killOn(signal, child, group)
    const guard = options.watch === undefined ? null : watchOver(child, group, options.watch)
    try {
      const ended = endOf(child)
      const [end] = await Promise.all([ended, fed(child, ended, group, options.feed)])
      if (options.afterCancel !== true) signal.throwIfAborted()
      const told = { stdout: stdout.end(), stderr: stderr.end() }
      return guard?.hasStalled() === true ? { kind: 'killed', signal: 'stalled', ...told } : { ...end, ...told }
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' }
      throw error
    } finally {
      stop()
      guard?.stop()
    }
  }
}

/** Where arguments are not quoted for it, Node does not quote the program's own path either. */
function verbatimOn(
  platform: NodeJS.Platform,
  command: string,
): Pick<SpawnOptions, 'argv0' | 'windowsVerbatimArguments'> {
  return platform === 'win32' ? { windowsVerbatimArguments: true, argv0: `"${command}"` } : {}
}

/** Kills the program's group once it has stood still for too long. */
function watchOver(child: ChildProcess, group: ProgramGroup, watch: Watch) {
  let written = 0
  let last = ''
  let stillMs = 0
  let stalled = false
  for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (chunk: Buffer) => (written += chunk.length))
  const look = async (): Promise<void> => {
    // What cannot be asked is no sign: a program that hangs may hold the very file that is asked for.
    const sign = `${written} ${await watch.sign(child.pid).catch(() => 'unknown')}`
    stillMs = sign === last ? stillMs + watch.everyMs : 0
    last = sign
    if (stillMs < watch.stalledAfterMs) return
    stalled = true
    clearInterval(timer)
    group.kill(child, 'SIGKILL')
  }
  const timer = setInterval(() => void look(), watch.everyMs)
  return { hasStalled: () => stalled, stop: () => clearInterval(timer) }
}

function endOf(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve(code === null ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    )
  })
}

async function fed(
  child: ChildProcess,
  ended: Promise<ProgramEnd>,
  group: ProgramGroup,
  feed: ExecOptions['feed'],
): Promise<void> {
  if (feed === undefined || child.stdin === null) return
  // A program that ends early closes its input: the feed learns it from the stream, here it is no crash.
  child.stdin.on('error', () => undefined)
  try {
    await feed(child.stdin, ended)
  } catch (error) {
    group.kill(child, 'SIGKILL')
    await ended
    throw error
  }
}

function killOn(signal: AbortSignal, child: ChildProcess, group: ProgramGroup): () => void {
  let hard: NodeJS.Timeout | undefined
  const kill = (): void => {
    group.kill(child, 'SIGTERM')
    hard = setTimeout(() => group.kill(child, 'SIGKILL'), graceMs)
  }
  signal.addEventListener('abort', kill, { once: true })
  return () => {
    signal.removeEventListener('abort', kill)
    clearTimeout(hard)
  }
}

/** `detached` made the child the leader of a group of its own, so its negative number reaches its children too. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // ESRCH: it ended by itself just now.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'syscall' in error
}
