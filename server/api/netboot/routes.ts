import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Newcomers } from '../../netboot/newcomers.ts'
import { presentNewcomers } from './present.ts'
import { NewcomerListView } from './schema.ts'

export type NetbootViewServices = { newcomers: Pick<Newcomers, 'list'> }

/** What network boot sees that is no machine's. */
export function netbootRoutes({ newcomers }: NetbootViewServices): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/newcomers',
      {
        schema: {
          tags: ['netboot'],
          summary: 'Who asks for a network boot and is no machine, with the last that was said to it',
          response: { 200: NewcomerListView },
        },
      },
      async () => presentNewcomers(newcomers.list()),
    )
  }
}
