import { CreateShortcutsInput } from '../../../tasksequences/steps/create-shortcuts.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { placeShortcuts } from '../shortcuts/placement.ts'
import type { WantedShortcut } from '../shortcuts/shortcut.ts'

/** Shortcuts for all users: those the sequence describes, and those of packages, as their manifests say them. */
export function createShortcuts(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const { shortcuts = [], packages = [] } = parseInput(CreateShortcutsInput, context)
    const wanted = [...shortcuts, ...packages.map((id) => shortcutOf(context, id))]
    return { result: { shortcuts: await placeShortcuts(context, dependencies, wanted) } }
  }
}

function shortcutOf({ work }: StepContext, id: string): WantedShortcut {
  const pinned = work.materials?.software.find((one) => one.id === id)
  if (pinned === undefined) throw new StepError(failure('SOFTWARE_UNKNOWN', { id }))
  const { shortcut } = pinned.manifest
  if (shortcut === undefined) throw new StepError(failure('SHORTCUT_NOT_SAID', { id }))
  return shortcut
}
