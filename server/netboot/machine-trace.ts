import type { Machine } from '../machines/machine.ts'
import type { Register } from '../machines/register.ts'
import type { BootTrace, TraceEntry } from './trace.ts'

/**
 * What this machine asked, through whatever network card, oldest first. What another machine asked through one of its
 * cards is not in it, nor what may have been either's.
 */
export async function traceOfMachine(
  machine: Pick<Machine, 'id' | 'uuid' | 'macs'>,
  { trace, register }: { trace: BootTrace; register: Pick<Register, 'find'> },
): Promise<TraceEntry[]> {
  const own = await Promise.all(
    trace.naming(machine).map(async ({ requester, entries }) => {
      const asker = await register.find(requester)
      return asker?.id === machine.id ? entries : []
    }),
  )
  return own.flat().sort((a, b) => a.at.getTime() - b.at.getTime())
}
