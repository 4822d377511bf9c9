import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import type { Stocked } from '../../catalogue/materials/lacking.ts'
import type { CatalogueReaders } from '../../catalogue/materials/materials.ts'
import type { LoadedSequence } from '../../deployments/planning/sequences.ts'
import { presentSequence } from './present.ts'
import type { SequenceView } from './schema.ts'

export type SequenceViewDependencies = {
  catalogue: Pick<CatalogueReaders, 'software' | 'profiles' | 'driverPacks'> & { images: Pick<ImageCatalogue, 'list'> }
}

/** Sequences with what the catalogue has and lacks for them, which is looked up once for all. */
export async function viewSequences(
  loaded: readonly LoadedSequence[],
  { catalogue }: SequenceViewDependencies,
): Promise<SequenceView[]> {
  const there = await stocked(catalogue)
  return loaded.map((one) => presentSequence(one, catalogue.images.list(), there))
}

/** One sequence, likewise. */
export async function viewSequence(
  loaded: LoadedSequence,
  { catalogue }: SequenceViewDependencies,
): Promise<SequenceView> {
  return presentSequence(loaded, catalogue.images.list(), await stocked(catalogue))
}

async function stocked(catalogue: SequenceViewDependencies['catalogue']): Promise<Stocked> {
  const [software, profiles, { packs }] = await Promise.all([
    catalogue.software(),
    catalogue.profiles(),
    catalogue.driverPacks(),
  ])
  return { software, profiles, packs }
}
