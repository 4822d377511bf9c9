import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodePacket, encodePacket } from '../../server/dhcp/packet.ts'
import { message, PXE } from '../unit/server/dhcp/client-messages.ts'
import { exchange, startServer, type RunningServer } from './dhcp/bench.ts'
import { runUdhcpc } from './dhcp/foreign-clients.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'
import { canRun } from '../machine/requirements.ts'

const SERVER = '10.77.0.1'
const RELAY = '10.77.0.9'
const PXE_CLASS = 'PXEClient:Arch:00007:UNDI:003016'

const obstacle = obstacleToWire(['ip', 'udhcpc', 'dnsmasq'])

/** The server's wire, and a second one behind a relay, on which the clients are. */
describe.runIf(canRun('DHCP through relays', obstacle))('behind a relay', () => {
  let near: Wire
  let far: Wire
  let server: RunningServer

  beforeEach(async () => {
    near = createWire()
    far = createWire()
    near.addHost('server', `${SERVER}/24`)
    near.addHost('relay', `${RELAY}/24`)
    far.addHost('client')
    await near.run('server', ['ip', 'route', 'add', '10.88.0.0/24', 'via', RELAY])
    await near.run('relay', [
      'ip',
      'link',
      'add',
      'eth1',
      'type',
      'veth',
      'peer',
      'name',
      'to-relay',
      'netns',
      far.namespaceOf('switch'),
    ])
    await near.run('relay', ['ip', 'address', 'add', '10.88.0.1/24', 'dev', 'eth1'])
    await near.run('relay', ['ip', 'link', 'set', 'eth1', 'up'])
    await near.run('relay', ['sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])
    await far.run('switch', ['ip', 'link', 'set', 'to-relay', 'master', 'br0', 'up'])
    server = await startServer(near, 'server', {
      config: {
        mode: 'pxe-lease',
        interface: 'eth0',
        range: { first: '10.77.0.50', last: '10.77.0.59' },
        relayed: [
          {
            network: { address: '10.88.0.0', prefixLength: 24 },
            range: { first: '10.88.0.50', last: '10.88.0.59' },
            routers: ['10.88.0.1'],
          },
        ],
      },
      boot: { kind: 'boot', server: SERVER, file: 'shimx64.efi' },
    })
  })

  afterEach(async () => {
    await server.close()
    await near.remove()
    await far.remove()
  })

  test('a client on another network gets an address of that network through dnsmasq as its relay', async () => {
    const options = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--user=root', '--log-dhcp']
    near.start('relay', ['dnsmasq', ...options, `--dhcp-relay=10.88.0.1,${SERVER}`])
    await delay(500)
    const heard = await runUdhcpc(far, 'client', ['-V', PXE_CLASS, '-O', 'bootfile'])
    expect(heard.told, heard.output).toMatchObject({
      serverid: SERVER,
      siaddr: SERVER,
      router: '10.88.0.1',
      boot_file: 'shimx64.efi',
    })
    expect(heard.told.ip).toMatch(/^10\.88\.0\.5\d$/)
    // The renewal goes to the server itself, past the relay, and so must the answer.
    await far.run('client', ['ip', 'route', 'add', 'default', 'via', '10.88.0.1'])
    const order = { port: 68, to: SERVER, messages: [renewal(heard.told.ip)], waitMs: 800 } as const
    const [ack] = await exchange(far, 'client', order)
    expect(ack && decodePacket(ack)).toMatchObject({ yiaddr: heard.told.ip, options: { messageType: 'ack' } })
  })

  test('a relay gets its own information back, at its port 67', async () => {
    const relayAgentInformation = Uint8Array.of(1, 4, 0, 1, 2, 3, 2, 6, 2, 0, 94, 16, 0, 9)
    const options = { ...PXE, messageType: 'discover', relayAgentInformation } as const
    const packet = message(options, { giaddr: RELAY, hops: 1 })
    const order = { port: 67, to: SERVER, messages: [hex(packet)], waitMs: 1000 } as const
    const answers = (await exchange(near, 'relay', order)).map((bytes) => decodePacket(bytes))
    expect(answers).toMatchObject([
      { op: 'reply', giaddr: RELAY, options: { messageType: 'offer', relayAgentInformation } },
    ])
  })

  test('a relay of a network we have no range for gets no answer, and we know why', async () => {
    const packet = message({ ...PXE, messageType: 'discover' }, { giaddr: '10.99.0.1', hops: 1 })
    expect(await exchange(near, 'relay', { port: 67, to: SERVER, messages: [hex(packet)], waitMs: 500 })).toEqual([])
    await server.saw({ type: 'ignored', reason: 'unknown-relay-network' })
  })

  function renewal(address: string | undefined): string {
    const [a, b, c, d] = (address ?? '').split('.').map(Number)
    const ciaddr = `${a ?? 0}.${b ?? 0}.${c ?? 0}.${d ?? 0}` as const
    return hex(message({ ...PXE, messageType: 'request' }, { ciaddr, chaddr: far.macOf('client') }))
  }
})

function hex(packet: Parameters<typeof encodePacket>[0]): string {
  return Buffer.from(encodePacket(packet).bytes).toString('hex')
}
