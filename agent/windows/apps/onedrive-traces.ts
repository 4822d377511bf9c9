import type { StepContext } from '../../runtime/step.ts'
import { withDefaultHive } from '../system/default-hive.ts'
import { readValue } from '../system/registry-access.ts'

/** How OneDrive is there for who comes next. */
export type OneDriveTraces = {
  /** Windows installs it for each new user at the first sign-in. */
  forNewUsers: boolean
  /** How its machine-wide installation says it is taken away; null where there is none. */
  machineWide: string | null
}

/** Or why nobody knows: the hive of new users cannot be opened. */
export type OneDriveSight = ({ kind: 'seen' } & OneDriveTraces) | { kind: 'unknown'; reason: string }

/** In the hive of a user to come: the command that a first sign-in runs. */
export const runKey = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run'
export const setupEntry = 'OneDriveSetup'

/** `OneDriveSetup.exe /allusers` writes itself here; a user's own installation is in the user's hive. */
const uninstallKeys = [
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\OneDriveSetup.exe',
  'HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\OneDriveSetup.exe',
]

/** Looks for OneDrive. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function findOneDrive(context: StepContext): Promise<OneDriveSight> {
  let forNewUsers = false
  const problems = await withDefaultHive(context, async (hive) => {
    forNewUsers = (await readValue(context.exec, `${hive}\\${runKey}`, setupEntry)) !== null
    return []
  })
  if (problems.length > 0) return { kind: 'unknown', reason: problems.join('\n') }
  return { kind: 'seen', forNewUsers, machineWide: await machineWide(context) }
}

/** How the machine-wide installation is taken away; null where there is none. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function machineWide({ exec }: Pick<StepContext, 'exec'>): Promise<string | null> {
  for (const key of uninstallKeys) {
    const value = await readValue(exec, key, 'UninstallString')
    if (value !== null) return value.data
  }
  return null
}
