import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { fetchMaterial } from '../../runtime/material-files.ts'
import type { MaterialFile } from '../../protocol/materials.ts'
import type { StepContext } from '../../runtime/step.ts'

/**
 * Makes sure that a material lies in `folder`, as it was pinned: one the environment wrote is read and compared, and
 * fetched when it is not there or not whole. Throws what `fetchMaterial` throws. `onBytes` hears of every piece fetched.
 *
 * @returns where it lies
 */
export async function keepMaterial(
  context: StepContext,
  file: MaterialFile,
  folder: string,
  onBytes?: (count: number) => void,
): Promise<string> {
  const target = join(folder, ...file.path.split('/'))
  if (await isWhole(target, file, context.signal)) return target
  return fetchMaterial(context, file, folder, onBytes)
}

async function isWhole(path: string, { sizeBytes, sha256 }: MaterialFile, signal: AbortSignal): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false })?.size !== sizeBytes) return false
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) {
    signal.throwIfAborted()
    hash.update(chunk)
  }
  return hash.digest('hex') === sha256
}
