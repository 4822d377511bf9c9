import { copyFile, cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPath } from './windows-volume.ts'

/** `from` below `Windows\Boot`, `to` below the ESP: what bcdboot copies, the BCD store aside. */
const folders = [
  { from: 'EFI', to: 'EFI/Microsoft/Boot' },
  { from: 'Fonts', to: 'EFI/Microsoft/Boot/Fonts' },
  { from: 'Resources', to: 'EFI/Microsoft/Boot/Resources' },
] as const

/** Files signed by Windows UEFI CA 2023, copied over the plain ones under their names (`bcdboot /bootex`). */
const exFolders = [
  { from: 'EFI_EX', to: 'EFI/Microsoft/Boot' },
  { from: 'Fonts_EX', to: 'EFI/Microsoft/Boot/Fonts' },
] as const

const managers = {
  standard: ['Windows', 'Boot', 'EFI', 'bootmgfw.efi'],
  ex: ['Windows', 'Boot', 'EFI_EX', 'bootmgfw_EX.efi'],
} as const

export type BootManagerUse = keyof typeof managers
export type BootManagers = Record<BootManagerUse, Uint8Array | null>

/** For the sentence of an image that has none. */
export const bootManagerPath = managers.standard.join('\\')

/** The image's boot managers, whole; null for one it does not have. */
export async function readBootManagers(windows: string): Promise<BootManagers> {
  const read = async (use: BootManagerUse): Promise<Uint8Array | null> => {
    const path = await findPath(windows, managers[use])
    return path === null ? null : readFile(path)
  }
  return { standard: await read('standard'), ex: await read('ex') }
}

/**
 * Copies the image's boot files to the EFI system partition, and the boot manager a second time to where firmware looks
 * when its own list of boot entries is lost (UEFI 2.10 §3.5.1.1). Any folder may be absent. What lies on the ESP already,
 * whole or cut short, is written over.
 *
 * @param windows - folder where the Windows volume is mounted
 * @param esp - folder where the ESP is mounted
 * @param use - which boot manager; it must be there
 * @returns folders written, relative to the ESP
 */
export async function copyBootFiles(windows: string, esp: string, use: BootManagerUse): Promise<string[]> {
  const copied = new Set<string>()
  for (const { from, to } of folders) {
    const source = await findPath(windows, ['Windows', 'Boot', from])
    if (source === null) continue
    await cp(source, join(esp, to), { recursive: true, force: true })
    copied.add(to)
  }
  for (const { from, to } of use === 'ex' ? exFolders : []) {
    const source = await findPath(windows, ['Windows', 'Boot', from])
    if (source === null) continue
    await copyPlainlyNamed(source, join(esp, to))
    copied.add(to)
  }
  const manager = await findPath(windows, managers[use])
  if (manager === null) throw new Error(`${managers[use].join('\\')} is gone`)
  await mkdir(join(esp, 'EFI/Boot'), { recursive: true })
  await copyFile(manager, join(esp, 'EFI/Boot/bootx64.efi'))
  return [...copied]
}

async function copyPlainlyNamed(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name)
    const to = join(target, plainName(entry.name))
    await (entry.isDirectory() ? copyPlainlyNamed(from, to) : copyFile(from, to))
  }
}

/** `bootmgfw_EX.efi` → `bootmgfw.efi`, `wgl4_boot_EX.ttf` → `wgl4_boot.ttf`. */
export function plainName(name: string): string {
  return name.replace(/_EX(?=\.|$)/i, '')
}
