import { stat } from 'node:fs/promises'
import { hashFile } from '../files/disk.ts'
import { catalogueRefusal } from '../errors.ts'

export type Hashes = {
  /**
   * SHA-256 of a file as it was listed; computed once for each size and time of change. Throws Refusal
   * MATERIAL_UNSTABLE when it changes meanwhile, what the file system throws, and the closing signal's reason.
   */
  of(path: string, listed: { sizeBytes: number; modifiedMs: number }): Promise<string>
}

type Known = { sizeBytes: number; modifiedMs: number; sha256: Promise<string> }

/** Two files at once keep a disk busy; more would only make it seek. */
const atOnce = 2

/** @param signal ends whatever is being read when the server stops */
export function createHashes(signal: AbortSignal): Hashes {
  const known = new Map<string, Known>()
  const waiting: Array<() => void> = []
  let running = 0

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // Whoever waits takes this place over, so that no third one slips in between.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  return {
    of: (path, { sizeBytes, modifiedMs }) => {
      const found = known.get(path)
      if (found?.sizeBytes === sizeBytes && found.modifiedMs === modifiedMs) return found.sha256
      const sha256 = inTurn(() => hashUnchanged(path, { sizeBytes, modifiedMs }, signal))
      const entry = { sizeBytes, modifiedMs, sha256 }
      known.set(path, entry)
      sha256.catch(() => known.get(path) === entry && known.delete(path))
      return sha256
    },
  }
}

async function hashUnchanged(
  path: string,
  { sizeBytes, modifiedMs }: { sizeBytes: number; modifiedMs: number },
  signal: AbortSignal,
): Promise<string> {
  const sha256 = await hashFile(path, { signal })
  const { size, mtimeMs } = await stat(path)
  if (size === sizeBytes && mtimeMs === modifiedMs) return sha256
  throw catalogueRefusal('MATERIAL_UNSTABLE', { file: path.split('/').slice(-2).join('/') })
}
