import { rm } from 'node:fs/promises'
import type { DebloatItem } from '../../../images/debloat/profile.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import type { StepContext } from '../../runtime/step.ts'
import { withDefaultHive } from '../system/default-hive.ts'
import { deleteValue } from '../system/registry-access.ts'
import { servicingWatch } from '../system/servicing-watch.ts'
import { windowsPath } from '../system/windows-path.ts'
import { findOneDrive, machineWide, runKey, setupEntry, type OneDriveTraces } from './onedrive-traces.ts'
import { setupProgram } from './onedrive-setup.ts'
import type { RemovedItem } from './removal.ts'

/** Its entry in the start menu of users to come; it leads to the set-up. */
const shortcut =
  '%SystemDrive%\\Users\\Default\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\OneDrive.lnk'

const stalledAfterMs = 20 * 60_000
/** The set-up program ends before its child, which does the work. */
const settling = { tries: 12, pauseMs: 5000 }

/**
 * Takes OneDrive away for everybody who signs in from now on: the command that installs it at a first sign-in, its entry in
 * the start menu, and an installation for the whole machine. `OneDriveSetup.exe` in System32 stays: it is a file of
 * Windows, and how an owner who wants OneDrive has it back. Judged by what is left. Throws StepError
 * WINDOWS_PROGRAM_MISSING.
 */
export async function removeOneDrive(
  context: StepContext,
  { kind, name }: Pick<DebloatItem, 'kind' | 'name'>,
): Promise<RemovedItem> {
  const before = await findOneDrive(context)
  if (before.kind === 'unknown') return { kind, name, outcome: 'failed', words: before.reason.slice(0, 1000) }
  if (!isThere(before)) return { kind, name, outcome: 'absent' }
  const words: string[] = []
  if (before.forNewUsers) words.push(...(await forgetSetup(context)))
  if (before.machineWide !== null) words.push(...(await uninstall(context, before.machineWide)))
  // An entry that stays leads to a set-up that the owner may want: no failure.
  await rm(windowsPath(shortcut), { force: true }).catch((error: unknown) => context.log('warning', String(error)))
  const after = await findOneDrive(context)
  if (after.kind === 'seen' && !isThere(after)) return { kind, name, outcome: 'removed' }
  const said = [...words, after.kind === 'unknown' ? after.reason : 'still there after its removal']
  return { kind, name, outcome: 'failed', words: said.join('\n').slice(0, 1000) }
}

function isThere(traces: OneDriveTraces): boolean {
  return traces.forNewUsers || traces.machineWide !== null
}

function forgetSetup(context: StepContext): Promise<string[]> {
  return withDefaultHive(context, async (hive) => {
    const problem = await deleteValue(context.exec, `${hive}\\${runKey}`, setupEntry)
    return problem === null ? [] : [problem]
  })
}

async function uninstall(context: StepContext, command: string): Promise<string[]> {
  const program = setupProgram(command)
  if (program === null) return [`not OneDrive's own set-up: ${command}`]
  const end = await context.exec(program, ['/uninstall', '/allusers'], { watch: servicingWatch(stalledAfterMs) })
  if (end.kind === 'missing') return [`${program} is not there`]
  for (let tried = 0; tried < settling.tries && (await machineWide(context)) !== null; tried += 1)
    await context.clock.sleep(settling.pauseMs, context.signal)
  return end.kind === 'exited' && end.code === 0 ? [] : [endOfOutput(end)]
}
