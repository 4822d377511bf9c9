import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Machine } from '../../machines/machine.ts'
import type { Register } from '../../machines/register.ts'
import { traceOfMachine } from '../../netboot/machine-trace.ts'
import type { BootTrace } from '../../netboot/trace.ts'
import { machineRefusal } from '../../machines/errors.ts'
import { ById } from '../parameters.ts'
import { ErrorView } from '../session/schema.ts'
import { presentTraceEntry } from './present.ts'
import { MachineChange, MachineList, MachineView, TraceEntry } from './schema.ts'
import { viewMachine, type MachineViewDependencies } from './views.ts'

export type MachineServices = MachineViewDependencies & { register: Register; trace: BootTrace }

/** Machines: list, one, its name, its boot trace. */
export function machineRoutes(services: MachineServices): FastifyPluginAsyncTypebox {
  const { register } = services
  async function known(id: string): Promise<Machine> {
    const machine = await register.get(id)
    if (!machine) throw machineRefusal('MACHINE_UNKNOWN', { id })
    return machine
  }
  return async (app) => {
    app.get(
      '/',
      { schema: { tags: ['machines'], summary: 'Every machine', response: { 200: MachineList } } },
      async () => {
        const machines = await register.list()
        return { items: await Promise.all(machines.map((machine) => viewMachine(machine, services))), next: null }
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
        await known(params.id)
        return viewMachine(await register.rename(params.id, body.name?.trim() || null), services)
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
