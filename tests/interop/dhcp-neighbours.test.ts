import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AddressRange } from '../../server/dhcp/addresses.ts'
import { canRun } from '../machine/requirements.ts'
import { startServer, type RunningServer } from './dhcp/bench.ts'
import { runUdhcpc } from './dhcp/foreign-clients.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'

const SERVER = '10.77.0.1'
const obstacle = obstacleToWire(['ip', 'udhcpc', 'busybox', 'sysctl'])

/** What else is on the wire and on the server's own cables; all of it the kernel's own doing. */
describe.runIf(canRun('DHCP and its neighbours', obstacle))('an address to give away', () => {
  let wire: Wire
  let server: RunningServer | undefined

  async function serve(range: AddressRange): Promise<RunningServer> {
    server = await startServer(wire, 'server', {
      config: { mode: 'full', interface: 'eth0', range },
      boot: { kind: 'none' },
    })
    return server
  }

  const on = async (host: string, ...command: string[]) => {
    const { status, output } = await wire.run(host, command)
    expect(status, output).toBe(0)
    return output
  }
  const said = (type: string) => server?.said.filter((line) => line.type === type)

  beforeEach(() => {
    wire = createWire()
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('client')
  })

  afterEach(async () => {
    await server?.close()
    server = undefined
    await wire.remove()
  })

  test('is none of the server’s own, on whichever interface, with or without a cable, now or later', async () => {
    wire.addAddress('server', '10.77.0.50/24')
    await on('server', 'ip', 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'unplugged')
    await on('server', 'ip', 'link', 'set', 'eth1', 'up')
    await on('server', 'ip', 'address', 'add', '10.77.0.51/32', 'dev', 'eth1')
    await serve({ first: '10.77.0.50', last: '10.77.0.53' })
    const first = await runUdhcpc(wire, 'client', ['-r', '10.77.0.50'])
    expect(first.told.ip, first.output).toMatch(/^10\.77\.0\.5[23]$/)
    await on('server', 'ip', 'address', 'add', `${first.told.ip}/32`, 'dev', 'lo')
    // What the server has read of its own addresses holds good for a second.
    const asksAgain = async () => (await runUdhcpc(wire, 'client', ['-r', first.told.ip ?? ''])).told.ip
    const other = first.told.ip === '10.77.0.52' ? '10.77.0.53' : '10.77.0.52'
    await expect.poll(asksAgain, { timeout: 30_000 }).toBe(other)
  })

  test('is found beside a host that answers ARP for all of them: it is named, and quarantines none', async () => {
    wire.addHost('router', '10.77.0.254/32')
    // The kernel of this host takes every address of the range for its own, and says so to whoever asks.
    await on('router', 'ip', 'route', 'add', 'local', '10.77.0.48/28', 'dev', 'lo')
    const running = await serve({ first: '10.77.0.50', last: '10.77.0.53' })
    for (const name of ['second', 'third', 'fourth']) wire.addHost(name)
    for (const name of ['client', 'second', 'third', 'fourth']) {
      const heard = await runUdhcpc(wire, name)
      expect(heard.told.ip, heard.output).toMatch(/^10\.77\.0\.5[0-3]$/)
    }
    await running.saw({ type: 'proxy-arp', proxy: wire.macOf('router') })
    expect(said('proxy-arp')).toHaveLength(1)
    expect(said('taken')).toEqual([])
  })

  test('is not one that somebody has behind the noise of such a host', async () => {
    wire.addHost('router', '10.77.0.254/32')
    await on('router', 'ip', 'route', 'add', 'local', '10.77.0.48/28', 'dev', 'lo')
    wire.addHost('squatter', '10.77.0.50/24')
    const running = await serve({ first: '10.77.0.50', last: '10.77.0.55' })
    const heard = await runUdhcpc(wire, 'client', ['-r', '10.77.0.50'])
    await running.saw({ type: 'proxy-arp', proxy: wire.macOf('router') })
    expect(heard.told.ip, heard.output).toMatch(/^10\.77\.0\.5[1-5]$/)
    await running.saw({ type: 'taken', address: '10.77.0.50', holder: wire.macOf('squatter') })
  })

  test('is still there for the next machine after one that believes such a host has declined every one', async () => {
    wire.addHost('router', '10.77.0.254/32')
    await on('router', 'ip', 'route', 'add', 'local', '10.77.0.48/28', 'dev', 'lo')
    wire.addHost('second')
    await serve({ first: '10.77.0.50', last: '10.77.0.53' })
    wire.start('client', ['udhcpc', '-i', 'eth0', '-f', '-a', '-A', '1', '-s', '/bin/true'])
    await expect.poll(() => said('declined')?.length, { timeout: 40_000 }).toBeGreaterThan(4)
    const heard = await runUdhcpc(wire, 'second')
    expect(heard.told.ip, heard.output).toMatch(/^10\.77\.0\.5[0-3]$/)
    expect(said('taken')).toEqual([])
  })

  test('is seen free beside a Linux router with proxy_arp, which answers questions and not probes', async () => {
    wire.addHost('router', '10.77.0.254/32')
    await on('router', 'ip', 'link', 'add', 'wan0', 'type', 'veth', 'peer', 'name', 'wan1')
    for (const name of ['wan0', 'wan1']) await on('router', 'ip', 'link', 'set', name, 'up')
    await on('router', 'ip', 'route', 'add', 'default', 'dev', 'wan0')
    await on('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.eth0.proxy_arp=1')
    await on('router', 'sysctl', '-qw', 'net.ipv4.neigh.eth0.proxy_delay=0')
    const answered = await on('server', 'busybox', 'arping', '-c', '1', '-w', '5', '-I', 'eth0', '10.77.0.50')
    expect(answered).toContain('Received 1 response')
    await serve({ first: '10.77.0.50', last: '10.77.0.51' })
    const heard = await runUdhcpc(wire, 'client', ['-r', '10.77.0.50'])
    expect(heard.told.ip, heard.output).toBe('10.77.0.50')
    expect(said('taken')).toEqual([])
  })
})
