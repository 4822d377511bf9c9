import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { applyEdit } from '../../../tasksequences/edit/apply-edit.ts'
import { SequenceEdit } from '../../../tasksequences/edit/edit.ts'
import { outlineOf } from '../../../tasksequences/edit/outline.ts'
import type { ParsedSequence } from '../../../tasksequences/sequence.ts'
import { lackingOf, type Stocked } from '../../catalogue/materials/lacking.ts'
import { deploymentRefusal } from '../../deployments/errors.ts'
import { ErrorView } from '../session/schema.ts'
import { placeOf } from './place.ts'
import { presentSequenceProblem } from './present.ts'
import { readStocked, type StockedReaders } from './stocked.ts'
import { TextView } from './text-schema.ts'

export type SequenceTextServices = { parse: (text: string) => ParsedSequence; catalogue: StockedReaders }

/** A sequence's text may have 256 KiB; in JSON, with each of its quotes escaped, and the edit beside it, at most so much. */
const longestBody = 768 * 1024
const Source = Type.String({ maxLength: 256 * 1024 })

/** What the editor asks while somebody types or sets something: nothing of it is kept. */
export function sequenceTextRoutes({ parse, catalogue }: SequenceTextServices): FastifyPluginAsyncTypebox {
  const view = async (source: string): Promise<TextView> =>
    presentText(source, parse(source), await readStocked(catalogue))
  return async (app) => {
    app.post(
      '/check',
      {
        bodyLimit: longestBody,
        schema: {
          tags: ['sequences'],
          summary: 'What stands in a text, and what is wrong with it; nothing is saved',
          body: Type.Object({ source: Source }),
          response: { 200: TextView },
        },
      },
      async ({ body }) => view(body.source),
    )
    app.post(
      '/edit',
      {
        bodyLimit: longestBody,
        schema: {
          tags: ['sequences'],
          summary: 'A text with one change, all its other lines and comments as they were; nothing is saved',
          body: Type.Object({ source: Source, edit: SequenceEdit }),
          response: { 200: TextView, 409: ErrorView, 422: ErrorView },
        },
      },
      async ({ body }) => {
        const edited = applyEdit(body.source, body.edit)
        switch (edited.kind) {
          case 'edited':
            return view(edited.text)
          case 'unreadable':
            throw deploymentRefusal('SEQUENCE_TEXT_UNREADABLE')
          case 'nowhere':
            throw deploymentRefusal('SEQUENCE_EDIT_NOWHERE')
        }
      },
    )
  }
}

function presentText(source: string, parsed: ParsedSequence, stocked: Stocked): TextView {
  return {
    source,
    outline: outlineOf(source),
    problems: parsed.ok ? [] : parsed.problems.map(presentSequenceProblem),
    lacking: parsed.ok
      ? lackingOf(parsed.sequence.steps, stocked).map(({ name, code, message }) => ({
          ...{ code, message },
          ...placeOf(name, source),
        }))
      : [],
  }
}
