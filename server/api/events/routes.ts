import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { LiveHub } from '../../live/hub.ts'
import { identityOf } from '../gate.ts'
import type { Accounts } from '../session/accounts.ts'
import type { LiveEvent } from './schema.ts'
import { streamEvents } from './stream.ts'

export type EventServices = {
  hub: LiveHub<LiveEvent>
  closing: AbortSignal
  /** A stream ends with the session it was opened by. */
  accounts: Pick<Accounts, 'onEnded'>
}

/** What happens, as it happens (server-sent events). */
export function eventRoutes({ hub, closing, accounts }: EventServices): FastifyPluginAsyncTypebox {
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
        const ended = new AbortController()
        const { tokenHash } = identityOf(request)
        const forget = accounts.onEnded((hash) => hash === tokenHash && ended.abort())
        await streamEvents(reply.raw, hub, {
          lastEventId: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null,
          signal: AbortSignal.any([closing, ended.signal]),
        }).finally(forget)
      },
    )
  }
}
