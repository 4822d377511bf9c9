import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { DescribedMachine } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import { traceOfMachine } from '../../netboot/machine-trace.ts'
import type { BootTrace } from '../../netboot/trace.ts'
import { machineRefusal } from '../../machines/errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { limitOf, markOf, nextFrom, PageQuery } from '../pages.ts'
import { pageOf } from '../../machines/page.ts'
import { presentTraceEntry } from './present.ts'
import { MachineChange, MachineList, MachineView, TraceEntry } from './schema.ts'
import { machinesOnBench } from './bench.ts'
import { viewMachine, viewMachines, type MachineViewDependencies } from './views.ts'

export type MachineServices = MachineViewDependencies & { register: Register; trace: BootTrace; now: () => Date }

const ListQuery = Type.Object({ on: Type.Optional(Type.Literal('bench')), ...PageQuery })
const longestPage = 200

/** Machines: list, one, its name, its boot trace. */
export function machineRoutes(services: MachineServices): FastifyPluginAsyncTypebox {
  const { register, now } = services
  async function known(id: string): Promise<DescribedMachine> {
    const machine = await register.described(id)
    if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id })
    return machine
  }
  return async (app) => {
    app.get(
      '/',
      {
        schema: {
          tags: ['machines'],
          summary: 'Machines in the order they were first seen, without their inventories; those on the bench, or all',
          querystring: ListQuery,
          response: { 200: MachineList },
        },
      },
      async ({ query }) => {
        const all = await register.list()
        const bench = query.on === 'bench' ? await machinesOnBench(services, now()) : null
        const listed = bench === null ? all : all.filter(({ id }) => bench.has(id))
        const { page, more } = pageOf(listed, { after: markOf(query), limit: limitOf(query, longestPage) })
        const last = page.at(-1)
        return {
          items: await viewMachines(page, services),
          next: more && last ? nextFrom({ at: last.firstSeenAt.toISOString(), id: last.id }) : null,
        }
      },
    )
    app.get(
      '/:id',
      {
        schema: {
          tags: ['machines'],
          summary: 'One machine',
          params: ById,
          response: { 200: MachineView, 404: ErrorView },
        },
      },
      async ({ params }) => viewMachine(await known(params.id), services),
    )
    app.patch(
      '/:id',
      {
        schema: {
          tags: ['machines'],
          summary: 'Give a machine a name',
          params: ById,
          body: MachineChange,
          response: { 200: MachineView, 404: ErrorView },
        },
      },
      async ({ params, body }) => {
        const { inventory } = await known(params.id)
        const renamed = await register.rename(params.id, body.name?.trim() || null)
        return viewMachine({ ...renamed, inventory }, services)
      },
    )
    app.get(
      '/:id/trace',
      {
        schema: {
          tags: ['machines'],
          summary: 'What its firmware, loader and agent asked and got, newest last',
          params: ById,
          response: { 200: Type.Object({ items: Type.Array(TraceEntry), next: Type.Null() }), 404: ErrorView },
        },
      },
      async ({ params }) => {
        const entries = await traceOfMachine(await known(params.id), services)
        return { items: entries.map(presentTraceEntry), next: null }
      },
    )
  }
}
