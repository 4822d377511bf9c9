import type { Machine } from './machine.ts'

export type MachineStore = {
  all(): Promise<Machine[]>
  get(id: string): Promise<Machine | null>
  /** Writes the machine over what was there, its MAC addresses too. */
  put(machine: Machine): Promise<void>
}
