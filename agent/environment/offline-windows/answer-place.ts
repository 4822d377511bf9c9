import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepContext } from '../../runtime/step.ts'
import { writeProtected, writing } from './protected-files.ts'
import { findPath, makeFolder } from './windows-volume.ts'

const name = 'unattend.xml'
/**
 * Where Windows looks before it looks at `Panther\unattend.xml` ("Methods for Running Windows Setup", implicit search
 * order); only `HKLM\SYSTEM\Setup\UnattendFile` comes before them.
 */
const before = [
  ['Windows', 'Panther', 'Unattend', 'unattend.xml'],
  ['Windows', 'Panther', 'Unattend', 'autounattend.xml'],
]

/** Writes `Windows\Panther\unattend.xml`; an answer file of the image's own that would win over it is put aside. */
export async function placeAnswerFile(context: StepContext, windows: string, xml: string): Promise<void> {
  for (const path of before) {
    const earlier = await findPath(windows, path)
    if (earlier === null) continue
    context.log('warning', `the image has an answer file of its own, ${path.join('\\')}: it is put aside`)
    await writing(earlier, () => rename(earlier, `${earlier}.before-etabli`))
  }
  const folder = await writing(name, () => makeFolder(windows, ['Windows', 'Panther']))
  await writeProtected(context, (await findPath(folder, [name])) ?? join(folder, name), xml)
}
