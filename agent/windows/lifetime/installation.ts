import { spawn } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Exec } from '../../runtime/exec.ts'
import {
  encodeTaskXml,
  removeFallbackServiceCommands,
  installCommands,
  presentCommand,
  removeCommands,
  removeFolderCommand,
  startCommands,
  taskXml,
  type StartUpCommand,
} from '../../protocol/windows-agent/start-up.ts'

export type InstallationDependencies = {
  exec: Exec
  /** The agent's folder, and the executable in it. */
  folder: string
  executable: string
  say(text: string): void
}

export type RemovalDependencies = InstallationDependencies & {
  /** Has Windows delete these paths at its next start; gives null, or what is against it. */
  forgetAtRestart(paths: readonly string[]): Promise<string | null>
  /** Nothing is written into the folder any more. */
  close(): void
}

/** Makes the start-up task, or makes it anew; `start` also runs it now. True when every command did what it should. */
export async function install(dependencies: InstallationDependencies, start: boolean): Promise<boolean> {
  const taskFile = join(dependencies.folder, 'task.xml')
  writeFileSync(taskFile, encodeTaskXml(taskXml(dependencies.executable)))
  try {
    const made = await runAll(dependencies, installCommands(dependencies.folder, taskFile))
    // Kept while there is no task: the service then tries again at the next start.
    if (made) await runAll(dependencies, removeFallbackServiceCommands())
    return (!start || (await runAll(dependencies, startCommands()))) && made
  } finally {
    rmSync(taskFile, { force: true })
  }
}

/** Whether the start-up task is there. */
export async function isInstalled(dependencies: InstallationDependencies): Promise<boolean> {
  return runAll(dependencies, [presentCommand()])
}

/**
 * Takes away the task and all files but this program, which nobody can delete while it runs. Two ways lead to its end:
 * Windows deletes it at its next start, and a program that waits for our end does so a moment later, which on a machine
 * that is going down may not come. The first is seen to before anything else, so that a cut of the power does no harm.
 */
export async function remove(dependencies: RemovalDependencies): Promise<boolean> {
  const { folder, executable, say } = dependencies
  const names = readdirSync(folder).filter((name) => name !== basename(executable))
  const refused = await dependencies.forgetAtRestart([...names.map((name) => join(folder, name)), executable, folder])
  if (refused !== null) say(`Windows does not delete the folder at its next start: ${refused}`)
  if (!(await runAll(dependencies, removeCommands()))) return false
  await runAll(dependencies, removeFallbackServiceCommands())
  dependencies.close()
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true })
  const { command, args } = removeFolderCommand(folder)
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true, cwd: 'C:\\' })
  child.once('error', (error) => dependencies.say(`the folder stays: ${error.message}`))
  child.unref()
  return true
}

/** Every one is run, even after one that failed: a task without a closed folder is better than none, and the log says it. */
async function runAll({ exec, say }: InstallationDependencies, commands: readonly StartUpCommand[]): Promise<boolean> {
  let good = true
  for (const { command, args, accepted } of commands) {
    const end = await exec(command, args)
    if (end.kind === 'exited' && accepted.includes(end.code)) continue
    good = false
    say(`${command} failed: ${end.kind === 'exited' ? `exit code ${end.code}` : end.kind}`)
  }
  return good
}
