import type { Disk, Inventory } from '../../protocol/inventory.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Exec } from '../../runtime/exec.ts'
import { listAcpiDevices, listPciDevices, listUsbDevices } from './devices.ts'
import { readNvmeSmartLog, readSmartctl, unknownHealth } from './disk-health.ts'
import { isOfDisk, mountedDevices } from './disk-use.ts'
import { listDisks, type DiskFacts } from './disks.ts'
import { listNetworkInterfaces } from './network-interfaces.ts'
import { mergeProcessor, readCpuInfo } from './processor.ts'
import { readSecureBoot } from './secure-boot.ts'
import { readSmbios } from './smbios.ts'
import type { SourceFiles } from './source-files.ts'
import { readTpm } from './tpm.ts'

export type InventoryDependencies = {
  files: SourceFiles
  clock: Clock
  signal: AbortSignal
  /** Below it is what steps mount; the rest of what is mounted is the environment's own. */
  mountFolder: string
  /** For smartctl and nvme; a missing program leaves the health unknown. */
  exec: Exec
  askTpm(command: Uint8Array): Promise<Uint8Array | null>
  /** IPv4 address of a network card by the kernel's name. */
  addressOf(name: string): string | null
}

/** Everything the machine says of itself. A source that is missing gives null or "unknown", never an error. */
export async function readInventory(sources: InventoryDependencies): Promise<Inventory> {
  const { files } = sources
  const table = (await files.bytes('sys/firmware/dmi/tables/DMI')) ?? new Uint8Array()
  const smbios = readSmbios(table, await files.bytes('sys/firmware/dmi/tables/smbios_entry_point'))
  const cpuInfo = readCpuInfo((await files.text('proc/cpuinfo')) ?? '')
  const maxKhz = await files.text('sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq')
  return {
    system: smbios.system,
    board: smbios.board,
    firmware: {
      ...smbios.firmware,
      mode: (await files.list('sys/firmware/efi')).length > 0 ? 'uefi' : 'bios',
      windowsKey: (await files.list('sys/firmware/acpi/tables')).includes('MSDM'),
    },
    secureBoot: await readSecureBoot(files),
    tpm: await readTpm(files, sources.askTpm),
    processor: mergeProcessor(cpuInfo, smbios.processor, maxKhz),
    memory: {
      ...smbios.memory,
      totalBytes: smbios.memory.totalBytes || kernelMemory((await files.text('proc/meminfo')) ?? ''),
    },
    disks: await readDisks(sources),
    networkInterfaces: await listNetworkInterfaces(files, sources.addressOf),
    devices: [
      ...(await listPciDevices(files)),
      ...(await listUsbDevices(files)),
      ...(await listAcpiDevices(files)),
    ].slice(0, 512),
  }
}

/** What the kernel can use, a little less than what is fitted; only for machines whose SMBIOS is silent. */
function kernelMemory(meminfo: string): number {
  return Number(/^MemTotal:\s+(\d+) kB/m.exec(meminfo)?.[1] ?? 0) * 1024
}

/** The disks with their health, and which of them the environment came from. */
export async function readDisks(
  sources: Pick<InventoryDependencies, 'files' | 'exec' | 'clock' | 'signal' | 'mountFolder'>,
): Promise<Disk[]> {
  const { files, mountFolder } = sources
  const mounts = [...mountedDevices((await files.text('proc/mounts')) ?? '')]
  const mounted = mounts.filter(([, target]) => !target.startsWith(`${mountFolder}/`)).map(([device]) => device)
  return Promise.all(
    (await listDisks(files)).map(async (disk) => ({
      ...disk,
      bootMedium: mounted.some((device) => isOfDisk(device, disk.name)),
      health: await soonOrUnknown(readHealth(disk, sources.exec), sources),
    })),
  )
}

/** A dying disk may hold a program for minutes; the machine is not to wait for it. */
const healthMs = 10_000

async function soonOrUnknown(
  health: Promise<Disk['health']>,
  { clock, signal }: Pick<InventoryDependencies, 'clock' | 'signal'>,
): Promise<Disk['health']> {
  const answered = new AbortController()
  const late = clock.sleep(healthMs, AbortSignal.any([signal, answered.signal])).then(
    () => unknownHealth,
    () => unknownHealth,
  )
  try {
    return await Promise.race([health, late])
  } finally {
    answered.abort()
  }
}

async function readHealth({ name, transport }: DiskFacts, exec: Exec): Promise<Disk['health']> {
  if (transport === 'usb' || transport === 'mmc' || transport === 'virtio') return unknownHealth
  const quiet = { quiet: true }
  const smart = await exec('smartctl', ['--json', '--all', `/dev/${name}`], quiet)
  const health = smart.kind === 'exited' ? readSmartctl(smart.stdout) : unknownHealth
  if (health.verdict !== 'unknown' || transport !== 'nvme') return health
  const log = await exec('nvme', ['smart-log', '--output-format=json', `/dev/${name}`], quiet)
  return log.kind === 'exited' ? readNvmeSmartLog(log.stdout) : unknownHealth
}
