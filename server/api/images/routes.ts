import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import type { Deployments } from '../../deployments/deployments.ts'
import { imageRefusal } from './errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentImage } from './present.ts'
import { ImageList, Space } from './schema.ts'
import { imageUses } from './uses.ts'

export type ImageServices = { catalogue: { images: ImageCatalogue }; deployments: Deployments }

/** The images that can be deployed. */
export function imageRoutes({ catalogue: { images }, deployments }: ImageServices): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      { schema: { tags: ['images'], summary: 'Every prepared image', response: { 200: ImageList } } },
      async () => {
        const uses = await imageUses(deployments)
        return { items: images.list().map((image) => presentImage(image, uses.get(image.id) ?? 0)), next: null }
      },
    )
    app.get(
      '/space',
      { schema: { tags: ['images'], summary: 'Room on the server’s disk', response: { 200: Space } } },
      async () => images.space(),
    )
    app.delete(
      '/:id',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['images'],
          summary: 'Remove an image that no run is using',
          params: ById,
          response: { 204: Type.Null(), 404: ErrorView, 409: ErrorView },
        },
      },
      async ({ params }, reply) => {
        const uses = (await imageUses(deployments)).get(params.id) ?? 0
        const image = images.find(params.id)
        if (image && uses > 0) throw imageRefusal('IMAGE_IN_USE', { name: image.name, runs: uses })
        await images.remove(params.id)
        reply.status(204)
        return null
      },
    )
  }
}
