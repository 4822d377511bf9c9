import type { Deployments } from '../../deployments/deployments.ts'

/** How many runs go on with each image, by image id. */
export async function imageUses(deployments: Pick<Deployments, 'trails'>): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>()
  for (const { image } of await deployments.trails.active()) {
    if (image) uses.set(image.id, (uses.get(image.id) ?? 0) + 1)
  }
  return uses
}
