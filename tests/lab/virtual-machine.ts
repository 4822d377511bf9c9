import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { chooseAccelerator, processorArguments } from './accelerator.ts'
import { firmwareArguments } from './firmware.ts'
import { openLineLog } from './line-log.ts'
import type { LineLog } from './line-log.ts'
import type { LabNetwork } from './network.ts'
import { firmwareFor, networkArguments, type NetworkPlug } from './network-cards.ts'
import { connectQmp } from './qmp.ts'
import type { Qmp } from './qmp.ts'

/** A disk or stick of a virtual machine: a sparse raw file, made when it is not there. */
export type VirtualDisk = {
  kind: 'nvme' | 'sata' | 'usb'
  file: string
  sizeBytes: number
  serial: string
  /** Place in the firmware's boot order, from 1. */
  bootIndex?: number
}

export type VirtualMachineOptions = NetworkPlug & {
  network: LabNetwork
  /** Where its firmware variables, serial log and sockets lie; a second machine in the same folder keeps the variables. */
  folder: string
  name: string
  disks?: VirtualDisk[]
  memoryMiB?: number
  /**
   * One unless told. With two, QEMU 7.2's emulation now and then runs code that the other processor is just patching: the
   * guest kernel dies of an `int3` (seen in secure_ipv4_port_ephemeral) and restarts, which costs a boot.
   */
  cpus?: number
  smbios?: { product: string; board: string; serial: string; uuid: string }
  tpm?: boolean
  /** -no-reboot: a restart of the machine ends QEMU. */
  endAtRestart?: boolean
}

export type VirtualMachine = {
  serial: LineLog
  /** Since QEMU was started. */
  poweredOnAt: number
  restarts(): number
  /** Resolves at the next restart (guest or ours) after the first `after` ones. */
  waitForRestart(after: number, timeoutMs: number): Promise<void>
  /** Writes what the screen shows to a PNG file. */
  screenshot(file: string): Promise<void>
  type(keys: string[]): Promise<void>
  reset(): Promise<void>
  /** The plug is pulled: QEMU is killed at once. */
  cutPower(): Promise<void>
  isRunning(): boolean
  /** Seconds of processor time used so far, over all its threads. */
  processorSeconds(): number
  /** Resolves when the machine is off. */
  ended: Promise<void>
  qmp: Qmp
}

const nuc = {
  product: 'NUC11TNKi5',
  board: 'NUC11TNBi5',
  serial: 'G6TN14500ABC',
  uuid: '88f3b3a0-5f2c-11ec-9d64-0242ac120002',
}

/** Switches a virtual NUC on: Secure Boot with Microsoft's keys unless the firmware needs a driver, the network first in the boot order. */
export async function startVirtualMachine(options: VirtualMachineOptions): Promise<VirtualMachine> {
  const { network, folder, name } = options
  mkdirSync(folder, { recursive: true })
  const variables = join(folder, `${name}-variables.fd`)
  const firmware = firmwareFor(options)
  if (!existsSync(variables)) copyFileSync(firmware.variables, variables)
  for (const disk of options.disks ?? []) await makeDisk(disk)
  const qmpSocket = join(folder, `${name}.qmp`)
  const accelerator = await chooseAccelerator()
  const tpm = options.tpm === true ? await startTpm(folder, name) : undefined

  const qemu = network.spawn(
    'qemu-system-x86_64',
    [
      ...['-name', name, '-nodefaults', '-display', 'none', '-vga', 'std', '-rtc', 'base=utc'],
      ...processorArguments(accelerator),
      ...firmwareArguments(firmware, variables),
      ...['-smp', String(options.cpus ?? 1), '-m', String(options.memoryMiB ?? 3072)],
      ...smbiosArguments(options.smbios ?? nuc),
      ...networkArguments(options, () => network.addTap()),
      ...['-device', 'usb-kbd'],
      ...(options.disks ?? []).flatMap(diskArguments),
      ...(tpm ? ['-chardev', `socket,id=tpm,path=${tpm.socket}`, '-tpmdev', 'emulator,id=tpm,chardev=tpm'] : []),
      ...(tpm ? ['-device', 'tpm-tis,tpmdev=tpm'] : []),
      ...['-object', 'rng-random,filename=/dev/urandom,id=rng', '-device', 'virtio-rng-pci,rng=rng'],
      ...['-chardev', 'stdio,id=serial,signal=off', '-serial', 'chardev:serial'],
      ...['-qmp', `unix:${qmpSocket},server=on,wait=off`],
      ...(options.endAtRestart === true ? ['-no-reboot'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const poweredOnAt = Date.now()
  const ended = once(qemu, 'close').then(() => tpm?.program.kill())
  const isRunning = (): boolean => qemu.exitCode === null && qemu.signalCode === null
  let complaints = ''
  qemu.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  if (!qemu.stdout) throw new Error('unreachable: stdout is a pipe')
  const serial = openLineLog(qemu.stdout, join(folder, `${name}-serial.log`))
  const qmp = await connectQmp(qmpSocket, isRunning).catch((error: unknown) => {
    throw new Error(`QEMU did not start: ${complaints}`, { cause: error })
  })
  return { ...controls(qemu, qmp), serial, poweredOnAt, isRunning, ended: ended.then(() => undefined), qmp }
}

type Controls = Omit<VirtualMachine, 'serial' | 'poweredOnAt' | 'isRunning' | 'ended' | 'qmp'>

function controls(qemu: ChildProcess, qmp: Qmp): Controls {
  let restarts = 0
  const waiting = new Set<() => void>()
  qmp.onEvent(({ event }) => {
    if (event !== 'RESET') return
    restarts += 1
    waiting.forEach((tell) => tell())
  })
  return {
    processorSeconds() {
      // proc(5): after the name in brackets, utime and stime are the 12th and 13th fields, in hundredths of a second.
      const stat = readFileSync(`/proc/${qemu.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    restarts: () => restarts,
    async waitForRestart(after, timeoutMs) {
      if (restarts > after) return
      const { promise, resolve, reject } = Promise.withResolvers<undefined>()
      const tell = (): void => (restarts > after ? resolve(undefined) : undefined)
      waiting.add(tell)
      const timer = setTimeout(() => reject(new Error(`no restart within ${timeoutMs / 1000} s`)), timeoutMs)
      await promise.finally(() => {
        waiting.delete(tell)
        clearTimeout(timer)
      })
    },
    screenshot: async (filename) => void (await qmp.execute('screendump', { filename, format: 'png' })),
    type: async (keys) => {
      const pressed = keys.map((key) => ({ type: 'qcode', data: key }))
      await qmp.execute('send-key', { keys: pressed })
    },
    reset: async () => void (await qmp.execute('system_reset')),
    async cutPower() {
      if (qemu.exitCode !== null || qemu.signalCode !== null) return
      const gone = once(qemu, 'close')
      // `ip netns exec` becomes QEMU (execvp), so this is QEMU itself.
      qemu.kill('SIGKILL')
      await gone
    },
  }
}

function smbiosArguments({ product, board, serial, uuid }: NonNullable<VirtualMachineOptions['smbios']>): string[] {
  return [
    ...['-smbios', `type=0,vendor=Intel Corp.,version=TNTGL357.0071.2022.1213.1111,date=12/13/2022,uefi=on`],
    ...[
      '-smbios',
      `type=1,manufacturer=Intel(R) Client Systems,product=${product},version=M15422-403,serial=${serial},uuid=${uuid}`,
    ],
    ...[
      '-smbios',
      `type=2,manufacturer=Intel Corporation,product=${board},version=M11898-403,serial=BTTN${serial.slice(4)}`,
    ],
    ...['-smbios', `type=3,manufacturer=Intel Corporation,version=2.0,serial=${serial}`],
    ...[
      '-smbios',
      `type=17,loc_pfx=SODIMM,bank=BANK 0,manufacturer=Kingston,serial=8E1A2B3C,part=KF432S20IB/16,speed=3200`,
    ],
  ]
}

function diskArguments(disk: VirtualDisk, number: number): string[] {
  const id = `disk${number}`
  const place = disk.bootIndex === undefined ? '' : `,bootindex=${disk.bootIndex}`
  const device = {
    nvme: `nvme,drive=${id},serial=${disk.serial}${place}`,
    sata: `ide-hd,bus=ide.${number},drive=${id},serial=${disk.serial}${place}`,
    usb: `usb-storage,bus=xhci.0,drive=${id},serial=${disk.serial},removable=on${place}`,
  }[disk.kind]
  const file = `if=none,id=${id},file=${disk.file},format=raw,cache=unsafe,discard=unmap,detect-zeroes=unmap`
  return ['-drive', file, '-device', device]
}

async function makeDisk({ file, sizeBytes }: VirtualDisk): Promise<void> {
  if (existsSync(file)) return
  const handle = await open(file, 'w')
  await handle.truncate(sizeBytes)
  await handle.close()
}

async function startTpm(folder: string, name: string): Promise<{ socket: string; program: ChildProcess }> {
  const state = join(folder, `${name}-tpm`)
  mkdirSync(state, { recursive: true })
  const socket = join(folder, `${name}.tpm`)
  const args = ['socket', '--tpm2', '--tpmstate', `dir=${state}`, '--ctrl', `type=unixio,path=${socket}`, '--terminate']
  const program = spawn('swtpm', args, { stdio: 'ignore' })
  for (let tries = 0; tries < 100 && !existsSync(socket); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return { socket, program }
}
