import fc from 'fast-check'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ArpProber, ProbeResult } from '../../../../server/sockets/arp-probe.ts'
import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { DhcpEvent } from '../../../../server/dhcp/events.ts'
import { listen, type DhcpDependencies } from '../../../../server/dhcp/listener.ts'
import { decodePacket, encodePacket, type DhcpPacket } from '../../../../server/dhcp/packet.ts'
import type { DhcpConfig } from '../../../../server/dhcp/settings.ts'
import type { DhcpSocket, Sender } from '../../../../server/dhcp/socket.ts'
import { ENVIRONMENT, MAC, message, OTHER_MAC, PXE, SERVER, WINDOWS } from './client-messages.ts'
import { memoryLeaseStore } from './memory-lease-store.ts'
import { lease, RANGE, SHIM } from './workshop.ts'

type Sent = { packet: DhcpPacket; port: number; address: Ipv4 }

/** A wire without a network: what the server sends lies in `sent`, what `receive` is given arrives at it. */
function wire() {
  const sent: Sent[] = []
  let handler: ((bytes: Uint8Array, from: Sender) => void) | undefined
  let closed = false
  const socket: DhcpSocket = {
    onMessage: (given) => (handler = given),
    onError: () => {},
    send: async (bytes, port, address) => {
      expect(closed).toBe(false)
      sent.push({ packet: decodePacket(bytes), port, address })
    },
    close: async () => {
      closed = true
    },
  }
  const receive = (bytes: Uint8Array) => handler?.(bytes, { address: '0.0.0.0', port: 68 })
  return {
    socket,
    sent,
    receive,
    ask: (packet: DhcpPacket) => receive(encodePacket(packet).bytes),
    isClosed: () => closed,
  }
}

function prober(
  find: (address: string, ignoring?: ReadonlySet<string>) => ProbeResult | Promise<ProbeResult> = () => ({
    kind: 'free',
  }),
): ArpProber {
  return { probe: async (address, ignoring) => find(address, ignoring), close: () => {} }
}

async function serve(changes: Partial<DhcpDependencies> = {}, config: Partial<DhcpConfig> = {}) {
  const line = wire()
  const events: DhcpEvent[] = []
  const store = memoryLeaseStore()
  const listener = await listen(
    { mode: 'pxe-lease', interface: 'bench0', range: RANGE, ...config },
    {
      store,
      bootFor: () => SHIM,
      onEvent: (event) => events.push(event),
      readOwnAddresses: () => new Set([SERVER]),
      readInterface: () => ({ address: SERVER, prefixLength: 24, mac: '02:00:5e:00:00:fe' }),
      openSocket: async () => line.socket,
      openProber: () => prober(),
      ...changes,
    },
  )
  return { line, events, store, listener }
}

const discover = (xid = 1, chaddr = MAC) => message({ ...PXE, messageType: 'discover' }, { xid, chaddr })
const take = (address: Ipv4, xid = 1, chaddr = MAC) =>
  message({ ...PXE, messageType: 'request', serverIdentifier: SERVER, requestedAddress: address }, { xid, chaddr })
/** Lets everything that waits for nothing outside run. */
const settled = () => delay(5)

describe('the listener', () => {
  test('offers, stores, acknowledges, and tells each', async () => {
    const { line, events, store, listener } = await serve()
    line.ask(discover())
    await settled()
    const address = line.sent[0]?.packet.yiaddr ?? '0.0.0.0'
    expect(line.sent[0]).toMatchObject({ port: 68, address: '255.255.255.255' })
    expect(store.leases.size).toBe(0)
    line.ask(take(address))
    await settled()
    expect(line.sent[1]?.packet.options.messageType).toBe('ack')
    expect(store.leases.get(address)).toMatchObject({ state: 'bound', mac: MAC })
    expect(events).toEqual([
      { type: 'offered', mac: MAC, address, client: 'pxe', boot: 'shimx64.efi' },
      { type: 'acknowledged', mac: MAC, address, client: 'pxe', boot: 'shimx64.efi' },
    ])
    expect(listener.stats()).toMatchObject({ received: 2, leased: 1, events: { offered: 1, acknowledged: 1 } })
    await listener.close()
  })

  test('acknowledges only once the lease is stored', async () => {
    let stored = (): void => {}
    const store = {
      ...memoryLeaseStore(),
      put: () => new Promise<void>((resolve) => (stored = resolve)),
    }
    const { line, listener } = await serve({ store })
    line.ask(take('10.77.0.52'))
    await settled()
    expect(line.sent).toEqual([])
    stored()
    await settled()
    expect(line.sent[0]?.packet.options.messageType).toBe('ack')
    await listener.close()
  })

  test('does not acknowledge what could not be stored, and goes on', async () => {
    const full = new Error('disk full')
    const { line, events, listener } = await serve({
      store: { ...memoryLeaseStore(), put: () => Promise.reject(full) },
    })
    line.ask(take('10.77.0.52'))
    await settled()
    expect(line.sent).toEqual([])
    expect(events).toEqual([{ type: 'failed', during: 'store', mac: MAC, error: full }])
    line.ask(discover())
    await settled()
    expect(line.sent[0]?.packet.options.messageType).toBe('offer')
    await listener.close()
  })

  test('goes on when nobody can say what boots', async () => {
    const lost = new Error('no database')
    const { line, events, listener } = await serve({ bootFor: () => Promise.reject(lost) })
    line.ask(discover())
    await settled()
    expect(events).toEqual([{ type: 'failed', during: 'boot', mac: MAC, error: lost }])
    await listener.close()
  })

  test('is silent, with the reason, where the machine is to boot its disk', async () => {
    const { line, events, listener } = await serve({
      bootFor: async () => ({ kind: 'silent', reason: 'nothing to do' }),
    })
    line.ask(discover())
    await settled()
    expect(line.sent).toEqual([])
    expect(events).toMatchObject([{ type: 'ignored', reason: 'boot-silent', detail: 'nothing to do' }])
    await listener.close()
  })

  test('holds up nobody while an address is probed, and offers no address twice', async () => {
    const waiting: Array<(result: ProbeResult) => void> = []
    const slow = prober(() => new Promise((resolve) => waiting.push(resolve)))
    const { line, listener } = await serve({ openProber: () => slow })
    line.ask(discover(1, MAC))
    line.ask(discover(2, OTHER_MAC))
    await settled()
    expect(waiting.length).toBe(2)
    waiting[1]?.({ kind: 'free' })
    await settled()
    expect(line.sent.map(({ packet }) => packet.chaddr)).toEqual([OTHER_MAC])
    waiting[0]?.({ kind: 'free' })
    await settled()
    expect(new Set(line.sent.map(({ packet }) => packet.yiaddr)).size).toBe(2)
    await listener.close()
  })

  test('offers another address when somebody has the first, and remembers that over a restart', async () => {
    const seen: string[] = []
    const busy = prober((address) => {
      seen.push(address)
      return seen.length === 1 ? { kind: 'taken', mac: OTHER_MAC } : { kind: 'free' }
    })
    const { line, events, store, listener } = await serve({ openProber: () => busy })
    line.ask(discover())
    await settled()
    const offered = line.sent[0]?.packet.yiaddr
    expect(offered).not.toBe(seen[0])
    expect(seen).toContain(offered)
    expect(events[0]).toMatchObject({ type: 'taken', mac: MAC, address: seen[0], holder: OTHER_MAC })
    expect([...store.leases.values()]).toMatchObject([{ address: seen[0], state: 'quarantined', mac: OTHER_MAC }])
    await listener.close()
  })

  test('names proxy ARP once, leaves no address alone for it, and still hears who really has one', async () => {
    const PROXY = '02:00:5e:00:00:99'
    const holders = new Map<string, string>()
    const everybody: ArpProber = {
      probe: async (address, ignoring) => {
        if (!ignoring?.has(PROXY)) return { kind: 'taken', mac: PROXY }
        const mac = holders.get(address)
        return mac === undefined ? { kind: 'free' } : { kind: 'taken', mac }
      },
      close: () => {},
    }
    const { line, events, store, listener } = await serve({ openProber: () => everybody })
    line.ask(discover())
    await settled()
    const first = line.sent[0]?.packet.yiaddr
    expect(first).toBeDefined()
    expect(events).toMatchObject([{ type: 'proxy-arp', proxy: PROXY, address: first }, { type: 'offered' }])
    expect(store.leases.size).toBe(0)

    for (let last = 50; last <= 59; last += 1) holders.set(`10.77.0.${last}`, `02:00:5e:00:01:${last}`)
    holders.delete(first ?? '')
    line.ask(discover(2, '02:00:5e:10:00:77'))
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'ignored', reason: 'range-exhausted' })
    expect([...store.leases.values()].map(({ state, mac, address }) => [state, address, mac]).sort()).toEqual(
      [...holders].map(([address, mac]) => ['quarantined', address, mac]).sort(),
    )
    expect(listener.stats().events).toMatchObject({ 'proxy-arp': 1, taken: 9 })
    await listener.close()
  })

  test('forgets what it left alone for a proxy that it did not know for one', async () => {
    const PROXY = '02:00:5e:00:00:99'
    const store = memoryLeaseStore()
    const until = new Date(Date.now() + 600_000)
    for (let last = 50; last <= 58; last += 1) {
      await store.put(lease(`10.77.0.${last}`, { state: 'quarantined', client: MAC, mac: PROXY, expiresAt: until }))
    }
    const all = prober((_address, ignoring) =>
      ignoring?.has(PROXY) ? { kind: 'free' } : { kind: 'taken', mac: PROXY },
    )
    const { line, events, listener } = await serve({ store, openProber: () => all })
    line.ask(discover())
    await settled()
    expect(events).toMatchObject([{ type: 'proxy-arp' }, { type: 'offered' }])
    expect(store.leases.size).toBe(0)
    await listener.close()
  })

  test('keeps addresses of this computer to itself, those it gets later too, and the relay’s', async () => {
    const own = new Set<Ipv4>(['10.77.0.1'])
    for (let last = 50; last <= 58; last += 1) own.add(`10.77.0.${last}`)
    const { line, events, listener } = await serve({ readOwnAddresses: () => own })
    line.ask(discover())
    await settled()
    expect(line.sent[0]?.packet.yiaddr).toBe('10.77.0.59')
    line.ask(message({ ...PXE, messageType: 'discover' }, { xid: 2, chaddr: OTHER_MAC, giaddr: '10.77.0.59' }))
    await settled()
    expect(events.at(-1)).toMatchObject({ type: 'ignored', reason: 'range-exhausted' })
    await listener.close()
  })

  test('lets a machine keep the address that it answers ARP for itself', async () => {
    const { line, events, listener } = await serve({ openProber: () => prober(() => ({ kind: 'taken', mac: MAC })) })
    line.ask(discover())
    await settled()
    expect(events).toMatchObject([{ type: 'offered' }])
    await listener.close()
  })

  test('answers a repeated question once', async () => {
    const { line, events, listener } = await serve()
    line.ask(discover())
    line.ask(discover())
    await settled()
    expect(line.sent.length).toBe(1)
    expect(events.map((event) => event.type === 'ignored' && event.reason)).toContain('already-answering')
    await listener.close()
  })

  test('answers relays at their port and renewing clients at their address', async () => {
    const { line, listener } = await serve()
    line.ask(message({ ...PXE, messageType: 'discover' }, { giaddr: '10.77.0.7' }))
    line.ask(message({ ...ENVIRONMENT, messageType: 'request' }, { ciaddr: '10.77.0.52', chaddr: OTHER_MAC }))
    await settled()
    expect(line.sent.map(({ port, address }) => `${address}:${port}`).sort()).toEqual(['10.77.0.52:68', '10.77.0.7:67'])
    await listener.close()
  })

  test('survives tens of thousands of broken packets and serves the next machine', async () => {
    const { line, events, listener } = await serve({}, { mode: 'full' })
    const good = encodePacket(discover()).bytes
    const edits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    const broken = fc.sample(edits, 20_000)
    for (const [index, changes] of broken.entries()) {
      const bytes = Uint8Array.from(good)
      for (const [at, value] of changes) bytes[at] = value
      line.receive(index % 3 === 0 ? bytes.subarray(0, changes[0]?.[0] ?? 0) : bytes)
      if (index % 500 === 0) await delay(0)
    }
    await settled()
    expect(listener.stats()).toMatchObject({ received: 20_000, events: { failed: 0 } })
    expect(listener.stats().events.malformed).toBeGreaterThan(1000)
    // One event tells what became of each; another may name its odd options.
    expect(events.filter(({ type }) => type !== 'odd-options').length).toBe(20_000)
    line.sent.length = 0
    line.ask(message({ ...WINDOWS, messageType: 'inform' }, { ciaddr: '10.77.0.200', chaddr: OTHER_MAC }))
    await settled()
    expect(line.sent.length).toBe(1)
    await listener.close()
  })

  test('closes: sends nothing more, though a lease under way is still stored', async () => {
    let stored = (): void => {}
    const put = () => new Promise<void>((resolve) => (stored = resolve))
    const { line, listener } = await serve({ store: { ...memoryLeaseStore(), put } })
    line.ask(take('10.77.0.52'))
    await settled()
    const closing = listener.close()
    stored()
    await closing
    expect(line.isClosed()).toBe(true)
    expect(line.sent).toEqual([])
  })

  test('knows after a restart what it had leased', async () => {
    const store = memoryLeaseStore()
    const before = await serve({ store })
    before.line.ask(take('10.77.0.52'))
    await settled()
    await before.listener.close()
    const after = await serve({ store })
    after.line.ask(discover())
    await settled()
    expect(after.line.sent[0]?.packet.yiaddr).toBe('10.77.0.52')
    await after.listener.close()
  })
})

describe('the start', () => {
  const refused = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))

  test.each([
    ['EADDRINUSE', 'DHCP_PORT_BUSY'],
    ['EACCES', 'DHCP_NOT_PERMITTED'],
    ['EPERM', 'DHCP_NOT_PERMITTED'],
    ['ENODEV', 'DHCP_INTERFACE_MISSING'],
    ['ENOBUFS', 'DHCP_SOCKET_FAILED'],
  ])('turns %s into %s', async (code, expected) => {
    await expect(serve({ openSocket: refused(code) })).rejects.toMatchObject({ name: 'DhcpError', code: expected })
  })

  test('closes the socket again when packets may not be sent raw', async () => {
    const line = wire()
    const openProber = () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
    }
    await expect(serve({ openSocket: async () => line.socket, openProber })).rejects.toMatchObject({
      code: 'DHCP_NOT_PERMITTED',
    })
    expect(line.isClosed()).toBe(true)
  })

  test('in mode off opens nothing', async () => {
    const { listener } = await serve({ openSocket: refused('EPERM') }, { mode: 'off' })
    expect(listener.stats()).toMatchObject({ received: 0, leased: 0 })
    await listener.close()
  })

  test('in mode proxy says that it is yet to come', async () => {
    await expect(serve({}, { mode: 'proxy' })).rejects.toMatchObject({
      code: 'DHCP_MODE_NOT_YET',
      params: { mode: 'proxy' },
    })
  })
})
