import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { startServer, type RunningServer } from './dhcp/bench.ts'
import { runUdhcpc } from './dhcp/foreign-clients.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'

const SERVER = '10.77.0.1'
const ONLY = '10.77.0.50'
const YEARS = 10 * 365 * 24 * 3600 * 1000
const obstacle = obstacleToWire(['ip', 'udhcpc'])

/** One address, leased for a few seconds: who has it, and for how long, shows at once. */
describe.runIf(canRun('DHCP under a clock that is set', obstacle))('a lease under a clock that is set', () => {
  let wire: Wire
  let server: RunningServer

  const setCalendar = (wrongByMs: number) => writeFileSync(`${wire.folder}/calendar`, String(wrongByMs))

  async function serve(leaseSeconds: number): Promise<void> {
    server = await startServer(wire, 'server', {
      config: { mode: 'full', interface: 'eth0', range: { first: ONLY, last: ONLY }, leaseSeconds, offerSeconds: 1 },
      boot: { kind: 'none' },
      calendar: `${wire.folder}/calendar`,
    })
  }

  /** The first machine takes the address and is switched off. */
  async function leaseAndLeave(): Promise<void> {
    const heard = await runUdhcpc(wire, 'client')
    expect(heard.told.ip, heard.output).toBe(ONLY)
    await wire.run('client', ['ip', 'link', 'set', 'eth0', 'down'])
  }

  const ask = async () => (await runUdhcpc(wire, 'newcomer', ['-t', '2', '-T', '1'])).told.ip

  beforeEach(() => {
    wire = createWire()
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('client')
    wire.addHost('newcomer')
  })

  afterEach(async () => {
    await server.close()
    await wire.remove()
  })

  test('written down by a clock years ahead, and read after it was set right: ends all the same', async () => {
    setCalendar(YEARS)
    await serve(12)
    await leaseAndLeave()
    await server.kill()
    setCalendar(0)
    await serve(12)
    await expect.poll(ask, { timeout: 50_000 }).toBe(ONLY)
    // Not before its time: the newcomer was refused for want of addresses until then.
    expect(server.said.some(({ type, reason }) => type === 'ignored' && reason === 'range-exhausted')).toBe(true)
  })

  test('set back by years while the server runs: ends all the same', async () => {
    setCalendar(0)
    await serve(12)
    await leaseAndLeave()
    setCalendar(-YEARS)
    await expect.poll(ask, { timeout: 50_000 }).toBe(ONLY)
  })

  test('set forward by years while the server runs, and killed after the next message: nobody else gets the address', async () => {
    setCalendar(0)
    await serve(3600)
    await leaseAndLeave()
    setCalendar(YEARS)
    expect(await ask()).toBeUndefined()
    await server.kill()
    await serve(3600)
    expect(await ask()).toBeUndefined()
    await wire.run('client', ['ip', 'link', 'set', 'eth0', 'up'])
    expect((await runUdhcpc(wire, 'client')).told.ip).toBe(ONLY)
  })
})
