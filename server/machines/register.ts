import type { Inventory } from '../../agent/inventory.ts'
import type { Store } from '../store/parts.ts'
import type { Machine } from './machine.ts'

export type Register = {
  list(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** Recognises the machine by UUID, serial and MACs together, makes it (with its stock record) if it is new, stores the inventory. */
  meet(inventory: Inventory, at: Date): Promise<{ machine: Machine; isNew: boolean }>
  /** For network boot, before any inventory: null when unknown or when the two name different machines. */
  find(by: { uuid: string | null; mac: string | null }): Promise<Machine | null>
  rename(id: string, name: string | null): Promise<Machine>
  onChange(listener: (machine: Machine) => void): () => void
}

export type RegisterDependencies = { store: Store; newId: () => string }

/** The register over a store. */
export function createRegister(_dependencies: RegisterDependencies): Register {
  throw new Error('not built yet')
}
