import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewcomerListView, NewcomerView } from '../../server/api/netboot/schema.ts'
import { encodePacket } from '../../server/dhcp/packet.ts'
import { canRun } from '../machine/requirements.ts'
import { message, PXE } from '../unit/server/dhcp/client-messages.ts'
import { nucInventory, startAgent } from '../unit/server/api/agent-driver.ts'
import { ask } from '../unit/server/api/workshop.ts'
import { exchange } from './dhcp/bench.ts'
import { runUdhcpc } from './dhcp/foreign-clients.ts'
import { obstacleToWire } from './dhcp/wire.ts'
import { openNetbootBench, type NetbootBench } from './netboot/bench.ts'
import { startFromNetwork } from './netboot/firmware.ts'

const obstacle = obstacleToWire(['ip', 'udhcpc', 'curl', 'socat'])
const flood = 3000

describe.runIf(canRun('PCs that are no machines yet', obstacle))('who is on the network and no machine', () => {
  let bench: NetbootBench
  beforeAll(async () => {
    bench = await openNetbootBench({})
    for (const host of ['bios', 'ia32', 'arm', 'web', 'phone', 'nuc', 'raw']) bench.wire.addHost(host)
  }, 60_000)
  afterAll(() => bench?.close())

  const read = async (): Promise<NewcomerListView> =>
    (await ask<NewcomerListView>(bench.workshop, 'GET', '/api/netboot/newcomers', { token: bench.token })).body
  const of = async (mac: string): Promise<NewcomerView | undefined> =>
    (await read()).items.find((one) => one.mac === mac)
  /** A foreign client in the place of firmware that is refused: it hears nothing and gives up. */
  const refusedAs = async (host: string, vendorClass: string, options: readonly string[]): Promise<NewcomerView> => {
    const heard = await runUdhcpc(bench.wire, host, ['-V', vendorClass, '-T', '1', ...options])
    expect(heard.told.ip, heard.output).toBeUndefined()
    const one = await of(bench.wire.macOf(host))
    if (one === undefined) throw new Error(`${host} is not listed: ${JSON.stringify(await read())}`)
    return one
  }
  const raw = (messages: readonly string[] | string, waitMs = 600) =>
    exchange(bench.wire, 'raw', { port: 68, to: '255.255.255.255', messages, waitMs })
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

  test.each([
    ['bios', 'PXEClient:Arch:00000:UNDI:002001', ['-x', '0x5d:0000'], 'boots in BIOS mode: choose UEFI'],
    ['ia32', 'PXEClient:Arch:00006:UNDI:003001', ['-x', '0x5d:0006'], 'firmware of this machine is 32-bit UEFI'],
    ['arm', 'PXEClient:Arch:00011:UNDI:003000', ['-x', '0x5d:000b'], 'is an ARM (ARM 64)'],
    ['web', 'HTTPClient:Arch:00016:UNDI:003001', ['-x', '0x5d:0010'], 'choose PXE IPv4'],
  ])(
    '%s firmware that DHCP refuses is listed and logged, with what to do',
    async (host, vendorClass, options, words) => {
      const one = await refusedAs(host, vendorClass, options)
      expect(one).toMatchObject({ outcome: 'refused', address: null, text: { en: expect.stringContaining(words) } })
      expect(one.times).toBeGreaterThan(1)
      const lines = bench.log.filter((line) => line.includes('"msg":"newcomer"') && line.includes(one.mac))
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, says: expect.stringContaining(words) })
    },
  )

  test('firmware behind another network’s relay is listed', async () => {
    const chaddr = '02:00:5e:10:00:77'
    await raw([hex(encodePacket(message({ messageType: 'discover', ...PXE }, { chaddr, giaddr: '10.99.0.1' })).bytes)])
    expect((await of(chaddr))?.text.en).toContain('comes from another network, by a relay')
  })

  test('firmware whose DHCP request is damaged is listed', async () => {
    const chaddr = '02:00:5e:10:00:78'
    const { bytes } = encodePacket(message({ messageType: 'discover', ...PXE }, { chaddr }))
    const whole = bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0 && byte !== 255) + 1)
    // One more option, which claims to be longer than the datagram.
    const broken = Buffer.concat([whole, Buffer.of(12, 200)])
    await raw([hex(broken)])
    expect((await of(chaddr))?.text.en).toContain('DHCP request is damaged')
  })

  test('a phone and an installed Windows are not', async () => {
    await runUdhcpc(bench.wire, 'phone', ['-V', 'android-dhcp-13', '-T', '1'])
    await runUdhcpc(bench.wire, 'phone', ['-V', 'MSFT 5.0', '-T', '1'])
    expect(await of(bench.wire.macOf('phone'))).toBeUndefined()
  })

  test('a PC that is loading is listed with its address, told live, and gone once it has introduced itself', async () => {
    const { wire, workshop, token } = bench
    const stream = await fetch(`${workshop.url}/api/events`, { headers: { authorization: `Bearer ${token}` } })
    let told = ''
    const reading = stream.body?.pipeTo(
      new WritableStream({ write: (chunk: Uint8Array) => void (told += Buffer.from(chunk).toString()) }),
    )
    reading?.catch(() => undefined)
    const inventory = nucInventory(7)
    const mac = wire.macOf('nuc')
    const [card] = inventory.networkInterfaces
    if (card) inventory.networkInterfaces = [{ ...card, mac }]
    await startFromNetwork(wire, 'nuc', { uuid: inventory.system.uuid ?? '' })
    expect(await of(mac)).toMatchObject({ outcome: 'ok', address: expect.stringMatching(/^10\.77\.0\.\d+$/) })
    await expect.poll(() => told, { timeout: 10_000 }).toContain(`"mac":"${mac}"`)
    const before = told.length
    await startAgent(workshop, 7, undefined, inventory)
    expect(await of(mac)).toBeUndefined()
    await expect.poll(() => told.slice(before), { timeout: 10_000 }).toMatch(/"type":"newcomers"/)
    expect(told.slice(told.lastIndexOf('"type":"newcomers"'))).not.toContain(`"mac":"${mac}"`)
  })

  test('thousands of invented addresses fill neither the list nor the log, and the next PC is served and listed', async () => {
    const lines = Array.from({ length: flood }, (_, number) => {
      const chaddr = `02:ff:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`
      const options = { messageType: 'discover', ...PXE, clientArchitectures: [0] } as const
      return hex(encodePacket(message(options, { chaddr, xid: number })).bytes)
    })
    writeFileSync(`${bench.wire.folder}/flood`, lines.join('\n'))
    await raw(`${bench.wire.folder}/flood`, 3000)
    await expect.poll(async () => (await read()).overflown, { timeout: 20_000 }).toBe(true)
    const list = await read()
    expect(list.items.length).toBeLessThanOrEqual(20)
    expect(list.items.length + list.more).toBeLessThanOrEqual(300)
    expect(JSON.stringify(list).length).toBeLessThan(20_000)
    expect(bench.log.filter((line) => line.includes('"msg":"newcomer"')).length).toBeLessThan(60)
    bench.wire.addHost('next')
    expect(await startFromNetwork(bench.wire, 'next', { uuid: '4c4c4544-0000-4000-8000-0000000000aa' })).toContain(
      'vmlinuz',
    )
  }, 60_000)
})
