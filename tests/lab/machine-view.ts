import type { Page } from 'playwright-core'
import type { Inventory } from '../../agent/protocol/inventory.ts'

/** A machine as its own route gives it; what the tests look at. */
export type MachineView = { id: string; serial: string | null; macs: string[]; inventory: Inventory | null }

export async function machineOf(page: Page, url: string, serial: string): Promise<MachineView> {
  const answer = await page.request.get(`${url}/api/machines`)
  const list: { items: Pick<MachineView, 'id' | 'serial'>[] } = await answer.json()
  const found = list.items.find((one) => one.serial === serial)
  if (!found) throw new Error(`${serial} is not in the list of machines`)
  const own = await page.request.get(`${url}/api/machines/${found.id}`)
  const machine: MachineView = await own.json()
  return machine
}
