import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** Describes every route of the API from its own schemas, at /api/openapi.json. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Établi',
        version,
        description: 'Lists are {items, next}; refusals are {code, message, fix} in the language of Accept-Language.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'etabli_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
  })
}
