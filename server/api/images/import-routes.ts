import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentImport } from './present.ts'
import { ImportList, ImportRequest, ImportView, PrepareRequest } from './schema.ts'

/** Sources on their way into the catalogue; their bytes come in by upload-route.ts. */
export function importRoutes({
  catalogue: { images },
}: {
  catalogue: { images: ImageCatalogue }
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      {
        schema: {
          tags: ['imports'],
          summary: 'Imports going on, and how the last ones ended',
          response: { 200: ImportList },
        },
      },
      async () => ({ items: images.imports.list().map(presentImport), next: null }),
    )
    app.post(
      '/',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['imports'],
          summary: 'Import a file of the server by its path, or announce an upload',
          body: ImportRequest,
          response: { 201: ImportView, 403: ErrorView, 422: ErrorView, 507: ErrorView },
        },
      },
      async (request, reply) => {
        const { body } = request
        const status =
          'path' in body ? await images.imports.fromPath(body.path) : await images.imports.beginUpload(body)
        reply.status(201)
        return presentImport(status)
      },
    )
    app.post(
      '/:id/prepare',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['imports'],
          summary: 'Choose the editions to prepare',
          params: ById,
          body: PrepareRequest,
          response: { 200: ImportView, 404: ErrorView, 409: ErrorView, 422: ErrorView },
        },
      },
      async ({ params, body }) => presentImport(await images.imports.choose(params.id, body.editions)),
    )
    app.delete(
      '/:id',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['imports'],
          summary: 'Stop an import, or clear it from the list',
          params: ById,
          response: { 204: Type.Null() },
        },
      },
      async ({ params }, reply) => {
        await images.imports.cancel(params.id)
        reply.status(204)
        return null
      },
    )
  }
}
