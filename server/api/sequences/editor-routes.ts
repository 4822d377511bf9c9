import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ParsedSequence } from '../../../tasksequences/sequence.ts'
import type { Sequences } from '../../deployments/planning/sequences.ts'
import { deploymentRefusal } from '../../deployments/errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentSequenceProblem } from './present.ts'
import { SequenceProblem, SequenceView } from './schema.ts'
import { viewSequence, type SequenceViewDependencies } from './views.ts'

export type SequenceEditorServices = SequenceViewDependencies & {
  sequences: Pick<Sequences, 'save' | 'remove'>
  parse: (text: string) => ParsedSequence
}

const longestSource = 256 * 1024
const yamlTypes = ['text/yaml', 'text/x-yaml', 'application/yaml', 'application/x-yaml']
const SequenceRefusal = Type.Intersect([ErrorView, Type.Object({ problems: Type.Array(SequenceProblem) })])

/** What the editor does with the workshop's own sequences: it saves none that could not be started, and takes them back. */
export function sequenceEditorRoutes(services: SequenceEditorServices): FastifyPluginAsyncTypebox {
  const { sequences, parse } = services
  return async (app) => {
    app.addContentTypeParser(yamlTypes, { parseAs: 'string', bodyLimit: longestSource }, (_request, body, done) =>
      done(null, body),
    )
    app.put(
      '/:id',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['sequences'],
          summary: 'Write the workshop’s own sequence of this name (text/yaml)',
          params: ById,
          body: Type.String(),
          response: { 200: SequenceView, 422: SequenceRefusal },
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const parsed = parse(request.body)
        if (parsed.ok) return viewSequence(await sequences.save(id, request.body), services)
        return reply.refuse(invalid(id, parsed.problems), { problems: parsed.problems.map(presentSequenceProblem) })
      },
    )
    app.delete(
      '/:id',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['sequences'],
          summary: 'Remove the workshop’s own sequence of this name; a shipped one it replaced is back',
          params: ById,
          response: { 204: Type.Null(), 404: ErrorView },
        },
      },
      async ({ params }, reply) => {
        if (!(await sequences.remove(params.id))) throw deploymentRefusal('SEQUENCE_UNKNOWN', { id: params.id })
        return reply.code(204).send(null)
      },
    )
  }
}

/** The refusal names the first problem; the others come beside it. */
function invalid(id: string, [first]: readonly SequenceProblem[]): ReturnType<typeof deploymentRefusal> {
  return deploymentRefusal('SEQUENCE_INVALID', {
    id,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    reason: first?.message ?? { fr: '', en: '' },
  })
}
