import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { findPath } from '../../../agent/environment/offline-windows/windows-volume.ts'
import { storeFromHive, type Element, type Store } from '../../../images/bcd/store.ts'
import { elements, wellKnown } from '../../../images/bcd/well-known.ts'
import { readHive } from '../../../images/registry/read-hive.ts'

/**
 * Mounts the volume that the disk's own BCD store names, as Windows' boot manager finds it: the default entry of
 * {bootmgr}, its `osdevice`, the partition with that GUID.
 *
 * @param esp - device of the EFI system partition that this start came from
 */
export async function mountWindows(esp: string, drive: string): Promise<void> {
  const folder = '/run/stand-in/esp'
  mkdirSync(folder, { recursive: true })
  run('mount', ['-t', 'vfat', '-o', 'ro', esp, folder])
  const store = storeFromHive(readHive(readFileSync(join(folder, 'EFI/Microsoft/Boot/BCD'))))
  run('umount', [folder])
  const { partition, loader } = bootEntry(store)
  mkdirSync(drive, { recursive: true })
  run('ntfs-3g', [deviceOf(partition), drive])
  const names = loader.split('\\').filter((name) => name !== '')
  if ((await findPath(drive, names)) === null) throw new Error(`the boot entry names ${loader}, which is not there`)
}

/** Ends what still runs there, as Windows does when it goes down; everything written is on the disk afterwards. */
export function unmountWindows(drive: string): void {
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && worksOn(drive, `/proc/${name}/cwd`)) process.kill(Number(name), 'SIGKILL')
  }
  run('sync', [])
  run('umount', [drive])
  run('sync', [])
}

function worksOn(drive: string, link: string): boolean {
  try {
    return `${readlinkSync(link)}/`.startsWith(`${drive}/`)
  } catch (error) {
    // It has ended meanwhile, or is the kernel's.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return false
    throw error
  }
}

function bootEntry(store: Store): { partition: string; loader: string } {
  const chosen = elementOf(store, wellKnown.bootmgr, elements.bootDefault)
  if (chosen?.kind !== 'object') throw new Error('the boot manager has no default')
  const device = elementOf(store, chosen.id, elements.osdevice)
  const path = elementOf(store, chosen.id, elements.path)
  if (device?.kind !== 'device' || device.device.kind !== 'gpt-partition' || path?.kind !== 'string') {
    throw new Error('the default entry names no Windows on a partition')
  }
  return { partition: device.device.partition, loader: path.text }
}

function elementOf(store: Store, id: string, number: number): Element | undefined {
  return store.objects.find((object) => object.id === id)?.elements.get(number)
}

function deviceOf(partition: string): string {
  const found = readdirSync('/sys/class/block').find((name) => uniqueGuid(name) === partition.toLowerCase())
  if (found === undefined) throw new Error(`no partition ${partition} on any disk`)
  return `/dev/${found}`
}

/** As the partition table says it; null for a whole disk. */
function uniqueGuid(name: string): string | null {
  const folder = realpathSync(`/sys/class/block/${name}`)
  if (!existsSync(join(folder, 'partition'))) return null
  const number = readFileSync(join(folder, 'partition'), 'utf8').trim()
  const disk = `/dev/${basename(dirname(folder))}`
  const said = execFileSync('sgdisk', [`--info=${number}`, disk], { encoding: 'utf8' })
  return /unique GUID: *(\S+)/i.exec(said)?.[1]?.toLowerCase() ?? null
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
}
