import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Sequences } from '../../deployments/planning/sequences.ts'
import { deploymentRefusal } from '../../deployments/errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { SequenceList, SequenceView } from './schema.ts'
import { viewSequence, viewSequences, type SequenceViewDependencies } from './views.ts'

export type SequenceServices = SequenceViewDependencies & { sequences: Pick<Sequences, 'list' | 'get'> }

/** Sequences: the list, and one. */
export function sequenceRoutes(services: SequenceServices): FastifyPluginAsyncTypebox {
  const { sequences } = services
  return async (app) => {
    app.get(
      '/',
      { schema: { tags: ['sequences'], summary: 'Every sequence', response: { 200: SequenceList } } },
      async () => ({ items: await viewSequences(await sequences.list(), services), next: null }),
    )
    app.get(
      '/:id',
      {
        schema: {
          tags: ['sequences'],
          summary: 'One sequence',
          params: ById,
          response: { 200: SequenceView, 404: ErrorView },
        },
      },
      async ({ params }) => {
        const loaded = await sequences.get(params.id)
        if (!loaded) throw deploymentRefusal('SEQUENCE_UNKNOWN', { id: params.id })
        return viewSequence(loaded, services)
      },
    )
  }
}
