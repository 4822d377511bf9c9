import { join } from 'node:path'
import { systemClock, type Clock } from '../runtime/clock.ts'
import { openExec, type Exec } from '../runtime/exec.ts'
import { forgetAtRestart } from './lifetime/forget-at-restart.ts'
import { openAgentFolder, type AgentFolder } from './lifetime/agent-folder.ts'
import type { RemovalDependencies } from './lifetime/installation.ts'
import { processTree } from './system/process-tree.ts'

/** What every command of the agent's program works with. */
export type Program = {
  folder: AgentFolder
  /** Where that folder is. */
  path: string
  clock: Clock
  exec: Exec
  signal: AbortSignal
  say(text: string): void
}

/** Opens `%ProgramData%\Etabli`; what is said goes into its log and on standard error. */
export function openProgram(programData: string | undefined, signal: AbortSignal): Program {
  const path = join(programData ?? 'C:\\ProgramData', 'Etabli')
  const folder = openAgentFolder(path)
  const clock = systemClock
  const say = (text: string): void => {
    process.stderr.write(`etabli: ${text}\n`)
    folder.say(text, clock.now())
  }
  return { folder, path, clock, signal, say, exec: openExec(signal, (_level, text) => say(text), processTree) }
}

/** What taking the agent away works with. */
export function removalDependencies({ folder, path, exec, say }: Program): RemovalDependencies {
  return {
    ...{ exec, say, folder: path, executable: process.execPath },
    forgetAtRestart: (paths) => forgetAtRestart(exec, folder.dependencies, paths),
    close: () => folder.close(),
  }
}
