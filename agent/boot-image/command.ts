import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly signal?: AbortSignal
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void
}

/** A program that ended with another status than 0, with the end of what it said. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly command: string
  readonly output: string

  constructor(command: string, status: string, output: string) {
    super(`${command} ended with ${status}`)
    this.command = command
    this.output = output
  }
}

/** Runs a program without a shell and gives its standard output; throws {@link CommandFailed}, or the signal's reason when cancelled. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { signal, cwd, env, onLine } = options
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  // A cancelled program is asked to end and waited for: it may have mounts and children to clear away.
  let lastResort: NodeJS.Timeout | undefined
  const cancel = (): void => {
    child.kill('SIGTERM')
    lastResort = setTimeout(() => child.kill('SIGKILL'), 20_000)
  }
  signal?.addEventListener('abort', cancel, { once: true })
  const stdout: Buffer[] = []
  let output = ''
  let unfinishedLine = ''
  const listen = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000)
    const lines = (unfinishedLine + chunk.toString()).split('\n')
    unfinishedLine = lines.pop() ?? ''
    lines.forEach((line) => onLine?.(line))
  }
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk)
    listen(chunk)
  })
  child.stderr.on('data', listen)
  child.on('error', reject)
  child.on('close', (status, endedBy) => {
    signal?.removeEventListener('abort', cancel)
    clearTimeout(lastResort)
    if (signal?.aborted) reject(signal.reason)
    else if (status === 0) resolve(Buffer.concat(stdout).toString())
    else reject(new CommandFailed(command, endedBy ?? `status ${status}`, output))
  })
  return promise
}
