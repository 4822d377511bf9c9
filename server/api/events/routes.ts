import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { LiveHub } from '../../live/hub.ts'
import type { LiveEvent } from './schema.ts'
import { streamEvents } from './stream.ts'

export type EventServices = { hub: LiveHub<LiveEvent>; closing: AbortSignal }

/** What happens, as it happens (server-sent events). */
export function eventRoutes({ hub, closing }: EventServices): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/',
      {
        // A HEAD request would open a stream that nobody reads.
        exposeHeadRoute: false,
        schema: {
          tags: ['events'],
          summary: 'Live events; each carries the whole thing that changed',
          description: 'text/event-stream. Last-Event-ID brings what was missed, or an event `reset`.',
        },
      },
      async (request, reply) => {
        const lastEventId = request.headers['last-event-id']
        reply.hijack()
        await streamEvents(reply.raw, hub, {
          lastEventId: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null,
          signal: closing,
        })
      },
    )
  }
}
