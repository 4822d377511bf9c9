import { computerNameFaults, computerNameFromRule } from '../../../images/unattend/computer-name.ts'
import type { StepContext } from '../../runtime/step.ts'
import { registryText } from '../system/registry.ts'
import { readValue } from '../system/registry-access.ts'

const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName'

/** The name Windows goes by now, and the one it will have after the next restart; null where it cannot be read. */
export type ComputerNames = { active: string | null; pending: string | null }

/** The name a rule makes for this machine, as `prepare-windows` makes it; null when none that Windows takes. Pure. */
export function wantedName(rule: string, { work, inventory }: Pick<StepContext, 'work' | 'inventory'>): string | null {
  if (!/\{(?:serial|mac|model)\}/.test(rule)) return rule !== '*' && computerNameFaults(rule).length === 0 ? rule : null
  const fact = (name: string): string => String(work.variables[name] ?? '')
  const { system, networkInterfaces } = inventory
  const name = computerNameFromRule(rule, {
    serial: fact('serial') || (system.serial ?? ''),
    mac: fact('mac') || (networkInterfaces[0]?.mac ?? ''),
    model: fact('product') || (system.product ?? ''),
  })
  return name === '*' ? null : name
}

/** What it takes to get the name. Pure. */
export function nameChange(wanted: string, { active, pending }: ComputerNames): 'none' | 'restart' | 'rename' {
  if (!same(wanted, pending)) return 'rename'
  return same(wanted, active) ? 'none' : 'restart'
}

const same = (one: string, other: string | null): boolean => one.toUpperCase() === other?.toUpperCase()

/** Reads both names: Windows keeps the coming one beside the one it goes by. */
export async function readNames({ exec }: StepContext): Promise<ComputerNames> {
  const read = async (which: string): Promise<string | null> => {
    const value = await readValue(exec, `${key}\\${which}`, 'ComputerName')
    return value === null ? null : registryText(value)
  }
  return { active: await read('ActiveComputerName'), pending: await read('ComputerName') }
}
