import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Run } from '../../deployments/run/run.ts'
import { deploymentRefusal } from '../../deployments/errors.ts'
import { ById, WholeNumber } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { DeploymentList, DeploymentView, StepLogLine } from './schema.ts'
import { limitOf } from '../pages.ts'
import { runsOnBench, type BenchDependencies } from '../machines/bench.ts'
import { viewRun, type RunViewDependencies } from './views.ts'

const ListQuery = Type.Object({
  machineId: Type.Optional(Type.String({ maxLength: 128 })),
  active: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  limit: Type.Optional(WholeNumber),
  /** Those that the cards of the bench show. */
  on: Type.Optional(Type.Literal('bench')),
  /** The `next` of the page before. */
  after: Type.Optional(Type.String({ maxLength: 128 })),
})
const LogList = Type.Object({ items: Type.Array(StepLogLine), next: Type.Union([Type.String(), Type.Null()]) })
const longestPage = 50

/** Deployments: list, one, its log. */
export function deploymentRoutes(dependencies: RunViewDependencies & BenchDependencies): FastifyPluginAsyncTypebox {
  const { deployments } = dependencies
  async function known(id: string): Promise<Run> {
    const run = await deployments.get(id)
    if (!run) throw deploymentRefusal('RUN_UNKNOWN')
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
        const limit = limitOf(query, longestPage)
        const ids = query.on === 'bench' ? await runsOnBench(dependencies, dependencies.now()) : null
        const runs = await deployments.list({
          limit: limit + 1,
          ...(query.machineId === undefined ? {} : { machineId: query.machineId }),
          ...(query.active === undefined ? {} : { active: query.active === 'true' }),
          ...(query.after === undefined ? {} : { after: query.after }),
          ...(ids === null ? {} : { ids }),
        })
        const page = runs.slice(0, limit)
        return {
          items: await Promise.all(page.map((run) => viewRun(run, dependencies))),
          next: runs.length > limit ? (page.at(-1)?.id ?? null) : null,
        }
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
      async ({ params }) => viewRun(await known(params.id), dependencies),
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
  }
}
