import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exec } from '../exec.ts'
import {
  encodeTaskXml,
  forgetSecondWayCommands,
  installCommands,
  presentCommand,
  removeCommands,
  removeFolderCommand,
  startCommands,
  taskXml,
  type StartUpCommand,
} from './start-up.ts'

export type InstallationDoors = {
  exec: Exec
  /** The agent's folder, and the executable in it. */
  folder: string
  executable: string
  say(text: string): void
}

/** Makes the start-up task, or makes it anew; `start` also runs it now. True when every command did what it should. */
export async function install(doors: InstallationDoors, start: boolean): Promise<boolean> {
  const taskFile = join(doors.folder, 'task.xml')
  writeFileSync(taskFile, encodeTaskXml(taskXml(doors.executable)))
  try {
    const made = await runAll(doors, installCommands(doors.folder, taskFile))
    // Kept while there is no task: the service then tries again at the next start.
    if (made) await runAll(doors, forgetSecondWayCommands())
    return (!start || (await runAll(doors, startCommands()))) && made
  } finally {
    rmSync(taskFile, { force: true })
  }
}

/** Whether the start-up task is there. */
export async function isInstalled(doors: InstallationDoors): Promise<boolean> {
  return runAll(doors, [presentCommand()])
}

/** Takes away the task at once, and the agent's folder a moment after this program has ended. */
export async function remove(doors: InstallationDoors): Promise<boolean> {
  if (!(await runAll(doors, removeCommands()))) return false
  const { command, args } = removeFolderCommand(doors.folder)
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true, cwd: 'C:\\' })
  child.once('error', (error) => doors.say(`the folder stays: ${error.message}`))
  child.unref()
  return true
}

/** Each one is run, also after one that failed: a task without a closed folder is better than none, and the log says it. */
async function runAll({ exec, say }: InstallationDoors, commands: readonly StartUpCommand[]): Promise<boolean> {
  let good = true
  for (const { command, args, accepted } of commands) {
    const end = await exec(command, args)
    if (end.kind === 'exited' && accepted.includes(end.code)) continue
    good = false
    say(`${command} failed: ${end.kind === 'exited' ? `exit code ${end.code}` : end.kind}`)
  }
  return good
}
