import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { identityOf } from '../gate.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { CancelRequest, DeploymentList, DeploymentRequest, DeploymentView, RetryRequest } from './schema.ts'
import { viewRun, type RunViewDependencies } from './views.ts'

/** What a person does with deployments: start, cancel, retry. */
export function deploymentActionRoutes(dependencies: RunViewDependencies): FastifyPluginAsyncTypebox {
  const { deployments } = dependencies
  return async (app) => {
    app.post(
      '/',
      {
        schema: {
          tags: ['deployments'],
          summary: 'Start a sequence on machines, on all of them or on none',
          body: DeploymentRequest,
          response: { 201: DeploymentList, 404: ErrorView, 409: ErrorView, 422: ErrorView },
        },
      },
      async (request, reply) => {
        const runs = await deployments.start({ ...request.body, by: identityOf(request).user })
        reply.status(201)
        return { items: await Promise.all(runs.map((run) => viewRun(run, dependencies))), next: null }
      },
    )
    app.post(
      '/:id/cancel',
      {
        preValidation: orNothing,
        schema: {
          tags: ['deployments'],
          summary: 'Stop a run',
          params: ById,
          body: CancelRequest,
          response: { 200: DeploymentView, 404: ErrorView, 409: ErrorView },
        },
      },
      async (request) => {
        const by = identityOf(request).user
        const run = await deployments.cancel(request.params.id, { by, reason: request.body.reason ?? '' })
        return viewRun(run, dependencies)
      },
    )
    app.post(
      '/:id/retry',
      {
        preValidation: orNothing,
        schema: {
          tags: ['deployments'],
          summary: 'Go on from the failed step, or from another one',
          params: ById,
          body: RetryRequest,
          response: { 200: DeploymentView, 404: ErrorView, 409: ErrorView, 422: ErrorView },
        },
      },
      async (request) => {
        const by = identityOf(request).user
        return viewRun(await deployments.retry(request.params.id, { ...request.body, by }), dependencies)
      },
    )
  }
}

/** A script that has nothing to add may send no body at all. */
async function orNothing(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}
