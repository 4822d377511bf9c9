import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodePacket, encodePacket } from '../../server/dhcp/packet.ts'
import { HTTP, message, PXE, WINDOWS } from '../unit/server/dhcp/client-messages.ts'
import { exchange, startServer, type RunningServer } from './dhcp/bench.ts'
import { runDhclient, endDhclient, runUdhcpc } from './dhcp/foreign-clients.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'
import { canRun } from '../machine/requirements.ts'

const SERVER = '10.77.0.2'
const ROUTER = '10.77.0.1'
const PXE_CLASS = 'PXEClient:Arch:00007:UNDI:003016'

const obstacle = obstacleToWire(['ip', 'udhcpc', 'dhclient', 'dnsmasq'])

/** Mode pxe-lease: dnsmasq plays the router that is on every wire already. */
describe.runIf(canRun('DHCP beside a router', obstacle))('beside a router', () => {
  let wire: Wire
  let server: RunningServer

  beforeEach(async () => {
    wire = createWire()
    wire.addHost('router', `${ROUTER}/24`)
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('client')
    const options = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--interface=eth0', '--bind-interfaces']
    const range = ['--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,10m', '--dhcp-authoritative']
    const files = [`--dhcp-leasefile=${wire.folder}/dnsmasq.leases`, '--user=root', '--log-dhcp']
    wire.start('router', ['dnsmasq', ...options, ...range, ...files])
    server = await startServer(wire, 'server', {
      config: {
        mode: 'pxe-lease',
        interface: 'eth0',
        range: { first: '10.77.0.50', last: '10.77.0.59' },
        routers: [ROUTER],
      },
      boot: { kind: 'boot', server: SERVER, file: 'shimx64.efi' },
    })
    await delay(500)
  })

  afterEach(async () => {
    await server.close()
    await wire.remove()
  })

  test('ordinary clients keep their router, network-boot clients and our environment get our address', async () => {
    wire.addHost('office')
    const office = await runUdhcpc(wire, 'office')
    expect(office.told, office.output).toMatchObject({ serverid: ROUTER })
    expect(office.told.ip).toMatch(/^10\.77\.0\.1\d\d$/)
    await server.saw({ type: 'ignored', mac: wire.macOf('office'), reason: 'not-a-network-boot-client' })

    // udhcpc takes the first offer; dnsmasq pings for up to 3 s before it makes one to a machine it does not know.
    const environment = await runUdhcpc(wire, 'client', ['-V', 'Etabli'])
    expect(environment.told, environment.output).toMatchObject({ serverid: SERVER, router: ROUTER })
    expect(environment.told.ip).toMatch(/^10\.77\.0\.5\d$/)
  })

  test('a PXE client hears both offers; the one that takes the router’s is let go', async () => {
    const mac = wire.macOf('client')
    const discover = hex(message({ ...PXE, messageType: 'discover' }, { chaddr: mac, flags: 0x8000 }))
    // dnsmasq pings an address for up to 3 s before it offers it.
    const offers = await hear(discover, 4000)
    const byServer = new Map(offers.map((offer) => [offer.options.serverIdentifier, offer]))
    expect([...byServer.keys()].sort()).toEqual([ROUTER, SERVER])
    expect(byServer.get(SERVER)).toMatchObject({
      siaddr: SERVER,
      file: 'shimx64.efi',
      options: { vendorClass: 'PXEClient', vendorSpecific: Uint8Array.of(6, 1, 8, 255), clientUuid: PXE.clientUuid },
    })
    const taken = byServer.get(ROUTER)?.yiaddr ?? '0.0.0.0'
    const request = hex(
      message(
        { ...PXE, messageType: 'request', serverIdentifier: ROUTER, requestedAddress: taken },
        { chaddr: mac, flags: 0x8000 },
      ),
    )
    const acks = await hear(request, 1000)
    expect(acks.map((ack) => [ack.options.messageType, ack.options.serverIdentifier])).toEqual([['ack', ROUTER]])
    await server.saw({ type: 'ignored', mac, reason: 'chose-another-server' })
    expect(server.said.map((line) => line.type)).not.toContain('refused')
  })

  test('a PXE client that remembers the router’s lease is not refused it by us', async () => {
    const mac = wire.macOf('client')
    const [, ack] = await dora(mac)
    expect(ack?.options.messageType).toBe('ack')
    const reboot = message({ ...PXE, messageType: 'request', requestedAddress: '10.77.0.120' }, { chaddr: mac })
    await hear(hex(reboot), 500)
    await server.saw({ type: 'ignored', mac, reason: 'address-not-ours' })
    expect(server.said.map((line) => line.type)).not.toContain('refused')
  })

  test('HTTP Boot firmware gets a URL; Windows on the same wire nothing from us', async () => {
    const mac = wire.macOf('client')
    const both = [
      hex(message({ ...HTTP, messageType: 'discover' }, { chaddr: mac, flags: 0x8000 })),
      hex(message({ ...WINDOWS, messageType: 'discover' }, { chaddr: '02:00:00:00:00:77', xid: 7, flags: 0x8000 })),
    ]
    const answers = await exchange(wire, 'client', { port: 68, to: '255.255.255.255', messages: both, waitMs: 2000 })
    const ours = answers
      .map((bytes) => decodePacket(bytes))
      .filter(({ options }) => options.serverIdentifier === SERVER)
    expect(ours.map(({ options }) => options.vendorClass)).toEqual(['HTTPClient'])
  })

  test('after its deployment the machine’s own system goes to the router', async () => {
    const boot = await runUdhcpc(wire, 'client', ['-V', 'Etabli'])
    expect(boot.told.serverid).toBe(SERVER)
    const installed = await runDhclient(wire, 'client', 'send vendor-class-identifier "MSFT 5.0";')
    await endDhclient(wire, 'client', '-x')
    expect(installed.told, installed.output).toMatchObject({ new_dhcp_server_identifier: ROUTER })
  })

  test('perfdhcp’s PXE crowd is served while dnsmasq is there', async () => {
    const vendorClass = Buffer.from(PXE_CLASS).toString('hex')
    wire.addHost('crowd', '10.77.0.200/24')
    const command = [
      'perfdhcp',
      '-4',
      '-l',
      'eth0',
      '-r',
      '5',
      '-n',
      '10',
      '-R',
      '10',
      '-o',
      `60,${vendorClass}`,
      '-W',
      '1000000',
      SERVER,
    ]
    const { status, output } = await wire.run('crowd', command)
    expect(status, output).toBe(0)
  })

  async function hear(message: string, waitMs: number) {
    const answers = await exchange(wire, 'client', { port: 68, to: '255.255.255.255', messages: [message], waitMs })
    return answers.map((bytes) => decodePacket(bytes))
  }

  async function dora(mac: string) {
    const offers = await hear(hex(message({ ...PXE, messageType: 'discover' }, { chaddr: mac, flags: 0x8000 })), 800)
    const offer = offers.find(({ options }) => options.serverIdentifier === SERVER)
    const take = {
      ...PXE,
      messageType: 'request',
      serverIdentifier: SERVER,
      requestedAddress: offer?.yiaddr ?? SERVER,
    } as const
    const acks = await hear(hex(message(take, { chaddr: mac, flags: 0x8000 })), 500)
    return [offer, acks.find(({ options }) => options.serverIdentifier === SERVER)]
  }
})

function hex(packet: Parameters<typeof encodePacket>[0]): string {
  return Buffer.from(encodePacket(packet).bytes).toString('hex')
}
