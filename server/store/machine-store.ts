import type { Kysely, Selectable } from 'kysely'
import type { Machine } from '../machines/machine.ts'
import { fromJson, fromMaybeJson, toJson, toMaybeJson } from './columns.ts'
import { systemName } from '../stock/record.ts'
import type { MachineStore } from '../machines/machine-store.ts'
import { joinMachines } from './machine-join.ts'
import { removeMachine } from './machine-removal.ts'
import type { Tables } from './tables.ts'

function toMachine(row: Selectable<Tables['machines']>): Machine {
  const { id, code, name, uuid, serial, manufacturer, product } = row
  return {
    ...{ id, code, name, uuid, serial, manufacturer, product },
    macs: fromJson(row.macs),
    firstSeenAt: new Date(row.first_seen_at),
    lastSeenAt: new Date(row.last_seen_at),
    hardware: fromMaybeJson(row.hardware),
  }
}

function toRow(machine: Machine): Tables['machines'] {
  const { id, code, name, uuid, serial, manufacturer, product } = machine
  return {
    ...{ id, code, name, uuid, serial, manufacturer, product },
    macs: toJson(machine.macs),
    first_seen_at: machine.firstSeenAt.toISOString(),
    last_seen_at: machine.lastSeenAt.toISOString(),
    hardware: toMaybeJson(machine.hardware),
  }
}

function untouchedMachines(database: Kysely<Tables>) {
  return database
    .selectFrom('machines')
    .select(['machines.id', 'machines.last_seen_at'])
    .where('machines.name', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('runs').select('runs.id').whereRef('runs.machine_id', '=', 'machines.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('records')
            .innerJoin('record_events', 'record_events.record_id', 'records.id')
            .select('record_events.id')
            .whereRef('records.machine_id', '=', 'machines.id')
            .where('record_events.made_by', '<>', systemName),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('machine_doubts')
            .select('machine_doubts.since')
            .where('machine_doubts.decision', '<>', 'open')
            .where(({ or, eb, ref }) =>
              or([
                eb('machine_doubts.first_id', '=', ref('machines.id')),
                eb('machine_doubts.second_id', '=', ref('machines.id')),
              ]),
            ),
        ),
      ),
    )
}

/** Machines, in the table `machines`, and what they said of their hardware, in `inventories`. */
export function machineStore(database: Kysely<Tables>): MachineStore {
  return {
    all: async () =>
      (await database.selectFrom('machines').selectAll().orderBy('first_seen_at').orderBy('id').execute()).map(
        toMachine,
      ),
    get: async (id) => {
      const row = await database.selectFrom('machines').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? toMachine(row) : null
    },
    put: async (machine) => {
      const { id, ...rest } = toRow(machine)
      await database
        .insertInto('machines')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute()
    },
    inventoryOf: async (id) => {
      const row = await database
        .selectFrom('inventories')
        .select('inventory')
        .where('machine_id', '=', id)
        .executeTakeFirst()
      return row ? fromJson(row.inventory) : null
    },
    putInventory: async (id, inventory) => {
      const change = { inventory: toJson(inventory) }
      await database
        .insertInto('inventories')
        .values({ machine_id: id, ...change })
        .onConflict((conflict) => conflict.column('machine_id').doUpdateSet(change))
        .execute()
    },
    untouched: async () => {
      const rows = await untouchedMachines(database).execute()
      return rows.map(({ id, last_seen_at }) => ({ id, lastSeenAt: new Date(last_seen_at) }))
    },
    remove: (id) => removeMachine(database, id),
    join: (ids) => joinMachines(database, ids),
  }
}
