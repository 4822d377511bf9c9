import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodePacket, encodePacket, type DhcpPacket } from '../../server/dhcp/packet.ts'
import type { NamedOptions } from '../../server/dhcp/options/table.ts'
import type { DhcpConfig } from '../../server/dhcp/settings.ts'
import type { BootAnswer } from '../../server/dhcp/boot.ts'
import { message } from '../unit/server/dhcp/client-messages.ts'
import { exchange, startServer, type RunningServer } from './dhcp/bench.ts'
import { endDhclient, runDhclient, runUdhcpc, runUdhcpcAndRelease } from './dhcp/foreign-clients.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'
import { canRun } from '../machine/requirements.ts'

const SERVER = '10.77.0.1'
const BOOT: BootAnswer = { kind: 'boot', server: SERVER, file: 'shimx64.efi' }
const PXE_CLASS = 'PXEClient:Arch:00007:UNDI:003016'

const obstacle = obstacleToWire(['ip', 'udhcpc', 'dhclient', 'perfdhcp', 'dnsmasq'])

describe.runIf(canRun('DHCP with foreign clients', obstacle))('as the only server', () => {
  let wire: Wire
  let server: RunningServer | undefined

  const serve = async (config: Partial<DhcpConfig> = {}, blind = false): Promise<RunningServer> => {
    const whole: DhcpConfig = {
      mode: 'full',
      interface: 'eth0',
      range: { first: '10.77.0.50', last: '10.77.0.59' },
      routers: ['10.77.0.254'],
      domainNameServers: ['10.77.0.253'],
      domainName: 'bench.example',
      leaseSeconds: 600,
      ...config,
    }
    server = await startServer(wire, 'server', { config: whole, boot: BOOT, blind })
    return server
  }

  const ask = async (host: string, options: NamedOptions, header: Partial<DhcpPacket> = {}, to = '255.255.255.255') => {
    const bytes = encodePacket(message(options, { chaddr: wire.macOf(host), ...header })).bytes
    const answers = await exchange(wire, host, {
      port: 68,
      to,
      messages: [Buffer.from(bytes).toString('hex')],
      waitMs: 600,
    })
    return answers.map((each) => decodePacket(each))
  }

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

  test('udhcpc gets an address with all that it asks for, and gives it back', async () => {
    const running = await serve()
    const heard = await runUdhcpcAndRelease(wire, 'client', ['-O', 'bootfile', '-O', 'tftp', '-x', 'hostname:nuc-7'])
    expect(heard.status, heard.output).toBe(0)
    expect(heard.told).toMatchObject({
      subnet: '255.255.255.0',
      router: '10.77.0.254',
      dns: '10.77.0.253',
      domain: 'bench.example',
      serverid: SERVER,
      siaddr: SERVER,
      boot_file: 'shimx64.efi',
      lease: '600',
    })
    expect(heard.told.ip).toMatch(/^10\.77\.0\.5\d$/)
    await running.saw({ type: 'acknowledged', mac: wire.macOf('client'), address: heard.told.ip })
    await running.saw({ type: 'released', address: heard.told.ip })
  })

  test('dhclient gets a lease, keeps its address over a reboot, and gives it back', async () => {
    const running = await serve()
    const first = await runDhclient(wire, 'client')
    await endDhclient(wire, 'client', '-x')
    expect(first.told.new_ip_address, first.output).toMatch(/^10\.77\.0\.5\d$/)
    // The lease file remembers: dhclient begins in INIT-REBOOT.
    const second = await runDhclient(wire, 'client')
    expect(second.told).toMatchObject({ reason: 'REBOOT', new_ip_address: first.told.new_ip_address })
    await endDhclient(wire, 'client', '-r')
    await running.saw({ type: 'released', address: first.told.new_ip_address })
  })

  test('dhclient that comes from another network is refused, and gets an address of this one', async () => {
    const running = await serve()
    const first = await runDhclient(wire, 'client')
    await endDhclient(wire, 'client', '-x')
    await running.close()
    await wire.run('server', ['ip', 'address', 'flush', 'dev', 'eth0'])
    wire.addAddress('server', '10.99.0.1/24')
    const moved = await serve({ range: { first: '10.99.0.50', last: '10.99.0.59' }, routers: [] })
    const second = await runDhclient(wire, 'client')
    await moved.saw({ type: 'refused', reason: 'wrong-network', address: first.told.new_ip_address })
    expect(second.output).toContain('DHCPNAK')
    expect(second.told.new_ip_address).toMatch(/^10\.99\.0\.5\d$/)
    await endDhclient(wire, 'client', '-r')
  })

  test('firmware, GRUB and environment of one machine share an address, whatever they call themselves', async () => {
    await serve()
    const firmware = await runUdhcpc(wire, 'client', ['-V', PXE_CLASS, '-x', '61:00112233445566778899aabbccddeeff00'])
    const environment = await runUdhcpc(wire, 'client', ['-V', 'Etabli', '-C'])
    const linux = await runDhclient(wire, 'client', 'send dhcp-client-identifier ff:01:02:03:04:05;')
    await endDhclient(wire, 'client', '-x')
    expect(firmware.told.ip).toBeDefined()
    expect(environment.told.ip).toBe(firmware.told.ip)
    expect(linux.told.new_ip_address).toBe(firmware.told.ip)
  })

  test('an address in use on the wire is found by ARP, and another one given', async () => {
    wire.addHost('squatter', '10.77.0.50/24')
    wire.addAddress('squatter', '10.77.0.51/24')
    const running = await serve({ range: { first: '10.77.0.50', last: '10.77.0.52' } })
    const heard = await runUdhcpc(wire, 'client', ['-r', '10.77.0.50'])
    expect(heard.told.ip, heard.output).toBe('10.77.0.52')
    await running.saw({ type: 'taken', address: '10.77.0.50', holder: wire.macOf('squatter') })
  })

  test('an address that udhcpc itself finds taken is declined and not offered again', async () => {
    wire.addHost('squatter', '10.77.0.50/24')
    const running = await serve({ range: { first: '10.77.0.50', last: '10.77.0.51' } }, true)
    const heard = await runUdhcpc(wire, 'client', ['-r', '10.77.0.50', '-a', '-A', '1'])
    await running.saw({ type: 'declined', address: '10.77.0.50' })
    expect(heard.told.ip, heard.output).toBe('10.77.0.51')
  })

  test('INFORM is answered to the client’s own address, without a lease', async () => {
    await serve()
    wire.addAddress('client', '10.77.0.200/24')
    const [ack] = await ask('client', { messageType: 'inform' }, { ciaddr: '10.77.0.200' })
    expect(ack).toMatchObject({
      yiaddr: '0.0.0.0',
      ciaddr: '10.77.0.200',
      options: { messageType: 'ack', domainName: 'bench.example' },
    })
    expect(ack?.options.leaseSeconds).toBeUndefined()
  })

  test('a renewal by unicast is answered by unicast; of another’s address refused', async () => {
    await serve()
    wire.addAddress('client', '10.77.0.50/24')
    const renewal: NamedOptions = { messageType: 'request' }
    const [ack] = await ask('client', renewal, { ciaddr: '10.77.0.50' }, SERVER)
    expect(ack).toMatchObject({ yiaddr: '10.77.0.50', options: { messageType: 'ack' } })
    const [nak] = await ask('client', renewal, { ciaddr: '10.77.0.50', chaddr: '02:00:00:00:00:09' }, SERVER)
    expect(nak).toMatchObject({ yiaddr: '0.0.0.0', options: { messageType: 'nak', serverIdentifier: SERVER } })
  })

  test('perfdhcp: hundreds of clients each get an address of their own', async () => {
    wire.addHost('crowd', '10.77.3.250/22')
    await wire.run('server', ['ip', 'address', 'flush', 'dev', 'eth0'])
    wire.addAddress('server', '10.77.0.1/22')
    const running = await serve({ range: { first: '10.77.1.0', last: '10.77.2.255' } })
    const command = [
      'perfdhcp',
      '-4',
      '-l',
      'eth0',
      '-r',
      '50',
      '-n',
      '300',
      '-R',
      '300',
      '-u',
      '-W',
      '1000000',
      SERVER,
    ]
    const { status, output } = await wire.run('crowd', command, 40_000)
    expect(status, output).toBe(0)
    expect(output).toMatch(/received packets: 300\b[\s\S]*received packets: 300\b/)
    const given = running.said.filter((line) => line.type === 'acknowledged').map((line) => line.address)
    expect(new Set(given).size).toBe(300)
  })

  test('kill -9 loses no lease that was acknowledged', async () => {
    const first = await serve()
    const before = await runUdhcpc(wire, 'client')
    await first.kill()
    wire.addHost('newcomer')
    const second = await serve({ range: { first: '10.77.0.50', last: '10.77.0.59' } })
    const [stranger] = await ask('newcomer', {
      messageType: 'discover',
      requestedAddress: decodedAddress(before.told.ip),
    })
    expect(stranger?.yiaddr).toBeDefined()
    expect(stranger?.yiaddr).not.toBe(before.told.ip)
    const after = await runUdhcpc(wire, 'client')
    expect(after.told.ip, after.output).toBe(before.told.ip)
    await second.saw({ type: 'acknowledged', address: before.told.ip })
  })

  test('a port in use, an interface that is not there or has no address are said in words', async () => {
    const start = async (config: Partial<DhcpConfig>) => {
      const whole: DhcpConfig = { mode: 'full', interface: 'eth0', range: { first: '10.77.0.50', last: '10.77.0.59' } }
      return (await startServer(wire, 'server', { config: { ...whole, ...config }, boot: BOOT })).said
    }
    expect(await start({ interface: 'eth7' })).toMatchObject([{ code: 'DHCP_INTERFACE_MISSING' }])
    await wire.run('server', ['ip', 'link', 'add', 'bare0', 'type', 'bridge'])
    expect(await start({ interface: 'bare0' })).toMatchObject([{ code: 'DHCP_INTERFACE_WITHOUT_ADDRESS' }])
    const options = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--interface=eth0', '--user=root']
    const range = ['--dhcp-range=10.77.0.100,10.77.0.150', `--dhcp-leasefile=${wire.folder}/dnsmasq.leases`]
    wire.start('server', ['dnsmasq', ...options, ...range])
    await delay(500)
    expect(await start({})).toMatchObject([{ type: 'refused-to-start', code: 'DHCP_PORT_BUSY' }])
  })

  test('a flood of broken packets is counted, and the next machine served', async () => {
    const running = await serve({ mode: 'pxe-lease' })
    const good = Buffer.from(encodePacket(message({ messageType: 'discover' })).bytes)
    // A linear congruence instead of a random number: the same flood each time.
    let state = 1
    const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31)
    const messages = Array.from({ length: 2000 }, () => {
      const bytes = Buffer.from(good.subarray(0, 230 + (next() % 70)))
      for (let change = 0; change < 6; change += 1) bytes[next() % bytes.length] = next() % 256
      return bytes.toString('hex')
    })
    await writeFile(`${wire.folder}/flood`, messages.join('\n'))
    await exchange(wire, 'client', { port: 68, to: '255.255.255.255', messages: `${wire.folder}/flood`, waitMs: 2000 })
    await running.saw({ type: 'malformed', field: 'magic cookie' })
    const heard = await runUdhcpc(wire, 'client', ['-V', PXE_CLASS])
    expect(heard.told.ip, heard.output).toMatch(/^10\.77\.0\.5\d$/)
    expect(running.said.filter(({ type }) => type === 'malformed').length).toBeGreaterThan(500)
    expect(running.said.filter(({ type }) => type === 'failed' || type === 'stderr')).toEqual([])
  })

  test('only the interface it was given is answered', async () => {
    const running = await serve()
    // A second cable into the same host: packets that come in there are not for us.
    await wire.run('server', ['ip', 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'far1'])
    wire.addHost('elsewhere')
    const move = ['ip', 'link', 'set', 'far1', 'netns', wire.namespaceOf('elsewhere')]
    await wire.run('server', move)
    await wire.run('server', ['ip', 'address', 'add', '10.78.0.1/24', 'dev', 'eth1'])
    await wire.run('server', ['ip', 'link', 'set', 'eth1', 'up'])
    await wire.run('elsewhere', ['ip', 'link', 'set', 'eth0', 'down'])
    await wire.run('elsewhere', ['ip', 'link', 'set', 'far1', 'up'])
    const heard = await runUdhcpc(wire, 'elsewhere', ['-i', 'far1', '-t', '2', '-T', '1'])
    expect(heard.told.ip).toBeUndefined()
    expect(running.said.filter((line) => line.type !== 'ready')).toEqual([])
  })
})

function decodedAddress(text: string | undefined): `${number}.${number}.${number}.${number}` {
  const [a, b, c, d] = (text ?? '').split('.').map(Number)
  return `${a ?? 0}.${b ?? 0}.${c ?? 0}.${d ?? 0}`
}
