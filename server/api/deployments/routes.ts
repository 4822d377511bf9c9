import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Run } from '../../deployments/run.ts'
import { Refusal } from '../../refusal.ts'
import { identityOf } from '../gate.ts'
import { ById, WholeNumber } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import {
  CancelRequest,
  DeploymentList,
  DeploymentRequest,
  DeploymentView,
  RetryRequest,
  StepLogLine,
} from './schema.ts'
import { viewRun, type RunViewSources } from './views.ts'

const ListQuery = Type.Object({
  machineId: Type.Optional(Type.String({ maxLength: 128 })),
  active: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  limit: Type.Optional(WholeNumber),
  before: Type.Optional(Type.String({ maxLength: 128 })),
})
const LogList = Type.Object({ items: Type.Array(StepLogLine), next: Type.Union([Type.String(), Type.Null()]) })
const longestList = 500

/** Deployments: list, start, one, its log, cancel, retry. */
export function deploymentRoutes(sources: RunViewSources): FastifyPluginAsyncTypebox {
  const { deployments } = sources
  const views = (runs: Run[]): Promise<DeploymentView[]> => Promise.all(runs.map((run) => viewRun(run, sources)))
  async function known(id: string): Promise<Run> {
    const run = await deployments.get(id)
    if (!run) throw new Refusal('RUN_UNKNOWN', { id })
    return run
  }
  return async (app) => {
    app.get(
      '/',
      {
        schema: {
          tags: ['deployments'],
          summary: 'Runs, newest first',
          querystring: ListQuery,
          response: { 200: DeploymentList },
        },
      },
      async ({ query }) => {
        const limit = Math.max(1, Math.min(longestList, Number(query.limit ?? 200)))
        const runs = await deployments.list({
          limit: limit + 1,
          ...(query.machineId === undefined ? {} : { machineId: query.machineId }),
          ...(query.active === undefined ? {} : { active: query.active === 'true' }),
          ...(query.before === undefined ? {} : { before: query.before }),
        })
        const page = runs.slice(0, limit)
        return { items: await views(page), next: runs.length > limit ? (page.at(-1)?.id ?? null) : null }
      },
    )
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
        return { items: await views(runs), next: null }
      },
    )
    app.get(
      '/:id',
      {
        schema: {
          tags: ['deployments'],
          summary: 'One run',
          params: ById,
          response: { 200: DeploymentView, 404: ErrorView },
        },
      },
      async ({ params }) => viewRun(await known(params.id), sources),
    )
    app.get(
      '/:id/log',
      {
        schema: {
          tags: ['deployments'],
          summary: 'Lines of its log, in order; `after` is the `next` of the page before',
          params: ById,
          querystring: Type.Object({ after: Type.Optional(WholeNumber) }),
          response: { 200: LogList, 404: ErrorView },
        },
      },
      async ({ params, query }) => {
        const run = await known(params.id)
        const lines = await deployments.log(run.id, Number(query.after ?? 0))
        const items = lines.map(({ stepId, attempt, number, line }) => ({ stepId, attempt, number, line }))
        const last = lines.at(-1)
        return { items, next: last ? String(last.id) : null }
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
        return viewRun(run, sources)
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
        return viewRun(await deployments.retry(request.params.id, { ...request.body, by }), sources)
      },
    )
  }
}

/** A script that has nothing to add may send no body at all. */
async function orNothing(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}
