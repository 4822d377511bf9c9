import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { stockRefusal } from '../../stock/errors.ts'
import type { StockRecord } from '../../stock/record.ts'
import { identityOf } from '../gate.ts'
import { limitOf, markOf, PageQuery } from '../pages.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentRecordEvent } from './present.ts'
import { listRecords } from './list.ts'
import { EvidenceView, RecordEventView, RecordList, RecordStateView, RecordView, TransitionRequest } from './schema.ts'
import { viewEvidence, viewRecord, type RecordViewDependencies } from './views.ts'

const ListQuery = Type.Object({
  state: Type.Optional(RecordStateView),
  search: Type.Optional(Type.String({ maxLength: 200 })),
  ...PageQuery,
})
const longestPage = 100

/** Stock: the list, one record, its history, its changes. */
export function stockRoutes(dependencies: RecordViewDependencies): FastifyPluginAsyncTypebox {
  const { stock } = dependencies
  async function known(id: string): Promise<StockRecord> {
    const record = await stock.get(id)
    if (!record) throw stockRefusal('RECORD_UNKNOWN')
    return record
  }
  return async (app) => {
    app.get(
      '/',
      {
        schema: {
          tags: ['stock'],
          summary: 'Records, last changed first; of one state, or with words somewhere in what the list shows',
          querystring: ListQuery,
          response: { 200: RecordList },
        },
      },
      async ({ query }) => {
        const { state = null, search = '' } = query
        const limit = limitOf(query, longestPage)
        const page = await listRecords({ state, search, after: markOf(query), limit }, dependencies)
        return { ...page, counts: await stock.counts() }
      },
    )
    app.get(
      '/:id',
      {
        schema: { tags: ['stock'], summary: 'One record', params: ById, response: { 200: RecordView, 404: ErrorView } },
      },
      async ({ params }) => viewRecord(await known(params.id), dependencies),
    )
    app.get(
      '/:id/history',
      {
        schema: {
          tags: ['stock'],
          summary: 'Every change of a record, newest first',
          params: ById,
          response: { 200: Type.Object({ items: Type.Array(RecordEventView), next: Type.Null() }), 404: ErrorView },
        },
      },
      async ({ params }) => {
        const record = await known(params.id)
        return { items: (await stock.history(record.id)).map(presentRecordEvent), next: null }
      },
    )
    app.get(
      '/:id/evidence',
      {
        schema: {
          tags: ['stock'],
          summary: 'What the last check of the machine has measured',
          params: ById,
          response: { 200: EvidenceView, 404: ErrorView },
        },
      },
      async ({ params }) => viewEvidence(await known(params.id), dependencies),
    )
    app.post(
      '/:id/transitions',
      {
        schema: {
          tags: ['stock'],
          summary: 'Move a record to another state, with the reason',
          params: ById,
          body: TransitionRequest,
          response: { 200: RecordView, 404: ErrorView, 409: ErrorView, 422: ErrorView },
        },
      },
      async (request) => {
        const by = identityOf(request).user
        return viewRecord(await stock.transition(request.params.id, { ...request.body, by }), dependencies)
      },
    )
  }
}
