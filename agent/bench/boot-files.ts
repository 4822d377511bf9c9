import { cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** `from` below the Windows volume, `to` below the ESP: what bcdboot copies, the BCD store aside. */
const folders = [
  { from: ['Windows', 'Boot', 'EFI'], to: 'EFI/Microsoft/Boot' },
  { from: ['Windows', 'Boot', 'Fonts'], to: 'EFI/Microsoft/Boot/Fonts' },
  { from: ['Windows', 'Boot', 'Resources'], to: 'EFI/Microsoft/Boot/Resources' },
] as const

const bootManager = ['Windows', 'Boot', 'EFI', 'bootmgfw.efi'] as const

export type BootFiles = { kind: 'copied'; folders: string[] } | { kind: 'missing'; path: string }

/**
 * Copies the image's boot files to the EFI system partition, and the boot manager a second time to where firmware looks
 * when its own list of boot entries is lost (UEFI 2.10 §3.5.1.1). Fonts and resources may be absent, the boot manager may not.
 */
export async function copyBootFiles(windows: string, esp: string): Promise<BootFiles> {
  const manager = await findPath(windows, bootManager)
  if (manager === null) return { kind: 'missing', path: bootManager.join('\\') }
  const copied: string[] = []
  for (const { from, to } of folders) {
    const source = await findPath(windows, from)
    if (source === null) continue
    await cp(source, join(esp, to), { recursive: true, force: true })
    copied.push(to)
  }
  await mkdir(join(esp, 'EFI/Boot'), { recursive: true })
  await cp(manager, join(esp, 'EFI/Boot/bootx64.efi'), { force: true })
  return { kind: 'copied', folders: copied }
}

/** Windows does not care about the case of names, ntfs-3g does; images of different origin write `windows` and `Windows`. */
async function findPath(root: string, names: readonly string[]): Promise<string | null> {
  let path = root
  for (const name of names) {
    const entries = await readdir(path)
    const found =
      entries.find((entry) => entry === name) ?? entries.find((entry) => entry.toLowerCase() === name.toLowerCase())
    if (found === undefined) return null
    path = join(path, found)
  }
  return path
}
