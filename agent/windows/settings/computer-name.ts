import { computerNameFaults, computerNameFromRule } from '../../../images/unattend/computer-name.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { valueIn } from '../system/registry.ts'
import { readRegistry } from '../system/registry-access.ts'

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
export async function readNames(context: StepContext, dependencies: WindowsDependencies): Promise<ComputerNames> {
  const active = `${key}\\ActiveComputerName`
  const pending = `${key}\\ComputerName`
  const questions = [active, pending].map((one) => ({ key: one, names: ['ComputerName'] }))
  const read = await readRegistry(context, dependencies, questions)
  const named = (one: string): string | null => valueIn(read, one, 'ComputerName')?.data ?? null
  return { active: named(active), pending: named(pending) }
}
