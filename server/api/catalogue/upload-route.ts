import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { withUploadBody } from '../images/upload-body.ts'
import { WholeNumber } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { ReceivedView } from './schema.ts'
import { requestRefusal } from '../messages.ts'

const File = Type.Object({ id: Type.String({ maxLength: 64 }), name: Type.String({ minLength: 1, maxLength: 200 }) })
/** Chosen by the sender, one for each upload: two at once of one name are two files until they are whole. */
const Upload = Type.Optional(Type.String({ pattern: '^[\\w-]{1,64}$' }))
const Place = Type.Object({ offset: Type.Optional(WholeNumber), size: WholeNumber, upload: Upload })

/** An installer into its package's folder, in as many pieces as the browser likes. */
export function softwareUploadRoute({
  catalogue,
}: {
  catalogue: Pick<Catalogue, 'receive' | 'received'>
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    // The bytes go to the disk as they come; the catalogue holds them to the size that was announced.
    app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    app.get(
      '/:id/files/:name',
      {
        schema: {
          tags: ['catalogue'],
          summary: 'How much of an unfinished installer has arrived; 0 for none',
          params: File,
          querystring: Type.Object({ upload: Upload }),
          response: { 200: Type.Pick(ReceivedView, ['receivedBytes']), 422: ErrorView },
        },
      },
      async ({ params, query: { upload = '' } }) => ({
        receivedBytes: await catalogue.received({ ...params, upload }),
      }),
    )
    app.put(
      '/:id/files/:name',
      {
        bodyLimit: Number.MAX_SAFE_INTEGER,
        config: { permission: 'administer' },
        schema: {
          tags: ['catalogue'],
          summary: 'Send the bytes of an installer from `offset` on (application/octet-stream); it is `size` long',
          params: File,
          querystring: Place,
          response: {
            200: ReceivedView,
            404: ErrorView,
            409: ErrorView,
            413: ErrorView,
            422: ErrorView,
            507: ErrorView,
          },
        },
      },
      async ({ params: { id, name }, query, body }) => {
        if (!(body instanceof Readable)) throw requestRefusal('CONTENT_TYPE_UNKNOWN')
        const sizeBytes = Number(query.size)
        const offset = Number(query.offset ?? 0)
        const receivedBytes = await withUploadBody(body, (content) =>
          catalogue.receive({ id, name, upload: query.upload ?? '', offset, sizeBytes, content }),
        )
        return { receivedBytes, sizeBytes }
      },
    )
  }
}
