import { createHash } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from './system-error.ts'

/** Just past what the YAML reader takes, so that it says that the file is too large. */
const mostBytes = 300 * 1024

/** A text file's beginning, whole unless it is absurdly long; null when there is none. */
export async function readText(path: string): Promise<string | null> {
  try {
    await using file = await open(path)
    const bytes = Buffer.alloc(mostBytes)
    const { bytesRead } = await file.read(bytes, 0, mostBytes, 0)
    return bytes.toString('utf8', 0, bytesRead)
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR') || isErrno(error, 'EISDIR')) return null
    throw error
  }
}

/** The names of `.yaml` files in a folder, without their ending; none when there is no folder. */
export async function listYaml(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && /^[^.].*\.yaml$/.test(entry.name))
      .map(({ name }) => name.slice(0, -'.yaml'.length))
      .sort()
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return []
    throw error
  }
}

/** A file that is ours, or the workshop's of the same name, which wins. */
export type YamlSource = { id: string; origin: 'shipped' | 'own'; text: string; sha256: string }

/** Every file of two folders by its name, the workshop's before ours. */
export async function readSources(shipped: string, own: string): Promise<YamlSource[]> {
  const found = new Map<string, YamlSource>()
  for (const [folder, origin] of [[shipped, 'shipped'] as const, [own, 'own'] as const]) {
    for (const id of await listYaml(folder)) {
      const text = await readText(join(folder, `${id}.yaml`))
      if (text !== null) found.set(id, { id, origin, text, sha256: sha256Of(text) })
    }
  }
  return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
