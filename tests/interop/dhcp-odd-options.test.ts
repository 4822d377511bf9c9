import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hardwareAddressBytes, ipv4Bytes, isIpv4 } from '../../server/dhcp/addresses.ts'
import { canRun } from '../machine/requirements.ts'
import { exchange, startServer, type RunningServer } from './dhcp/bench.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'

const SERVER = '10.77.0.1'
const PXE_CLASS = [...Buffer.from('PXEClient:Arch:00007:UNDI:003016')]
const UUID = [0, ...Array.from({ length: 16 }, (_, index) => index + 1)]

type Bytes = readonly number[]
type Message = { readonly type: 1 | 3; readonly address: Bytes; readonly server: Bytes }
/** How one firmware writes the options of its two messages; `address` and `server` are empty in a DISCOVER. */
type Firmware = {
  readonly options: (message: Message) => Bytes
  readonly odd: readonly string[]
  readonly file?: Bytes
}

const option = (code: number, data: Bytes): Bytes => [code, data.length, ...data]
const twice = (code: number, data: Bytes): Bytes => [...option(code, data), ...option(code, data)]
const given = (code: number, data: Bytes): Bytes => (data.length === 0 ? [] : option(code, data))
const PXE = [...option(60, PXE_CLASS), ...option(93, [0, 7]), ...option(94, [1, 3, 16]), ...option(97, UUID)]
const ordinary = ({ type, address, server }: Message): Bytes => [
  ...option(53, [type]),
  ...given(50, address),
  ...given(54, server),
]

/** Shapes met in firmware, switches' BOOTP agents and embedded clients. */
const firmwares: Readonly<Record<string, Firmware>> = {
  'everything as it should be': { options: (message) => [...ordinary(message), ...PXE, 255], odd: [] },
  'option 53 twice': {
    options: (message) => [...option(53, [message.type]), ...ordinary(message), ...PXE, 255],
    odd: ['53 repeated'],
  },
  'option 53 of two bytes': {
    options: ({ type, address, server }) => [
      ...option(53, [type, type]),
      ...given(50, address),
      ...given(54, server),
      ...PXE,
      255,
    ],
    odd: ['53 too-long'],
  },
  'options 50 and 54 twice': {
    options: (message) => [
      ...ordinary(message),
      ...given(54, message.server),
      ...given(50, message.address),
      ...PXE,
      255,
    ],
    odd: ['50 repeated', '54 repeated'],
  },
  'options 50 and 54 of eight bytes': {
    options: ({ type, address, server }) => [
      ...option(53, [type]),
      ...given(50, [...address, ...address]),
      ...given(54, [...server, ...server]),
      ...PXE,
      255,
    ],
    odd: ['50 too-long', '54 too-long'],
  },
  'option 54 empty when it takes our offer': {
    options: ({ type, address }) => [...option(53, [type]), ...option(50, address), ...option(54, []), ...PXE, 255],
    odd: ['50 empty', '54 empty'],
  },
  'option 50 empty when it takes our offer': {
    options: ({ type, server }) => [...option(53, [type]), ...option(50, []), ...given(54, server), ...PXE, 255],
    odd: ['50 empty'],
  },
  'each option of PXE twice, and the size of messages': {
    options: (message) => [
      ...ordinary(message),
      ...twice(60, PXE_CLASS),
      ...twice(93, [0, 7]),
      ...twice(94, [1, 3, 16]),
      ...twice(97, UUID),
      ...twice(57, [5, 192]),
      ...twice(51, [0, 0, 14, 16]),
      255,
    ],
    odd: ['51 repeated', '57 repeated', '60 repeated', '93 repeated', '94 repeated', '97 repeated'],
  },
  'each option of PXE but its class empty': {
    options: (message) => [
      ...ordinary(message),
      ...option(60, PXE_CLASS),
      ...[51, 55, 57, 61, 77, 93, 94, 97].flatMap((code) => option(code, [])),
      255,
    ],
    odd: ['51 empty', '55 empty', '57 empty', '61 empty', '77 empty', '93 empty', '94 empty', '97 empty'],
  },
  'pads between, no end': { options: (message) => [0, 0, ...ordinary(message), 0, ...PXE], odd: [] },
  'pads up to the end of the packet': {
    options: (message) => [...ordinary(message), ...PXE, 255, ...Array.from({ length: 400 }, () => 0)],
    odd: [],
  },
  'its class twice in the overloaded file field, overload twice': {
    options: (message) => [...ordinary(message), ...twice(52, [1]), 255],
    file: [...twice(60, PXE_CLASS), 255],
    odd: ['52 repeated', '60 repeated'],
  },
  'overload empty': { options: (message) => [...option(52, []), ...ordinary(message), ...PXE, 255], odd: ['52 empty'] },
}

const names = Object.keys(firmwares)
const macOf = (name: string): string => `02:00:5e:20:00:${names.indexOf(name).toString(16).padStart(2, '0')}`

function datagram(name: string, message: Message): string {
  const bytes = Buffer.alloc(240)
  bytes.set([1, 1, 6, 0, 0x77, 0, message.type, names.indexOf(name)], 0)
  bytes.writeUInt16BE(0x8000, 10)
  bytes.set(hardwareAddressBytes(macOf(name)), 28)
  bytes.set(firmwares[name]?.file ?? [], 108)
  bytes.writeUInt32BE(0x63825363, 236)
  return Buffer.concat([bytes, Uint8Array.from(firmwares[name]?.options(message) ?? [])]).toString('hex')
}

const obstacle = obstacleToWire(['ip'])

describe.runIf(canRun('DHCP options written against the rules', obstacle))('a machine boots though it sends', () => {
  let wire: Wire
  let server: RunningServer
  const offered = new Map<string, string>()

  async function send(messages: readonly string[]): Promise<void> {
    await exchange(wire, 'client', { port: 68, to: '255.255.255.255', messages, waitMs: 20 * messages.length })
  }

  beforeAll(async () => {
    wire = createWire()
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('client')
    server = await startServer(wire, 'server', {
      config: { mode: 'pxe-lease', interface: 'eth0', range: { first: '10.77.0.50', last: '10.77.0.99' } },
      boot: { kind: 'boot', server: SERVER, file: 'shimx64.efi' },
    })
    await send(names.map((name) => datagram(name, { type: 1, address: [], server: [] })))
    for (const name of names) {
      const { address } = await server.saw({ type: 'offered', mac: macOf(name) })
      offered.set(name, String(address))
    }
    await send(
      names.map((name) => {
        const address = offered.get(name) ?? ''
        return datagram(name, {
          type: 3,
          address: isIpv4(address) ? [...ipv4Bytes(address)] : [],
          server: [...ipv4Bytes(SERVER)],
        })
      }),
    )
  })

  afterAll(async () => {
    await server.close()
    await wire.remove()
  })

  test.each(names)('%s', async (name) => {
    const mac = macOf(name)
    const taken = await server.saw({ type: 'acknowledged', mac })
    expect(taken).toMatchObject({ address: offered.get(name), client: 'pxe', boot: 'shimx64.efi' })
    const said = server.said.filter((line) => line.type === 'odd-options' && line['mac'] === mac)
    const words = said.flatMap(({ oddities }) => Array.from(Object(oddities), wordsOf))
    expect(new Set(words)).toEqual(new Set(firmwares[name]?.odd))
    // Once for what is odd, not once a message.
    expect(words).toHaveLength(new Set(words).size)
  })
})

function wordsOf({ option: code, what }: { option: number; what: string }): string {
  return `${code} ${what}`
}
