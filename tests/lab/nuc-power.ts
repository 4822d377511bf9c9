import { join } from 'node:path'
import type { NetworkPlug } from './network-cards.ts'
import { bootManagerStarted } from './stand-in-windows.ts'
import { startVirtualMachine, type VirtualDisk, type VirtualMachine } from './virtual-machine.ts'
import type { Workshop } from './workshop.ts'

const minutes = 60_000

/** A virtual NUC with a power button: it keeps its disk and its firmware's variables while it is off. */
export type NucPower = {
  /** Since it was last switched on. */
  machine(): VirtualMachine
  on(): Promise<VirtualMachine>
  /** The plug is pulled. */
  cut(): Promise<void>
}

export function openNucPower(workshop: Workshop, nuc: NetworkPlug & { disk: VirtualDisk }): NucPower {
  const { disk, ...plug } = nuc
  let current: VirtualMachine | undefined
  const machine = (): VirtualMachine => {
    if (!current) throw new Error('it was never switched on')
    return current
  }
  return {
    machine,
    on: async () => {
      const { network, folder } = workshop
      current = await startVirtualMachine({
        network,
        folder: join(folder, 'machine'),
        name: 'nuc',
        ...plug,
        disks: [disk],
      })
      return current
    },
    cut: async () => current?.cutPower(),
  }
}

/**
 * Waits until the machine has started its disk, and gives what it said since `from`: the network stands first in its
 * boot order, so it asks there and is sent on.
 */
export async function untilOnDisk({ serial }: VirtualMachine, from: number): Promise<string> {
  await serial.waitFor(bootManagerStarted, 4 * minutes, from)
  const end = serial.lines.findIndex((line, index) => index >= from && bootManagerStarted.test(line))
  return serial.lines.slice(from, end + 1).join('\n')
}
