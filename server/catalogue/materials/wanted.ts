import { Value } from 'typebox/value'
import { CreateShortcutsInput } from '../../../tasksequences/steps/create-shortcuts.ts'
import { InjectDriversInput } from '../../../tasksequences/steps/inject-drivers.ts'
import { InstallSoftwareInput } from '../../../tasksequences/steps/install-software.ts'
import { RemoveAppsInput } from '../../../tasksequences/steps/remove-apps.ts'
import { WindowsUpdateInput } from '../../../tasksequences/steps/windows-update.ts'

/** A step of a run as far as it matters here: filled in, and not skipped. */
export type StepNeeds = { readonly type: string; readonly input: Readonly<Record<string, unknown>> }

/** What steps name of the catalogue, each once, in their order. */
export type Wanted = {
  software: string[]
  profiles: string[]
  /** Null when no step takes drivers. */
  drivers: 'matching' | string[] | null
  updates: boolean
}

/** Reads what a run's steps take from the catalogue. Pure. */
export function wantedBy(steps: readonly StepNeeds[]): Wanted {
  const software = new Set<string>()
  const profiles = new Set<string>()
  let drivers: Wanted['drivers'] = null
  let updates = false
  for (const { type, input } of steps) {
    if (type === 'install-software' && Value.Check(InstallSoftwareInput, input)) {
      for (const id of [...(input.package === undefined ? [] : [input.package]), ...(input.packages ?? [])])
        software.add(id)
    } else if (type === 'create-shortcuts' && Value.Check(CreateShortcutsInput, input)) {
      for (const id of input.packages ?? []) software.add(id)
    } else if (type === 'remove-apps' && Value.Check(RemoveAppsInput, input)) profiles.add(input.profile)
    else if (type === 'inject-drivers' && Value.Check(InjectDriversInput, input)) drivers = input.packs ?? 'matching'
    else if (type === 'windows-update' && Value.Check(WindowsUpdateInput, input)) updates ||= input.offline !== false
  }
  return { software: [...software], profiles: [...profiles], drivers, updates }
}
