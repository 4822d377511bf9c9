import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepContext } from '../../runtime/step.ts'
import { executableFile } from '../../protocol/windows-agent/manifest.ts'
import { setupCompleteScript } from '../../protocol/windows-agent/start-up.ts'
import { writeProtected, writing } from './protected-files.ts'
import { etabliPath, findPath, makeFolder } from './windows-volume.ts'

const ours = 'SetupComplete.cmd'
const earlier = 'SetupComplete.before-etabli.cmd'

/** Whether the image has a script of its own, which ours then calls. */
export type SetupCompleteState = 'written' | 'calls-own-of-image'

/**
 * Lays down `Windows\Setup\Scripts\SetupComplete.cmd`. What the image has there is kept under another name and called;
 * a second attempt knows its own file again and keeps it from calling itself.
 */
export async function writeSetupComplete(context: StepContext, windows: string): Promise<SetupCompleteState> {
  const executable = `${etabliPath}\\${executableFile}`
  const folder = await writing(ours, () => makeFolder(windows, ['Windows', 'Setup', 'Scripts']))
  const there = await findPath(folder, [ours])
  if (there !== null && !(await readFile(there, 'latin1')).includes(executable)) {
    await writing(ours, () => rename(there, join(folder, earlier)))
  }
  const hasOwn = (await findPath(folder, [earlier])) !== null
  await writeProtected(context, join(folder, ours), setupCompleteScript(executable, hasOwn ? earlier : null))
  return hasOwn ? 'calls-own-of-image' : 'written'
}
