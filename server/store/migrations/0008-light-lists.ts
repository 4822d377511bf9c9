import { sql, type Kysely } from 'kysely'
import type { Inventory } from '../../../agent/protocol/inventory.ts'
import { hardwareOf } from '../../machines/hardware.ts'
import type { SqlWords } from './column-types.ts'

type Before = { machines: { id: string; inventory: string | null; hardware: string | null } }

/** One by one: all the inventories of a large stock do not fit into memory at once. */
async function fillHardware(database: Kysely<Before>): Promise<void> {
  for (const { id } of await database.selectFrom('machines').select('id').execute()) {
    const { inventory } = await database
      .selectFrom('machines')
      .select('inventory')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (inventory === null) continue
    const found: Inventory = JSON.parse(inventory)
    const hardware = JSON.stringify(hardwareOf(found))
    await database.updateTable('machines').set({ hardware }).where('id', '=', id).execute()
  }
}

/**
 * Lists of thousands of machines without their inventories: those get a table of their own, and a machine's row has only
 * what lists show. Indexes for the order of the stock, and for what has ended lately.
 */
export async function up(database: Kysely<unknown>, { strict }: SqlWords): Promise<void> {
  await sql.raw(`ALTER TABLE machines ADD COLUMN hardware TEXT`).execute(database)
  await fillHardware(database.withTables<Before>())
  const statements = [
    `CREATE TABLE inventories (
      machine_id TEXT PRIMARY KEY REFERENCES machines (id) ON DELETE CASCADE,
      inventory TEXT NOT NULL
    )${strict}`,
    `INSERT INTO inventories (machine_id, inventory) SELECT id, inventory FROM machines WHERE inventory IS NOT NULL`,
    `ALTER TABLE machines DROP COLUMN inventory`,
    `CREATE INDEX records_by_change ON records (changed_at, id)`,
    `CREATE INDEX records_of_state ON records (state, changed_at, id)`,
    `CREATE INDEX runs_by_end ON runs (state, state_at)`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
