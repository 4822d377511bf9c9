import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onDrive, shellCommands, splitCommandLine } from './command-line.ts'
import { programOf } from './single-executable.ts'

/** A program that was started in the stand-in's Windows. */
export type StartedProgram = { ended: Promise<number>; hasEnded(): boolean; kill(): void }

export type CommandRunner = {
  start(line: string, output?: string): StartedProgram
  /** Runs a command line to its end, as Windows' setup does; `cmd /c` is taken apart. Gives the exit code. */
  run(line: string): Promise<number>
}

const agentExecutable = 'C:\\ProgramData\\Etabli\\etabli-agent.exe'
const agentProgram = '/run/stand-in/agent.cjs'

/**
 * Runs Windows command lines. Programs of Windows are stand-ins on the path; the agent is the code that lies in the
 * `etabli-agent.exe` of this disk, run by this Node, since the one inside the executable is for Windows.
 */
export function openCommandRunner(drive: string, env: NodeJS.ProcessEnv): CommandRunner {
  const start: CommandRunner['start'] = (line, output) => {
    const [command = '', ...args] = splitCommandLine(line)
    if (command.toLowerCase() !== agentExecutable.toLowerCase()) return spawned(command, args, env, output)
    writeFileSync(agentProgram, programOf(readFileSync(onDrive(drive, command))))
    return spawned('node', ['--import', '/opt/stand-in/executable-path.mjs', agentProgram, ...args], env, output)
  }
  const run: CommandRunner['run'] = async (line) => {
    const rest = /^cmd(?:\.exe)?\s+(?:\/d\s+)?\/c\s+(.*)$/i.exec(line)?.[1]
    if (rest === undefined) return start(line).ended
    let code = 0
    for (const command of shellCommands(rest)) {
      if (command.kind === 'exit') return command.code
      const output = command.output === null ? undefined : onDrive(drive, command.output)
      for (const one of withDriversFound(drive, command.line)) code = await start(one, output).ended
    }
    return code
  }
  return { start, run }
}

/** `pnputil /add-driver FOLDER\*.inf /subdirs` goes through a folder by itself; our stand-in takes a file a time. */
function withDriversFound(drive: string, line: string): string[] {
  const match = /^(pnputil\.exe \/add-driver) "([^"]*)\\\*\.inf" \/subdirs(.*)$/i.exec(line)
  if (!match) return [line]
  const [, verb = '', folder = '', options = ''] = match
  const place = onDrive(drive, folder)
  if (!existsSync(place)) return []
  const infs = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((path) => /\.inf$/i.test(path))
  return infs.map((path) => `${verb} "${join(place, path)}"${options}`)
}

function spawned(command: string, args: readonly string[], env: NodeJS.ProcessEnv, output?: string): StartedProgram {
  const log = output === undefined ? 'inherit' : openSync(output, 'a')
  // A relative `C:\` leads to the drive from here: the agent starts programs there.
  const child = spawn(command, args, { env, cwd: '/run/stand-in', stdio: ['ignore', log, log] })
  if (log !== 'inherit') closeSync(log)
  let ended = false
  return {
    ended: once(child, 'exit').then((end: unknown[]) => {
      ended = true
      return typeof end[0] === 'number' ? end[0] : -1
    }),
    hasEnded: () => ended,
    kill: () => void child.kill('SIGKILL'),
  }
}
