import type { Phase } from '../sequence.ts'
import { applyImage } from './apply-image.ts'
import { checkHardware } from './check-hardware.ts'
import { createShortcuts } from './create-shortcuts.ts'
import type { StepDefinition } from './definition.ts'
import { deliver } from './deliver.ts'
import { injectDrivers } from './inject-drivers.ts'
import { installDrivers } from './install-drivers.ts'
import { installSoftware } from './install-software.ts'
import { partitionDisk } from './partition-disk.ts'
import { prepareWindows } from './prepare-windows.ts'
import { removeApps } from './remove-apps.ts'
import { restart } from './restart.ts'
import { runCommand } from './run-command.ts'
import { runPowershell } from './run-powershell.ts'
import { seal } from './seal.ts'
import { setWindows } from './set-windows.ts'
import { shutDown } from './shut-down.ts'
import { takesNothing, type StepTakes } from './takes.ts'
import { verify } from './verify.ts'
import { windowsUpdate } from './windows-update.ts'
import { writeBootFiles } from './write-boot-files.ts'

/** In the order a run usually has them. */
const definitions = [
  checkHardware,
  partitionDisk,
  applyImage,
  injectDrivers,
  prepareWindows,
  writeBootFiles,
  installDrivers,
  windowsUpdate,
  installSoftware,
  createShortcuts,
  removeApps,
  setWindows,
  runCommand,
  runPowershell,
  verify,
  seal,
  deliver,
  restart,
  shutDown,
] as const

type Definition = (typeof definitions)[number]

/** Names of the step types that one half of the agent does; its step table has each of them. */
export type StepTypeIn<Half extends Phase> = Definition extends infer Each
  ? Each extends StepDefinition<infer Type, infer _, infer In>
    ? Half extends In
      ? Type
      : never
    : never
  : never

/** Every step type there is. */
export const stepDefinitions: readonly StepDefinition[] = definitions

const byType = new Map(stepDefinitions.map((definition) => [definition.type, definition]))

/** The definition of a step type, or null when there is none of that name. */
export function stepDefinition(type: string): StepDefinition | null {
  return byType.get(type) ?? null
}

/** Step types that later versions bring: a sequence with one is refused with that reason, not as a typing mistake. */
export const announcedSteps: ReadonlySet<string> = new Set([
  'capture-image',
  'save-files',
  'restore-files',
  'clone-disk',
  'join-domain',
])

/** What a step gets of what the server keeps; nothing for a type that this version does not know. */
export function takesOf({ type, input }: Readonly<{ type: string; input: Record<string, unknown> }>): StepTakes {
  return stepDefinition(type)?.takes(input) ?? takesNothing
}
