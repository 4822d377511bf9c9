import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { withValues } from '../registry.ts'

const computerName = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName'

/** The script `label-drive`. */
export function labelDrive(machine: Machine, { label }: Record<string, unknown>): Answer {
  return { machine: { ...machine, driveLabel: String(label) }, code: 0, result: {} }
}

/** The script `rename-computer`: the name comes with the next start. */
export function renameComputer(machine: Machine, { name }: Record<string, unknown>): Answer {
  const value = { key: computerName, name: 'ComputerName', type: 'REG_SZ', data: String(name) } as const
  return { machine: withValues(machine, [value]), code: 0, result: {} }
}
