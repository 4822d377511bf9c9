import { firstWindows11Build } from '../windows-version.ts'
import type { UpdateFile } from './update-file.ts'

/** Why an update is not for a Windows. */
export type Unfit = 'architecture' | 'windows'

/** Windows 11 21H2 (22000) still got packages named `windows10.0`; from 22H2 on they are named `windows11.0`. */
const firstNamed11 = 22_621

/**
 * Whether an update is for the 64-bit Windows of this build (null: not known), by its name; null when it is. What the name does not say
 * is kept: DISM itself refuses what does not apply (0x800f081e), and one refused too many costs a minute, one missing
 * the whole update.
 */
export function unfitFor({ architecture, windows }: UpdateFile, build: number | null): Unfit | null {
  if (architecture !== null && architecture !== 'x64') return 'architecture'
  if (build === null) return null
  if (windows === 11 && build < firstWindows11Build) return 'windows'
  return windows === 10 && build >= firstNamed11 ? 'windows' : null
}
