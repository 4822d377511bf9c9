import { applyImage } from './apply-image.ts'
import { checkHardware } from './check-hardware.ts'
import type { StepDefinition } from './definition.ts'
import { partitionDisk } from './partition-disk.ts'
import { restart } from './restart.ts'
import { runCommand } from './run-command.ts'
import { shutDown } from './shut-down.ts'
import { writeBootFiles } from './write-boot-files.ts'

/** Every step type there is, in the order a run usually has them. */
export const stepDefinitions: readonly StepDefinition[] = [
  checkHardware,
  partitionDisk,
  applyImage,
  writeBootFiles,
  runCommand,
  restart,
  shutDown,
]

const byType = new Map(stepDefinitions.map((definition) => [definition.type, definition]))

/** The definition of a step type, or null when there is none of that name. */
export function stepDefinition(type: string): StepDefinition | null {
  return byType.get(type) ?? null
}

/** Step types that later versions bring: a sequence with one is refused with that reason, not as a typing mistake. */
export const announcedSteps: ReadonlySet<string> = new Set([
  'inject-drivers',
  'prepare-windows',
  'install-drivers',
  'windows-update',
  'install-software',
  'remove-apps',
  'verify',
  'seal',
  'capture-image',
  'save-files',
  'restore-files',
  'clone-disk',
  'join-domain',
])
