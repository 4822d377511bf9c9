import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Our folder on the volume, and as Windows names it. Users may not read it: it holds the agent's key. */
export const etabliFolder: readonly string[] = ['ProgramData', 'Etabli']
export const etabliPath = 'C:\\ProgramData\\Etabli'

/**
 * The path of something that is there, whatever the case of its names: Windows does not care, ntfs-3g does, and images of
 * different origin write `windows` and `Windows`. Null when it is not there.
 */
export async function findPath(root: string, names: readonly string[]): Promise<string | null> {
  let path = root
  for (const name of names) {
    const found = await findName(path, name)
    if (found === null) return null
    path = join(path, found)
  }
  return path
}

/** The same for a folder; what is missing of it is made. */
export async function makeFolder(root: string, names: readonly string[]): Promise<string> {
  let path = root
  for (const name of names) {
    const found = await findName(path, name)
    path = join(path, found ?? name)
    if (found === null) await mkdir(path)
  }
  return path
}

async function findName(folder: string, name: string): Promise<string | null> {
  const entries = await readdir(folder)
  const twin = (): string | undefined => entries.find((entry) => entry.toLowerCase() === name.toLowerCase())
  return entries.find((entry) => entry === name) ?? twin() ?? null
}
