import type { FastifyInstance } from 'fastify'
import {
  DriverCoverageView,
  DriverPackList,
  ProfileList,
  ReceivedView,
  SoftwareList,
  UpdateList,
} from '../../server/api/catalogue/schema.ts'
import { checked } from './checked.ts'
import type { Seed } from './seed.ts'

/** Plays the server's part of the catalogue beside the images. */
export function addCatalogue(
  app: FastifyInstance,
  { seed, received }: { seed: Seed; received: Map<string, Buffer[]> },
): void {
  const { catalogue } = seed
  app.get('/api/software', async () => checked(SoftwareList, catalogue.software))
  app.get('/api/driver-packs', async () => checked(DriverPackList, catalogue.drivers))
  app.get('/api/updates', async () => checked(UpdateList, catalogue.updates))
  app.get('/api/debloat-profiles', async () => checked(ProfileList, catalogue.profiles))
  app.get('/api/machines/:id/drivers', async () => checked(DriverCoverageView, catalogue.coverage))
  app.put<{ Params: { id: string; name: string }; Querystring: { offset: string; size: string }; Body: Buffer }>(
    '/api/software/:id/files/:name',
    async ({ params: { id, name }, query, body }) => {
      const pieces = Number(query.offset) === 0 ? [body] : [...(received.get(id) ?? []), body]
      received.set(id, pieces)
      const receivedBytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
      const sizeBytes = Number(query.size)
      const item = catalogue.software.items.find((one) => one.id === id)
      if (receivedBytes === sizeBytes && item?.installer)
        Object.assign(item, { state: 'ready', files: 1, sizeBytes, installer: { ...item.installer, found: name } })
      return checked(ReceivedView, { receivedBytes, sizeBytes })
    },
  )
}
