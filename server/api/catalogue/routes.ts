import { setImmediate } from 'node:timers/promises'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Sequences } from '../../deployments/planning/sequences.ts'
import type { Register } from '../../machines/register.ts'
import type { DriverPackEntry } from '../../catalogue/drivers/driver-packs.ts'
import { targetOf } from '../../catalogue/materials/materials.ts'
import { modelsToServe, servedBy, type ServedModel } from '../../catalogue/drivers/served-models.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { usesOf, type NamedSequence } from '../../catalogue/materials/used-by.ts'
import { presentPack, presentProfile, presentSoftware, presentUpdate } from './present.ts'
import { DriverPackList, ProfileList, SoftwareList, UpdateList } from './schema.ts'
import { driverStrays, updateStrays } from './stray-messages.ts'

export type CatalogueServices = { catalogue: Catalogue; register: Register; sequences: Pick<Sequences, 'list'> }

/** What lies in the catalogue beside the images: four lists, read from the folders at each question. */
export function catalogueRoutes({ catalogue, register, sequences }: CatalogueServices): FastifyPluginAsyncTypebox {
  const { folders } = catalogue
  const named = async (): Promise<NamedSequence[]> =>
    (await sequences.list()).flatMap(({ parsed }) => (parsed.ok ? [parsed.sequence] : []))
  return async (app) => {
    app.get(
      '/software',
      { schema: { tags: ['catalogue'], summary: 'Software packages', response: { 200: SoftwareList } } },
      async () => {
        const entries = await catalogue.software()
        const uses = usesOf(await named(), entries).software
        return { items: entries.map((entry) => presentSoftware(entry, uses)), folder: folders.software, next: null }
      },
    )
    app.get(
      '/driver-packs',
      {
        schema: {
          tags: ['catalogue'],
          summary: 'Driver packs, and what they would drive of the models at hand',
          response: { 200: DriverPackList },
        },
      },
      async () => {
        const { packs, strays } = await catalogue.driverPacks()
        const serves = await servedModels(packs, register)
        const items = packs.map((entry) =>
          presentPack(entry, join(folders.drivers, entry.name), serves.get(entry.name) ?? []),
        )
        return { items, strays: driverStrays(strays), folder: folders.drivers, next: null }
      },
    )
    app.get(
      '/updates',
      { schema: { tags: ['catalogue'], summary: 'Update packages', response: { 200: UpdateList } } },
      async () => {
        const found = await catalogue.updates()
        const strays = updateStrays(found, folders.updates)
        return { items: found.updates.map(presentUpdate), strays, folder: folders.updates, next: null }
      },
    )
    app.get(
      '/debloat-profiles',
      { schema: { tags: ['catalogue'], summary: 'Debloat profiles', response: { 200: ProfileList } } },
      async () => {
        const uses = usesOf(await named(), []).profiles
        const items = (await catalogue.profiles()).map((entry) => presentProfile(entry, uses))
        return { items, folder: folders.debloat, next: null }
      },
    )
  }
}

/** What each pack would drive of the workshop's models, model by model so that others get their turn. */
async function servedModels(
  packs: readonly DriverPackEntry[],
  register: Register,
): Promise<ReadonlyMap<string, ServedModel[]>> {
  const serves = new Map<string, ServedModel[]>()
  if (packs.length === 0) return serves
  for (const { id } of modelsToServe(await register.list())) {
    const machine = await register.described(id)
    if (machine === null) continue
    for (const [pack, model] of servedBy(machine, targetOf(null), packs))
      serves.set(pack, [...(serves.get(pack) ?? []), model])
    await setImmediate()
  }
  return serves
}
