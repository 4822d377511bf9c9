import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { activateWindows } from './activate-windows.ts'
import { createShortcuts } from './create-shortcuts.ts'
import { findAppx, provisionMsix } from './find-appx.ts'
import { measureApps } from './measure-apps.ts'
import { measureHardware } from './measure-hardware.ts'
import { measureWindows } from './measure-windows.ts'
import { labelDrive, renameComputer } from './names.ts'
import { pendingRestart } from './pending-restart.ts'
import { problemDevices } from './problem-devices.ts'
import { readRegistry } from './read-registry.ts'
import { removeAppx, removeCapabilities, removeFeatures } from './removal.ts'
import {
  decryptDrives,
  firstSignIn,
  forgetAtRestart,
  runSysprep,
  sealAccount,
  sealReadiness,
  sealSession,
  sealTraces,
  sysprepOutcome,
} from './sealing.ts'
import { updateInstall } from './update-install.ts'
import { updateSearch } from './update-search.ts'

/** Plays one of our PowerShell scripts: what it would send as its result in this Windows. */
export type ScriptPlayer = (machine: Machine, input: Record<string, unknown>, atMs: number) => Answer

/** By the name in the second line of the script. */
export const scripts: ReadonlyMap<string, ScriptPlayer> = new Map<string, ScriptPlayer>([
  ['activate-windows', activateWindows],
  ['create-shortcuts', createShortcuts],
  ['find-appx', findAppx],
  ['installed-updates', (machine) => ({ machine, code: 0, result: { kbs: machine.packages } })],
  // An installer that hangs uses nothing more; one that does not has ended before anybody looks twice.
  ['installer-effort', (machine) => ({ machine, code: 0, result: { cpuSeconds: 0.5, writtenBytes: 4096 } })],
  ['measure-apps', measureApps],
  ['measure-hardware', measureHardware],
  ['measure-windows', measureWindows],
  ['pending-restart', pendingRestart],
  ['problem-devices', problemDevices],
  ['forget-at-restart', forgetAtRestart],
  ['provision-msix', provisionMsix],
  ['read-registry', readRegistry],
  ['remove-appx', removeAppx],
  ['remove-capabilities', removeCapabilities],
  ['remove-features', removeFeatures],
  ['label-drive', labelDrive],
  ['rename-computer', renameComputer],
  ['decrypt-drives', decryptDrives],
  ['first-sign-in', firstSignIn],
  ['run-sysprep', runSysprep],
  ['seal-account', sealAccount],
  ['seal-readiness', sealReadiness],
  ['seal-session', sealSession],
  ['seal-traces', sealTraces],
  ['sysprep-outcome', sysprepOutcome],
  ['update-install', updateInstall],
  ['update-search', updateSearch],
])
