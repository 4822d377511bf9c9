import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { ownShortcuts } from '../shortcuts/own-shortcuts.ts'
import { commonDesktop } from '../shortcuts/placement.ts'
import { windowsPath } from '../system/windows-path.ts'

/** Which files of a desktop installers have left: shortcuts that no step of ours has made. Pure. */
export function leftovers(files: readonly string[], own: readonly string[]): string[] {
  const kept = new Set(own.map((file) => file.toLowerCase()))
  return files.filter((file) => /\.(lnk|url)$/i.test(file) && !kept.has(file.toLowerCase()))
}

/** Takes leftovers off the desktop of all users and off the one new users begin with; gives the problems. */
export function tidyDesktops({ log }: StepContext, dependencies: WindowsDependencies): string[] {
  const problems: string[] = []
  for (const folder of [commonDesktop(), windowsPath('%SystemDrive%\\Users\\Default\\Desktop')]) {
    if (!existsSync(folder)) continue
    const files = readdirSync(folder).map((name) => join(folder, name))
    for (const file of leftovers(files, ownShortcuts(dependencies))) {
      try {
        rmSync(file, { force: true })
        log('info', `removed ${file}`)
      } catch (error) {
        problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  return problems
}
