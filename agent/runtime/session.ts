import { problemOf, type Connection } from './connection.ts'
import type { Inventory } from '../protocol/inventory.ts'
import type { Hello, Welcome } from '../protocol/messages.ts'
import type { ScreenUpdates } from './screen-updates.ts'
import type { Clock } from './clock.ts'

/** What a hello gave: it is good until the server answers 401. */
export type Session = { token: string; inventory: Inventory }

export type SessionDependencies = Omit<Hello, 'inventory' | 'key'> & {
  connection: Pick<Connection, 'hello'>
  clock: Clock
  /** Of the agent in Windows: its proof that a run installed it on this machine's disk. */
  key?: string
  /** Read at every hello: what was plugged in meanwhile counts. */
  readInventory(): Promise<Inventory>
  /** Hears the server's time; true when there is news for the inventory by it, which is then told at once. */
  heardTime?(clock: Welcome['clock']): Promise<boolean>
  say(text: string): void
  signal: AbortSignal
}

/** Says hello until the server answers, and shows who the server says this machine is. */
export async function openSession(dependencies: SessionDependencies, screen: ScreenUpdates): Promise<Session> {
  const { connection, clock, readInventory, phase, agentVersion, bootId, key, say, signal } = dependencies
  for (;;) {
    const inventory = await readInventory()
    const hello: Hello = { phase, agentVersion, bootId, inventory, ...(key === undefined ? {} : { key }) }
    const reply = await connection.hello(hello, signal)
    if (reply.kind === 'answered') {
      const welcome: Welcome = reply.answer
      if ((await dependencies.heardTime?.(welcome.clock)) === true) continue
      screen.show({ welcome, model: inventory.system.product, address: addressOf(inventory) })
      screen.connected()
      say(`present as ${welcome.code}`)
      return { token: welcome.session, inventory }
    }
    await clock.sleep(screen.lost(problemOf('hello', reply)), signal)
  }
}

function addressOf(inventory: Inventory): string | null {
  return inventory.networkInterfaces.find((one) => one.address !== null)?.address ?? null
}
