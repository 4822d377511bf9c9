import { spawn } from 'node:child_process'
import { accessSync, constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { firmwareArguments, secureFirmware } from './firmware.ts'
import { connectQmp } from './qmp.ts'

export type Accelerator = 'kvm' | 'tcg'

export function processorArguments(accelerator: Accelerator): string[] {
  return accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi', '-cpu', 'max']
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
  copyFileSync(secureFirmware.variables, join(folder, 'variables.fd'))
  const qmpSocket = join(folder, 'qmp')
  const quiet = ['-m', '512', '-nic', 'none', '-display', 'none', '-serial', 'none', '-no-reboot']
  const control = ['-qmp', `unix:${qmpSocket},server=on,wait=off`]
  const machine = [...processorArguments('kvm'), ...firmwareArguments(secureFirmware, join(folder, 'variables.fd'))]
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
