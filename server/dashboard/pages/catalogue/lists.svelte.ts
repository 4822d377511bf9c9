import type { DriverPackList, ProfileList, SoftwareList, UpdateList } from '../../../api/catalogue/schema.ts'
import * as calls from '../../api/calls.ts'
import { standingOf } from './list-order.ts'

/** What lies in the catalogue beside the images. */
export type CatalogueLists = {
  software: SoftwareList
  drivers: DriverPackList
  updates: UpdateList
  profiles: ProfileList
}

let lists = $state.raw<CatalogueLists | null>(null)
let error = $state.raw<unknown>(null)

/** The lists as they were last read; people change the folders behind our back, so they are read again and again. */
export const catalogue = {
  get lists() {
    return lists
  },
  get error() {
    return error
  },
}

/** How many of a list a person has to see to. */
export function amiss(of: CatalogueLists): Record<keyof CatalogueLists, number> {
  return {
    software: of.software.items.filter((item) => standingOf(item) === 'trouble').length,
    drivers: of.drivers.items.filter(({ problems, infs }) => problems.length > 0 || infs === 0).length,
    // One for another kind of PC waits for nobody; a damaged one does.
    updates: of.updates.items.filter(({ problems }) => problems.length > 0).length,
    profiles: of.profiles.items.filter(({ problems }) => problems.length > 0).length,
  }
}

export async function refreshCatalogue(): Promise<void> {
  try {
    const [software, drivers, updates, profiles] = await Promise.all([
      calls.listSoftware(),
      calls.listDriverPacks(),
      calls.listUpdates(),
      calls.listProfiles(),
    ])
    lists = { software, drivers, updates, profiles }
    error = null
  } catch (refusal) {
    error = refusal
  }
}

/** Whoever copies a file comes back to this window, which reads at once. */
const everyMs = 60_000

/** Reads the lists whenever the window is looked at again, and from time to time; returns how to stop. */
export function followCatalogue(): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') void refreshCatalogue()
  }
  const timer = setInterval(look, everyMs)
  window.addEventListener('focus', look)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    window.removeEventListener('focus', look)
    document.removeEventListener('visibilitychange', look)
  }
}
