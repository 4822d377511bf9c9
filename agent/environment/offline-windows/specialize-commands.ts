import type { SpecializeCommand } from '../../../images/unattend/settings.ts'
import { executableFile } from '../../protocol/windows-agent/manifest.ts'
import { specializeCommand } from '../../protocol/windows-agent/start-up.ts'
import { etabliPath } from './windows-volume.ts'

/** Starts the agent from the specialize pass. */
export const agentStart: SpecializeCommand = {
  path: specializeCommand(`${etabliPath}\\${executableFile}`),
  description: 'Etabli: agent',
}

/**
 * Puts the copied drivers into Windows' driver store and onto their devices, before there is a network. `pnputil` ends
 * with 259 or 3010 when all is well (PnPUtil return values), so its code is not Windows' setup's to judge: of other codes
 * than 0, 1 and 2 Microsoft says "installation terminated" (RunSynchronousCommand, WillReboot). Its words are kept.
 */
export const driversCommand: SpecializeCommand = {
  path:
    `cmd.exe /d /c pnputil.exe /add-driver "${etabliPath}\\drivers\\*.inf" /subdirs /install` +
    ` >"${etabliPath}\\drivers.log" 2>&1 & exit 0`,
  description: 'Etabli: drivers',
}
