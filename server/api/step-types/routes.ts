import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { stepDefinitions } from '../../../tasksequences/steps/definitions.ts'
import { presentStepTypes } from './present.ts'
import { StepTypeList } from './schema.ts'

/** The steps a sequence can be made of: what a form for each shows. */
export function stepTypeRoutes(): FastifyPluginAsyncTypebox {
  const list = presentStepTypes(stepDefinitions)
  return async (app) => {
    app.get(
      '/',
      { schema: { tags: ['sequences'], summary: 'Every kind of step', response: { 200: StepTypeList } } },
      async () => list,
    )
  }
}
