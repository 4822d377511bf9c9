import { tasksThatBring } from '../../../images/debloat/comes-back.ts'
import type { DebloatItem } from '../../../images/debloat/profile.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { findOneDrive } from '../apps/onedrive-traces.ts'
import { listDevices } from '../drivers/listing.ts'
import type { ReportedDevice } from '../drivers/problem-devices.ts'
import { runScript } from '../system/powershell.ts'
import measureApps from '../scripts/measure-apps.ps1'
import measureHardware from '../scripts/measure-hardware.ps1'
import measureWindows from '../scripts/measure-windows.ps1'
import updateSearch from '../scripts/update-search.ps1'
import { servicingWatch } from '../system/servicing-watch.ts'
import { readPendingRestart, reasonsToRestart } from '../updates/pending-restart.ts'
import { readSearchAnswer, type SearchAnswer } from '../updates/found-update.ts'
import type { Measured } from './item.ts'
import { orNull } from './measure-software.ts'
import {
  readApps,
  readHardware,
  readWindows,
  type AppsMeasured,
  type HardwareMeasured,
  type WindowsMeasured,
} from './measurements.ts'

/** Asks Windows; what a script cannot say, in whole or in part, is null and told in the log. */
export type Questions = {
  windows(): Promise<WindowsMeasured>
  hardware(): Promise<HardwareMeasured>
  apps(unwanted: readonly DebloatItem[]): Promise<AppsMeasured>
  devices(): Promise<Measured<ReportedDevice[]>>
  /** What Windows Update still offers; the answer itself says when there is no network. */
  updates(): Promise<Measured<SearchAnswer>>
  /** Why Windows waits for a restart; empty when it does not. */
  restart(): Promise<Measured<readonly string[]>>
}

/** A search that shows no sign of going on for so long has hung: then it was not measured. */
const searchStalledAfterMs = 20 * 60_000

export function openQuestions(context: StepContext, dependencies: WindowsDependencies): Questions {
  const ask = (name: string, text: string, input: Record<string, unknown> = {}): Promise<unknown> =>
    orNull(context, runScript(context, dependencies, { name, text }, { input }))
  return {
    windows: async () => readWindows(await ask('measure-windows', measureWindows)),
    hardware: async () => readHardware(await ask('measure-hardware', measureHardware)),
    apps: async (unwanted) => {
      const named = (kind: DebloatItem['kind']): string[] =>
        unwanted.filter((one) => one.kind === kind).map(({ name }) => name)
      const tasks = tasksThatBring(named('appx'))
      const input = { tasks, appx: named('appx'), capabilities: named('capability'), features: named('feature') }
      const onedrive = named('onedrive').length === 0 ? null : await oneDriveStates(context)
      return { ...readApps(await ask('measure-apps', measureApps, input)), onedrive }
    },
    devices: () => orNull(context, listDevices(context, dependencies)),
    updates: async () => {
      const options = { watch: servicingWatch(searchStalledAfterMs) }
      const script = { name: 'update-search', text: updateSearch }
      return readSearchAnswer(await orNull(context, runScript(context, dependencies, script, { options })))
    },
    restart: () => orNull(context, readPendingRestart(context, dependencies).then(reasonsToRestart)),
  }
}

async function oneDriveStates(context: StepContext): Promise<AppsMeasured['onedrive']> {
  const sight = await orNull(context, findOneDrive(context))
  if (sight?.kind === 'unknown') context.log('warning', `OneDrive is not measured: ${sight.reason}`)
  if (sight?.kind !== 'seen') return null
  return [
    ...(sight.machineWide === null ? [] : (['installed'] as const)),
    ...(sight.forNewUsers ? (['provisioned'] as const) : []),
  ]
}
