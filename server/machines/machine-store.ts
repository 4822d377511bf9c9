import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Machine } from './machine.ts'
import type { Untouched } from './untouched/policy.ts'

export type MachineStore = {
  all(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** Writes the machine over what was there, its MAC addresses too. */
  put(machine: Machine): Promise<void>
  /** What it said of its hardware; null before it has. Apart from the machine, since it is large and seldom asked for. */
  inventoryOf(id: string): Promise<Inventory | null>
  putInventory(id: string, inventory: Inventory): Promise<void>
  /**
   * Those with which nobody has done anything: no name, no run, no move of their record but the system's own,
   * no word that they are another than the one they resemble.
   */
  untouched(): Promise<Untouched[]>
  /** Removes the machine and everything that is kept of it: record, runs, logs, evidence, keys, sessions. */
  remove(id: string): Promise<void>
  /**
   * Gives all that is kept of one machine to another, runs, keys, the record's history and evidence, and removes it; its
   * agent has to say hello again. The inventory that stays is that of `newest`.
   */
  join(ids: { survivor: string; away: string; newest: string }): Promise<void>
}
