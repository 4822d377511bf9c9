import type { SetWindowsInput } from '../../../tasksequences/steps/set-windows.ts'

export type PowerPlan = NonNullable<SetWindowsInput['power']>

/** One call of powercfg.exe; what is not needed may be refused: not every machine hibernates or has a spinning disk. */
export type PowerCommand = { args: string[]; needed: boolean }

/** Windows' own plans, by the numbers they have in every language (winnt.h, GUID_…_POWER_POLICY…). */
const plans: Readonly<Record<Exclude<PowerPlan, 'workshop'>, string>> = {
  balanced: '381b4222-f694-41f0-9685-ff5bb260df2e',
  'high-performance': '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c',
  'power-saver': 'a1841308-3541-4fab-bc81-f71556f20b4a',
}

/**
 * What makes a plan. `workshop` is the balanced one, which every machine has, without sleep and without a dark screen; a
 * plan of Windows' own is set as Windows has it, without what the workshop has changed. Pure.
 */
export function powerCommands(plan: PowerPlan): PowerCommand[] {
  if (plan !== 'workshop') {
    return [['/restoredefaultschemes'], ['/setactive', plans[plan]]].map((args) => ({ args, needed: true }))
  }
  const never = ['standby', 'monitor', 'hibernate', 'disk'].flatMap((what) =>
    ['ac', 'dc'].map((supply) => ({
      args: ['/change', `${what}-timeout-${supply}`, '0'],
      needed: what === 'standby' || what === 'monitor',
    })),
  )
  return [{ args: ['/setactive', plans.balanced], needed: true }, ...never]
}

/** Hibernation, and with it fast start-up. Pure. */
export function hibernateCommand(on: boolean): PowerCommand {
  return { args: ['/hibernate', on ? 'on' : 'off'], needed: true }
}
