import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import { ById, WholeNumber } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentImport } from './present.ts'
import { ImportView } from './schema.ts'
import { withUploadBody } from './upload-body.ts'
import { requestRefusal } from '../messages.ts'

/** The bytes of an announced upload, in as many pieces as the browser likes. */
export function uploadRoute({
  catalogue: { images },
}: {
  catalogue: { images: Pick<ImageCatalogue, 'imports'> }
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    // The bytes go on to the catalogue as they come; it holds them to the size that was announced.
    app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    app.put(
      '/:id/content',
      {
        bodyLimit: Number.MAX_SAFE_INTEGER,
        config: { permission: 'administer' },
        schema: {
          tags: ['imports'],
          summary: 'Send the bytes from `offset` on (application/octet-stream)',
          params: ById,
          querystring: Type.Object({ offset: Type.Optional(WholeNumber) }),
          response: { 200: ImportView, 404: ErrorView, 409: ErrorView, 413: ErrorView },
        },
      },
      async ({ params, query, body }) => {
        if (!(body instanceof Readable)) throw requestRefusal('CONTENT_TYPE_UNKNOWN')
        const offset = Number(query.offset ?? 0)
        return presentImport(await withUploadBody(body, (content) => images.imports.append(params.id, offset, content)))
      },
    )
  }
}
