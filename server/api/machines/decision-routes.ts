import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { machineRefusal } from '../../machines/errors.ts'
import { identityOf } from '../gate.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import type { MachineServices } from './routes.ts'
import { DoubtDecision, MachineView } from './schema.ts'
import { viewMachine } from './views.ts'

/** What a person decides about machines: that two records are of one PC or of two, that one is to be forgotten. */
export function machineDecisionRoutes(services: MachineServices): FastifyPluginAsyncTypebox {
  const { register, now } = services
  async function view(id: string): Promise<MachineView> {
    const machine = await register.described(id)
    if (machine === null) throw machineRefusal('MACHINE_UNKNOWN', { id })
    return viewMachine(machine, services)
  }
  const decisionOf = (request: FastifyRequest, { other }: { other: string }) => ({
    ...{ other, by: identityOf(request).user, at: now() },
  })
  const decided = { 200: MachineView, 404: ErrorView, 409: ErrorView }
  return async (app) => {
    app.post(
      '/:id/join',
      {
        schema: {
          tags: ['machines'],
          summary: 'The other machine is this one: its runs, keys and history go into this record',
          params: ById,
          body: DoubtDecision,
          response: decided,
        },
      },
      async (request) => {
        const { id } = await register.join(request.params.id, decisionOf(request, request.body))
        return view(id)
      },
    )
    app.post(
      '/:id/apart',
      {
        schema: {
          tags: ['machines'],
          summary: 'The other machine is another one, for good: nobody is asked about the two again',
          params: ById,
          body: DoubtDecision,
          response: decided,
        },
      },
      async (request) => {
        const { id } = await register.keepApart(request.params.id, decisionOf(request, request.body))
        return view(id)
      },
    )
    app.delete(
      '/:id',
      {
        config: { permission: 'administer' },
        schema: {
          tags: ['machines'],
          summary: 'Forget a machine, with its record, its runs, their logs and evidence',
          params: ById,
          response: { 204: Type.Null(), 404: ErrorView, 409: ErrorView },
        },
      },
      async ({ params }, reply) => {
        await register.forget(params.id)
        reply.status(204)
        return null
      },
    )
  }
}
