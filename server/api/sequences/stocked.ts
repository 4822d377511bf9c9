import type { Stocked } from '../../catalogue/materials/lacking.ts'
import type { CatalogueReaders } from '../../catalogue/materials/materials.ts'

/** What sequences name things of. */
export type StockedReaders = Pick<CatalogueReaders, 'software' | 'profiles' | 'driverPacks'>

/** What the catalogue has now of what sequences name. */
export async function readStocked(catalogue: StockedReaders): Promise<Stocked> {
  const [software, profiles, { packs }] = await Promise.all([
    catalogue.software(),
    catalogue.profiles(),
    catalogue.driverPacks(),
  ])
  return { software, profiles, packs }
}
