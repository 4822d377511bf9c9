import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { coverageReport } from '../../../images/driver-packs/coverage-report.ts'
import { storageMessages } from '../../../images/driver-packs/device-descriptions.ts'
import { imagesFor } from '../../deployments/planning/image-choice.ts'
import type { Register } from '../../machines/register.ts'
import { CatalogueError } from '../../catalogue/images/problem.ts'
import { targetOf } from '../../catalogue/materials/materials.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { DriverCoverageView } from './schema.ts'
import { machineRefusal } from '../../machines/errors.ts'

export type MachineDriverServices = {
  catalogue: Catalogue
  register: Register
}

const ImageQuery = Type.Object({ imageId: Type.Optional(Type.String({ maxLength: 80 })) })

/** Which driver each device of a machine gets, and from where. */
export function machineDriverRoute({ catalogue, register }: MachineDriverServices): FastifyPluginAsyncTypebox {
  /** The image asked for, else the newest Windows of the catalogue; null for none at all. */
  const imageFor = (id: string | undefined) => {
    if (id === undefined) return imagesFor({}, catalogue.images.list())[0] ?? null
    const image = catalogue.images.find(id)
    if (image === undefined) throw new CatalogueError('IMAGE_NOT_FOUND', { id })
    return image
  }
  return async (app) => {
    app.get(
      '/:id/drivers',
      {
        schema: {
          tags: ['machines'],
          summary: 'Which driver each device gets, those without one first',
          params: ById,
          querystring: ImageQuery,
          response: { 200: DriverCoverageView, 404: ErrorView },
        },
      },
      async ({ params, query }) => {
        const machine = await register.described(params.id)
        if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id: params.id })
        const image = imageFor(query.imageId)
        const match = await catalogue.coverage(machine, image)
        return {
          windows: { build: targetOf(image).build, image: image?.name ?? null },
          known: machine.inventory !== null,
          packs: match.packs,
          items: coverageReport(match),
          storage: match.storage.state === 'raid' ? [...storageMessages(match.storage)] : [],
          next: null,
        }
      },
    )
  }
}
