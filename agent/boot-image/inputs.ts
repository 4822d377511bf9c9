import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** SHA-256 over named parts, in the order given. */
export function hashInputs(parts: Readonly<Record<string, string | Uint8Array>>): string {
  const hash = createHash('sha256')
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content)
    hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** The named files and all files of the named folders below `folder`, by relative path, as parts for {@link hashInputs}. */
export async function readInputs(folder: string, names: readonly string[]): Promise<Record<string, Uint8Array>> {
  const parts: Record<string, Uint8Array> = {}
  for (const name of names) {
    if (name.endsWith('/')) {
      for (const entry of (await readdir(join(folder, name))).sort())
        parts[name + entry] = await readFile(join(folder, name, entry))
    } else parts[name] = await readFile(join(folder, name))
  }
  return parts
}
