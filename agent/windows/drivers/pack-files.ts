import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInf } from '../../../images/inf/read-inf.ts'
import type { PinnedDrivers } from '../../protocol/materials.ts'
import type { StepContext } from '../../runtime/step.ts'
import { keepMaterial } from '../system/kept-materials.ts'
import { servedIds } from './blame.ts'

/** One INF on the machine's disk. */
export type PackInf = { pack: string; inf: string; file: string }

/** Where the environment puts the packs, below the agent's folder. */
export const driversFolder = 'drivers'

/**
 * Makes sure that every file of the packs is there whole, and gives their INFs in order. Throws what `fetchMaterial`
 * throws: the environment may have been passed over, or have lost its power.
 */
export async function keepPacks(
  context: StepContext,
  folder: string,
  packs: readonly PinnedDrivers[],
  onBytes: (done: number, total: number) => void,
): Promise<PackInf[]> {
  const total = packs.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  let done = 0
  for (const { pack, files } of packs) {
    for (const file of files) {
      // The pack's name is part of the path that is checked: it must not lead out of the folder either.
      await keepMaterial(context, { ...file, path: `${pack}/${file.path}` }, join(folder, driversFolder))
      onBytes((done += file.sizeBytes), total)
    }
  }
  return packs.flatMap(({ pack, infs }) =>
    infs.map((inf) => ({ pack, inf, file: join(folder, driversFolder, pack, ...inf.split('/')) })),
  )
}

/** The ids the INF serves; none when it cannot be read as one. */
export function readServedIds(file: string): ReadonlySet<string> {
  return servedIds(readInf(readFileSync(file)))
}
