import { describe, expect, test } from 'vitest'
import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { DhcpEvent } from '../../../../server/dhcp/events.ts'
import type { Lease } from '../../../../server/dhcp/lease.ts'
import { judged, startLeaseClock, systemClocks, type Clocks } from '../../../../server/dhcp/lease-clock.ts'
import { listen, type DhcpListener } from '../../../../server/dhcp/listener.ts'
import { decodePacket, encodePacket, type DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { MAC, message, OTHER_MAC, PXE, SERVER } from './client-messages.ts'
import { memoryLeaseStore } from './memory-lease-store.ts'
import { lease, SHIM, START } from './workshop.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const YEAR = 365 * 24 * HOUR
const ONE: Ipv4 = '10.77.0.50'

/** A computer whose calendar can be set, and that can be left alone for hours. */
function computer() {
  let elapsedMs = 5000
  let calendarMs = START.getTime() - elapsedMs
  return {
    clocks: { wall: () => new Date(calendarMs + elapsedMs), elapsedMs: () => elapsedMs } satisfies Clocks,
    wait: (ms: number) => (elapsedMs += ms),
    set: (byMs: number) => (calendarMs += byMs),
  }
}

/** The only address of the range, with a server that can be started again on the same store. */
function bench() {
  const machine = computer()
  const leases = new Map<Ipv4, Lease>()
  let server: { listener: DhcpListener; ask(packet: DhcpPacket): void } | undefined
  let events: DhcpEvent[] = []
  let xid = 0

  async function start(): Promise<void> {
    let receive = (_bytes: Uint8Array): void => {}
    const listener = await listen(
      { mode: 'pxe-lease', interface: 'bench0', range: { first: ONE, last: ONE } },
      {
        store: memoryLeaseStore(leases),
        clocks: machine.clocks,
        bootFor: () => SHIM,
        onEvent: (event) => events.push(event),
        readOwnAddresses: () => new Set([SERVER]),
        readInterface: () => ({ address: SERVER, prefixLength: 24, mac: '02:00:5e:00:00:fe' }),
        openProber: () => ({ probe: async () => ({ kind: 'free' }), close: () => {} }),
        openSocket: async () => ({
          onMessage: (handler) => (receive = (bytes) => handler(bytes, { address: '0.0.0.0', port: 68 })),
          onError: () => {},
          send: async (bytes) => void decodePacket(bytes),
          close: async () => {},
        }),
      },
    )
    server = { listener, ask: (packet) => receive(encodePacket(packet).bytes) }
  }

  /** What became of a message. */
  async function ask(chaddr: string, options: object): Promise<string> {
    events = []
    xid += 1
    server?.ask(message({ ...PXE, ...options }, { chaddr, xid }))
    await expect.poll(() => events.length).toBeGreaterThan(0)
    const [event] = events
    return event?.type === 'ignored' ? event.reason : (event?.type ?? '')
  }

  return {
    ...machine,
    leases,
    start,
    stop: async () => server?.listener.close(),
    leased: () => server?.listener.stats().leased,
    discover: (mac: string) => ask(mac, { messageType: 'discover' }),
    take: (mac: string) => ask(mac, { messageType: 'request', serverIdentifier: SERVER, requestedAddress: ONE }),
  }
}

describe('while the server runs, a lease goes by what has elapsed', () => {
  test.each([
    ['back by ten years', -10 * YEAR],
    ['back by a minute', -60 * SECOND],
    ['forward by ten years', 10 * YEAR],
  ])('the clock set %s', async (_how, byMs) => {
    const { start, stop, take, discover, wait, set, leased } = bench()
    await start()
    expect(await take(MAC)).toBe('acknowledged')
    set(byMs)
    expect(await discover(OTHER_MAC)).toBe('range-exhausted')
    expect(leased()).toBe(1)
    wait(HOUR - SECOND)
    expect(await discover(OTHER_MAC)).toBe('range-exhausted')
    wait(2 * SECOND)
    expect(leased()).toBe(0)
    expect(await discover(OTHER_MAC)).toBe('offered')
    await stop()
  })
})

describe('over a restart', () => {
  test('a lease written down by a clock that was years ahead ends after its length, however often it is restarted', async () => {
    const { start, stop, take, discover, wait, set } = bench()
    set(10 * YEAR)
    await start()
    expect(await take(MAC)).toBe('acknowledged')
    // Killed: nothing is written any more.
    set(-10 * YEAR)
    for (let restart = 0; restart < 3; restart += 1) {
      await start()
      expect(await discover(OTHER_MAC)).toBe('range-exhausted')
      wait(HOUR / 3 - SECOND)
      await stop()
    }
    wait(4 * SECOND)
    await start()
    expect(await discover(OTHER_MAC)).toBe('offered')
    expect(await discover(MAC)).not.toBe('')
  })

  test.each([
    ['set forward', 10 * YEAR],
    ['set back', -10 * YEAR],
  ])('a lease given before the clock was %s runs to its end', async (_how, byMs) => {
    const { start, stop, take, discover, wait, set } = bench()
    await start()
    expect(await take(MAC)).toBe('acknowledged')
    wait(HOUR / 2)
    set(byMs)
    await stop()
    await start()
    wait(HOUR / 2 - 3 * SECOND)
    expect(await discover(OTHER_MAC)).toBe('range-exhausted')
    wait(5 * SECOND)
    expect(await discover(OTHER_MAC)).toBe('offered')
    await stop()
  })

  test('the calendar set while it runs is followed at the next message, so that a kill loses nothing', async () => {
    const { start, take, discover, set, leases, clocks } = bench()
    await start()
    expect(await take(MAC)).toBe('acknowledged')
    set(10 * YEAR)
    expect(await discover(OTHER_MAC)).toBe('range-exhausted')
    expect(leases.get(ONE)?.expiresAt).toEqual(new Date(clocks.wall().getTime() + HOUR))
    await start()
    expect(await discover(OTHER_MAC)).toBe('range-exhausted')
  })
})

test('a lease read at the start is left as it is, unless it was granted in the future', () => {
  const now = new Date(START.getTime() + HOUR / 2)
  const past = lease(ONE)
  expect(judged(past, now)).toBe(past)
  const renewed = lease(ONE, {
    grantedAt: new Date(now.getTime() + YEAR),
    expiresAt: new Date(now.getTime() + YEAR + HOUR),
  })
  expect(judged(renewed, now)).toMatchObject({ grantedAt: now, expiresAt: new Date(now.getTime() + HOUR) })
})

test('the system’s clocks go forward', () => {
  const clock = startLeaseClock(systemClocks)
  const [first, ahead] = [clock.now(), clock.aheadMs()]
  expect(ahead).toBe(0)
  expect(Math.abs(first.getTime() - Date.now())).toBeLessThan(10_000)
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(first.getTime())
})
