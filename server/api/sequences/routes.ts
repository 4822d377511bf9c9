import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ParsedSequence } from '../../../tasksequences/sequence.ts'
import type { ImageCatalogue } from '../../catalogue/images/image-catalogue.ts'
import type { Stocked } from '../../catalogue/materials/lacking.ts'
import type { CatalogueReaders } from '../../catalogue/materials/materials.ts'
import type { LoadedSequence, Sequences } from '../../deployments/planning/sequences.ts'
import { deploymentRefusal } from '../../deployments/errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentSequence, presentSequenceProblem } from './present.ts'
import { SequenceList, SequenceProblem, SequenceView } from './schema.ts'

export type SequenceServices = {
  sequences: Sequences
  parse: (text: string) => ParsedSequence
  catalogue: Pick<CatalogueReaders, 'software' | 'profiles' | 'driverPacks'> & { images: Pick<ImageCatalogue, 'list'> }
}

const longestSource = 256 * 1024
const yamlTypes = ['text/yaml', 'text/x-yaml', 'application/yaml', 'application/x-yaml']
const SequenceRefusal = Type.Intersect([ErrorView, Type.Object({ problems: Type.Array(SequenceProblem) })])

/** Sequences: list, one, and the editor's save, which takes nothing that could not be started. */
export function sequenceRoutes({ sequences, parse, catalogue }: SequenceServices): FastifyPluginAsyncTypebox {
  const stocked = async (): Promise<Stocked> => {
    const [software, profiles, { packs }] = await Promise.all([
      catalogue.software(),
      catalogue.profiles(),
      catalogue.driverPacks(),
    ])
    return { software, profiles, packs }
  }
  const present = async (loaded: LoadedSequence): Promise<SequenceView> =>
    presentSequence(loaded, catalogue.images.list(), await stocked())
  return async (app) => {
    app.addContentTypeParser(yamlTypes, { parseAs: 'string', bodyLimit: longestSource }, (_request, body, done) =>
      done(null, body),
    )
    app.get(
      '/',
      { schema: { tags: ['sequences'], summary: 'Every sequence', response: { 200: SequenceList } } },
      async () => {
        const [all, there] = await Promise.all([sequences.list(), stocked()])
        return { items: all.map((one) => presentSequence(one, catalogue.images.list(), there)), next: null }
      },
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
        return present(loaded)
      },
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
        if (!parsed.ok) {
          const [first] = parsed.problems
          const refusal = deploymentRefusal('SEQUENCE_INVALID', {
            id,
            line: first?.line ?? 1,
            column: first?.column ?? 1,
            reason: first?.message ?? { fr: '', en: '' },
          })
          return reply.refuse(refusal, { problems: parsed.problems.map(presentSequenceProblem) })
        }
        return present(await sequences.save(id, request.body))
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
