import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript } from '../system/powershell.ts'
import createShortcuts from '../scripts/create-shortcuts.ps1'
import { expandVariables, windowsPath } from '../system/windows-path.ts'
import { rememberShortcuts } from './own-shortcuts.ts'
import { addressFile, isAddress, isTwin, type FoundShortcut, type WantedShortcut } from './shortcut.ts'

const Answer = Type.Object({
  desktop: Type.Array(Type.Object({ file: Type.String(), target: Type.String(), arguments: Type.String() })),
})

/** The desktop that every user sees beside his own. */
export const commonDesktop = (): string => windowsPath('%PUBLIC%\\Desktop')
const commonStartMenu = (): string => windowsPath('%ProgramData%\\Microsoft\\Windows\\Start Menu\\Programs')

const folderOf = ({ place }: WantedShortcut): string => (place === 'start-menu' ? commonStartMenu() : commonDesktop())

/**
 * Makes shortcuts for all users, in the place of ones with their names, and takes away an installer's own that would
 * stand beside them on the desktop. Nothing is made when a target is not there: StepError SHORTCUT_TARGET_MISSING.
 *
 * @returns their files
 */
export async function placeShortcuts(
  context: StepContext,
  dependencies: WindowsDependencies,
  wanted: readonly WantedShortcut[],
): Promise<string[]> {
  for (const { name, target } of wanted) {
    if (isAddress(target) || existsSync(windowsPath(target))) continue
    const params = { shortcut: name, target: expandVariables(target) }
    throw new StepError(failure('SHORTCUT_TARGET_MISSING', params))
  }
  for (const folder of new Set(wanted.map(folderOf))) mkdirSync(folder, { recursive: true })
  const addresses = wanted.filter(({ target }) => isAddress(target))
  for (const one of addresses) writeFileSync(fileOf(one), addressFile({ ...one, ...expandedIcon(one) }))
  const programs = wanted.filter(({ target }) => !isAddress(target))
  if (programs.length > 0) await placePrograms(context, dependencies, programs)
  const files = wanted.map(fileOf)
  rememberShortcuts(dependencies, files)
  return files
}

function fileOf(wanted: WantedShortcut): string {
  return join(folderOf(wanted), `${wanted.name}${isAddress(wanted.target) ? '.url' : '.lnk'}`)
}

function expandedIcon({ icon }: WantedShortcut): { icon?: string } {
  return icon === undefined ? {} : { icon: expandVariables(icon) }
}

async function placePrograms(
  context: StepContext,
  dependencies: WindowsDependencies,
  programs: readonly WantedShortcut[],
): Promise<void> {
  const made = programs.map((one): FoundShortcut => ({
    file: fileOf(one),
    target: expandVariables(one.target),
    arguments: expandVariables(one.arguments ?? ''),
  }))
  const icons = programs.map((one) => expandedIcon(one).icon ?? null)
  const script = { name: 'create-shortcuts', text: createShortcuts }
  const answer = await runScript(context, dependencies, script, {
    input: { desktop: commonDesktop(), shortcuts: made.map((one, at) => ({ ...one, icon: icons[at] })) },
  })
  if (!Value.Check(Answer, answer)) throw new StepError(failure('SCRIPT_FAILED', { script: script.name }))
  const onDesktop = made.filter((_, at) => programs[at]?.place !== 'start-menu')
  for (const twin of answer.desktop.filter((other) => onDesktop.some((ours) => isTwin(ours, other)))) {
    context.log('info', `removing ${twin.file}: it leads where the shortcut that was asked for leads`)
    rmSync(twin.file, { force: true })
  }
}
