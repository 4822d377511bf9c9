import { spawn } from 'node:child_process'
import { accessSync, constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectQmp } from './qmp.ts'

/** Debian's `ovmf`: the firmware with Secure Boot, and variables with Microsoft's keys enrolled. */
export const firmwareCode = '/usr/share/OVMF/OVMF_CODE_4M.ms.fd'
export const firmwareVariables = '/usr/share/OVMF/OVMF_VARS_4M.ms.fd'

export type Accelerator = 'kvm' | 'tcg'

/** Secure Boot in OVMF stands on System Management Mode. */
export function machineArguments(accelerator: Accelerator): string[] {
  return [
    ...['-machine', 'q35,smm=on', '-global', 'driver=cfi.pflash01,property=secure,value=on'],
    ...(accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi', '-cpu', 'max']),
  ]
}

export function firmwareArguments(variables: string): string[] {
  return [
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${firmwareCode}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${variables}`],
  ]
}

let found: Promise<Accelerator> | undefined

/** KVM where the firmware runs on it (a nested /dev/kvm may lack SMM, or crash at the first instruction); else emulation. */
export function chooseAccelerator(): Promise<Accelerator> {
  found ??= probeKvm().then((works) => (works ? 'kvm' : 'tcg'))
  return found
}

async function probeKvm(): Promise<boolean> {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK)
  } catch {
    return false
  }
  const folder = mkdtempSync(join(tmpdir(), 'etabli-kvm-'))
  copyFileSync(firmwareVariables, join(folder, 'variables.fd'))
  const qmpSocket = join(folder, 'qmp')
  const quiet = ['-m', '512', '-nic', 'none', '-display', 'none', '-serial', 'none', '-no-reboot']
  const control = ['-qmp', `unix:${qmpSocket},server=on,wait=off`]
  const machine = [...machineArguments('kvm'), ...firmwareArguments(join(folder, 'variables.fd'))]
  const qemu = spawn('qemu-system-x86_64', [...machine, ...quiet, ...control], { stdio: 'ignore' })
  const isRunning = (): boolean => qemu.exitCode === null && qemu.signalCode === null
  qemu.on('error', () => undefined)
  try {
    const qmp = await connectQmp(qmpSocket, isRunning)
    await sleep(2500)
    const status = isRunning() ? JSON.stringify(await qmp.execute('query-status')) : ''
    qmp.close()
    return status.includes('"running"')
  } catch {
    return false
  } finally {
    qemu.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
