import type { SetWindowsInput } from '../../../tasksequences/steps/set-windows.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import { writeValue, type RegistryEntry } from '../system/registry-access.ts'
import labelDrive from '../scripts/label-drive.ps1'
import { withDefaultHive } from '../system/default-hive.ts'
import { tidyDesktops } from './desktop.ts'
import { hibernateCommand, powerCommands, type PowerCommand } from './power.ts'
import { descriptionEntry, explorerEntries, oemEntries, taskBarEntries, taskBarPolicies } from './registry-settings.ts'

/** Makes one setting; gives what Windows said against it, nothing when it is made. */
export type Applied = { setting: string; apply(): Promise<string[]> }

/** The settings a sequence asks for, but the name, in the order they are made. */
export function settingsOf(context: StepContext, dependencies: WindowsDependencies, input: SetWindowsInput): Applied[] {
  const { power, hibernate, description, driveLabel, oem, tidyExplorer, tidyDesktop } = input
  const settings: Applied[] = []
  const add = (setting: string, apply: Applied['apply']): void => void settings.push({ setting, apply })
  if (power !== undefined) add('power', () => runPowerCommands(context, powerCommands(power)))
  if (hibernate !== undefined) add('hibernate', () => runPowerCommands(context, [hibernateCommand(hibernate)]))
  if (description !== undefined) add('description', () => writeAll(context, [descriptionEntry(description)]))
  if (driveLabel !== undefined) add('driveLabel', () => labelSystemDrive(context, dependencies, driveLabel))
  if (oem !== undefined) add('oem', () => writeAll(context, oemEntries(oem)))
  if (tidyExplorer === true) {
    add('tidyExplorer', () => withDefaultHive(context, (hive) => writeAll(context, explorerEntries(hive))))
  }
  if (tidyDesktop === true) {
    add('tidyDesktop', async () => [
      ...(await withDefaultHive(context, (hive) => writeAll(context, taskBarEntries(hive)))),
      ...(await writeAll(context, taskBarPolicies)),
      ...tidyDesktops(context, dependencies),
    ])
  }
  return settings
}

async function writeAll({ exec }: StepContext, entries: readonly RegistryEntry[]): Promise<string[]> {
  const problems: string[] = []
  for (const entry of entries) {
    const problem = await writeValue(exec, entry)
    if (problem !== null) problems.push(problem)
  }
  return problems
}

async function runPowerCommands({ exec, log }: StepContext, commands: readonly PowerCommand[]): Promise<string[]> {
  const problems: string[] = []
  for (const { args, needed } of commands) {
    const end = await exec('powercfg.exe', args)
    if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'powercfg.exe' }))
    if (end.kind === 'exited' && end.code === 0) continue
    const message = `powercfg ${args.join(' ')}: ${end.stderr.trim() || end.stdout.trim() || end.kind}`
    if (needed) problems.push(message)
    else log('info', `${message} (goes without)`)
  }
  return problems
}

async function labelSystemDrive(
  context: StepContext,
  dependencies: WindowsDependencies,
  label: string,
): Promise<string[]> {
  try {
    await runScript(context, dependencies, { name: 'label-drive', text: labelDrive }, { input: { label } })
    return []
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof StepError) || error.failure.code !== 'SCRIPT_FAILED') throw error
    return [error.failure.detail ?? error.failure.code]
  }
}
