import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import type { LoadedSequence } from '../../deployments/planning/sequences.ts'
import { presentSequence } from './present.ts'
import type { SequenceView } from './schema.ts'
import { readStocked, type StockedReaders } from './stocked.ts'

export type SequenceViewDependencies = {
  catalogue: StockedReaders & { images: Pick<ImageCatalogue, 'list'> }
}

/** Sequences with what the catalogue has and lacks for them, which is looked up once for all. */
export async function viewSequences(
  loaded: readonly LoadedSequence[],
  { catalogue }: SequenceViewDependencies,
): Promise<SequenceView[]> {
  const there = await readStocked(catalogue)
  return loaded.map((one) => presentSequence(one, catalogue.images.list(), there))
}

/** One sequence, likewise. */
export async function viewSequence(
  loaded: LoadedSequence,
  { catalogue }: SequenceViewDependencies,
): Promise<SequenceView> {
  return presentSequence(loaded, catalogue.images.list(), await readStocked(catalogue))
}
