import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { runUdhcpc } from './dhcp/foreign-clients.ts'
import { obstacleToWire } from './dhcp/wire.ts'
import { openNetbootBench, serverAddress, type NetbootBench } from './netboot/bench.ts'
import { startFromNetwork } from './netboot/firmware.ts'

const obstacle = obstacleToWire(['ip', 'udhcpc', 'curl', 'socat', 'ss'])
/** GRUB's first, at each start. */
const port = 21550

describe.runIf(canRun('GRUB’s ports', obstacle))('a dock that goes from one PC to another', () => {
  let bench: NetbootBench
  beforeAll(async () => {
    bench = await openNetbootBench({})
    for (const host of ['before', 'after']) bench.wire.addHost(host)
  }, 60_000)
  afterAll(() => bench?.close())

  /** The connections that the server's system still has with that port of a PC. */
  const left = async (): Promise<string> =>
    (await bench.wire.run('server', ['ss', '-H', '-t', '-n', '-a', `dport = :${port}`])).output

  test('brings the second PC no connection of the first, whose GRUB went without a word', async () => {
    const { wire } = bench
    await runUdhcpc(wire, 'before', ['-V', 'PXEClient:Arch:00007:UNDI:003016', '-x', '0x5d:0007'])
    const grub = wire.start('before', ['socat', '-', `TCP:${serverAddress}:8080,sourceport=${port}`])
    let read = ''
    grub.stdout?.on('data', (chunk: Buffer) => (read += chunk.toString()))
    const asked = `/boot/grub/${wire.macOf('before')}`
    grub.stdin?.write(`GET ${asked} HTTP/1.1\r\nHost: ${serverAddress}\r\nUser-Agent: GRUB 2.12\r\n\r\n`)
    await expect.poll(() => read).toContain('/vmlinuz')
    const address = wire.macOf('before')
    await wire.run('before', ['ip', 'link', 'set', 'eth0', 'down'])
    expect(await left()).toContain('ESTAB')

    await wire.run('after', ['ip', 'link', 'set', 'eth0', 'address', address])
    const uuid = '5b0c1f70-1d2e-11ee-8a3c-0242ac120099'
    expect(await startFromNetwork(wire, 'after', { uuid })).toContain('/vmlinuz')
    expect(await left()).toBe('')
  }, 60_000)
})
