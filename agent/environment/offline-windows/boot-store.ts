import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hiveFromStore } from '../../../images/bcd/store.ts'
import { windowsStore, type WindowsStoreRequest } from '../../../images/bcd/windows-store.ts'
import { windowsOfBuild } from '../../../images/windows-version.ts'
import { writeHive } from '../../../images/registry/write-hive.ts'

const folder = 'EFI/Microsoft/Boot'
/** FILETIME counts from 1601-01-01, in 100 ns (MS-DTYP §2.3.3). */
const unixEpoch = 116_444_736_000_000_000n

/**
 * Writes the BCD store to the ESP: whole under another name, then renamed, so that a power cut leaves none or a good one.
 *
 * @param esp - folder where the ESP is mounted
 * @returns its path from there
 */
export async function writeBootStore(esp: string, request: WindowsStoreRequest, now: Date): Promise<string> {
  const bytes = writeHive(hiveFromStore(windowsStore(request), toFileTime(now)))
  const path = `${folder}/BCD`
  await mkdir(join(esp, folder), { recursive: true })
  // Transaction logs of an older store would be replayed into this one.
  for (const log of ['BCD.LOG', 'BCD.LOG1', 'BCD.LOG2']) await rm(join(esp, folder, log), { force: true })
  const partial = join(esp, `${path}.new`)
  await writeAndSync(partial, bytes)
  await rename(partial, join(esp, path))
  return path
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

export function toFileTime(time: Date): bigint {
  return BigInt(time.getTime()) * 10_000n + unixEpoch
}

/** `Windows 11` or `Windows 10`: what the image's name says, else what the boot manager's build says, else the newer. */
export function describeWindows(imageName: string, build: number | null): string {
  const named = /windows\s*(10|11)\b/i.exec(imageName)?.[1]
  return `Windows ${named ?? (build === null ? 11 : (windowsOfBuild(build) ?? ''))}`.trim()
}

/** The run's language when it is one, as Windows names languages (RFC 5646: `fr-FR`); else French. */
export function localeOf(variable: unknown): string {
  return typeof variable === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})+$/i.test(variable) ? variable : 'fr-FR'
}
