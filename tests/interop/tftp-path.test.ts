import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { seededRandom } from '../unit/server/tftp/simulated-network.ts'
import { createWire, obstacleToWire, type Wire } from './dhcp/wire.ts'
import { sha256 } from './tftp-fixture.ts'
import type { SeenDatagrams } from './tftp/datagram-watch.ts'
import type { TftpServerOrder } from './tftp/server.ts'

const SERVER = '10.79.0.1'
const CLIENT = '10.79.0.2'
const SERVER_PROGRAM = fileURLToPath(new URL('./tftp/server.ts', import.meta.url))
const WATCH_PROGRAM = fileURLToPath(new URL('./tftp/datagram-watch.ts', import.meta.url))
const SIZE = 400_003

const obstacle = obstacleToWire(['ip', 'atftp', 'curl', 'tftp'])

describe.runIf(canRun('TFTP over ways that carry less than an Ethernet', obstacle))('TFTP', () => {
  let wire: Wire
  let events: Array<Record<string, unknown>>
  let expected = ''
  let copies = 0

  beforeEach(() => {
    wire = createWire()
    events = []
    const random = seededRandom(SIZE)
    const bytes = Buffer.from(Array.from({ length: SIZE }, () => Math.floor(random() * 256)))
    mkdirSync(`${wire.folder}/root`)
    writeFileSync(`${wire.folder}/root/vmlinuz`, bytes)
    expected = sha256(bytes)
  })

  afterEach(() => wire.remove())

  async function serve(order: Partial<TftpServerOrder> = {}): Promise<void> {
    const whole: TftpServerOrder = { address: SERVER, folder: `${wire.folder}/root`, ...order }
    const child = wire.start('server', [process.execPath, SERVER_PROGRAM, JSON.stringify(whole)])
    const ready = Promise.withResolvers<true>()
    child.once('exit', () => ready.reject(new Error('the server ended')))
    if (child.stdout) {
      createInterface(child.stdout).on('line', (line) => {
        const event: Record<string, unknown> = JSON.parse(line)
        events.push(event)
        if (event['type'] === 'ready') ready.resolve(true)
      })
    }
    await ready.promise
  }

  /** Two hosts on one switch, each with an interface of its own MTU. */
  function link(serverMtu: number, clientMtu = serverMtu): void {
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('client', `${CLIENT}/24`)
    // The switch forwards what the longest of its ports takes.
    for (const host of ['server', 'client']) wire.setMtu(host, Math.max(serverMtu, clientMtu), 'port')
    wire.setMtu('server', serverMtu, 'interface')
    wire.setMtu('client', clientMtu, 'interface')
  }

  /** Watches what reaches the client while something is done. */
  async function watched(work: () => Promise<void>): Promise<SeenDatagrams> {
    // A virtual cable would carry a whole window as one packet, with its cutting left to whoever looks.
    await wire.run('server', ['ip', 'link', 'set', 'eth0', 'gso_max_segs', '1'])
    const child = wire.start('client', [process.execPath, WATCH_PROGRAM])
    if (!child.stdout) throw new Error('no output')
    const lines = createInterface(child.stdout)
    await once(lines, 'line')
    await work()
    const said = once(lines, 'line')
    child.stdin?.end()
    const [line] = await said
    return JSON.parse(String(line))
  }

  /** Reads the file with atftp; the sha256 of the copy. */
  async function atftp(options: Record<string, number>, server = SERVER): Promise<string> {
    const copy = `${wire.folder}/copy-${(copies += 1)}`
    const asked = Object.entries(options).flatMap(([name, value]) => ['--option', `${name} ${value}`])
    const { status, output } = await wire.run('client', ['atftp', ...asked, '-g', '-r', 'vmlinuz', '-l', copy, server])
    expect(status, output).toBe(0)
    return sha256(readFileSync(copy))
  }

  async function curl(blksize: number, server = SERVER): Promise<string> {
    const copy = `${wire.folder}/copy-${(copies += 1)}`
    const url = `tftp://${server}/vmlinuz`
    await wire.run('client', ['curl', '-s', '-m', '25', '--tftp-blksize', String(blksize), '-o', copy, url])
    return sha256(readFileSync(copy))
  }

  async function tftpHpa(server = SERVER): Promise<string> {
    const copy = `${wire.folder}/copy-${(copies += 1)}`
    await wire.run('client', ['tftp', '-4', '-m', 'binary', server, '-c', 'get', 'vmlinuz', copy])
    return sha256(readFileSync(copy))
  }

  /** The block size of each transfer that ended well, once there are so many. */
  async function agreedBlocks(count: number): Promise<unknown[]> {
    await expect.poll(() => completed().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
    return completed().map(({ options }) => Object.fromEntries(Array.from(Object(options), pairOf))['blksize'])
  }
  const completed = () => events.filter(({ type }) => type === 'completed')
  const pairOf = ({ name, value }: { name: string; value: string }): [string, string] => [name.toLowerCase(), value]

  test.each([1400, 1280, 576])('an interface of MTU %i: blocks fit it, in every client', async (mtu) => {
    link(mtu)
    await serve()
    const seen = await watched(async () => {
      expect(await atftp({ blksize: 1468, windowsize: 16 })).toBe(expected)
      expect(await atftp({ blksize: 65464, windowsize: 4 })).toBe(expected)
      expect(await atftp({ blksize: 1428 })).toBe(expected)
      expect(await curl(1468)).toBe(expected)
      expect(await tftpHpa()).toBe(expected)
    })
    const fitting = String(mtu - 32)
    expect(await agreedBlocks(5)).toEqual([fitting, fitting, fitting, fitting, undefined])
    expect(seen).toMatchObject({ largest: mtu, fragments: 0, dontFragment: 0 })
    expect(seen.packets).toBeGreaterThan(1000)
  })

  test('a client that asks for less gets what it asks for', async () => {
    link(1400)
    await serve()
    expect(await atftp({ blksize: 1024, windowsize: 8 })).toBe(expected)
    expect(await agreedBlocks(1)).toEqual(['1024'])
  })

  test('jumbo frames of ours do not reach a client that takes none: an Ethernet’s block is the limit', async () => {
    link(9000, 1500)
    await serve()
    expect(await atftp({ blksize: 8192, windowsize: 4 })).toBe(expected)
    expect(await agreedBlocks(1)).toEqual(['1468'])
  })

  test('where the operator allows larger blocks, the interface alone bounds them', async () => {
    link(9000)
    await serve({ maxBlockBytes: 65464 })
    expect(await atftp({ blksize: 8192, windowsize: 4 })).toBe(expected)
    expect(await atftp({ blksize: 65464, windowsize: 4 })).toBe(expected)
    expect(await agreedBlocks(2)).toEqual(['8192', '8968'])
  })

  test('the setting of a whole server caps the blocks', async () => {
    link(1500)
    const settings = [
      `ETABLI_DATA_DIR=${wire.folder}/data`,
      'ETABLI_LISTEN=127.0.0.1:0',
      'ETABLI_INTERFACE=eth0',
      'ETABLI_TFTP_MAX_BLOCK_SIZE=600',
    ]
    const server = wire.start('server', ['env', ...settings, process.execPath, 'server/main.ts'])
    let log = ''
    server.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
    await expect.poll(() => log, { timeout: 20_000 }).toContain('"msg":"ready"')
    const copy = `${wire.folder}/grub.cfg`
    const ask = ['--trace', '--option', 'blksize 1468', '-g', '-r', 'grub/grub.cfg', '-l', copy, SERVER]
    const { output } = await wire.run('client', ['atftp', ...ask])
    expect(output).toMatch(/OACK.*blksize: 600/)
    expect(readFileSync(copy, 'utf8')).toContain(SERVER)
  })

  test('a window the kernel will not send whole (EINVAL, since Linux 6.14 EMSGSIZE) leaves one by one', async () => {
    link(1280)
    // As when the way becomes narrower between the question and the window.
    await serve({ believedMtu: 1500 })
    expect(await atftp({ blksize: 1468, windowsize: 64 })).toBe(expected)
    expect(events.filter(({ type }) => type === 'segments-too-long')).toMatchObject([
      { client: { address: CLIENT }, reason: expect.stringMatching(/EMSGSIZE|EINVAL/) },
    ])
    expect(await agreedBlocks(1)).toEqual(['1468'])
    expect(completed()).toMatchObject([{ retransmits: 0 }])
    // It is this client's way that is narrow, not the kernel that cannot: the next one is tried again.
    expect(await atftp({ blksize: 1024, windowsize: 16 })).toBe(expected)
    expect(events.filter(({ type }) => type === 'segmentation-unavailable')).toEqual([])
  })

  test('a narrower link behind a router that says nothing: the router cuts, the client puts together', async () => {
    wire.addHost('server', `${SERVER}/24`)
    wire.addHost('router', '10.79.0.254/24')
    wire.addHost('client')
    const to = (host: string, ...args: string[]) => wire.run(host, args)
    await to('router', 'ip', 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'far1')
    await to('router', 'ip', 'link', 'set', 'far1', 'netns', wire.namespaceOf('client'))
    await to('router', 'ip', 'link', 'set', 'eth1', 'mtu', '1280', 'up')
    await to('router', 'ip', 'address', 'add', '10.80.0.254/24', 'dev', 'eth1')
    await to('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
    await to('client', 'ip', 'link', 'delete', 'eth0')
    await to('client', 'ip', 'link', 'set', 'far1', 'name', 'eth0', 'mtu', '1280', 'up')
    await to('client', 'ip', 'address', 'add', '10.80.0.2/24', 'dev', 'eth0')
    await to('client', 'ip', 'route', 'add', 'default', 'via', '10.80.0.254')
    await to('server', 'ip', 'route', 'add', '10.80.0.0/24', 'via', '10.79.0.254')
    // "Fragmentation needed" never reaches the server: what the router itself says to it goes nowhere.
    await to('router', 'ip', 'rule', 'add', 'iif', 'lo', 'to', `${SERVER}/32`, 'blackhole')
    await serve()
    const seen = await watched(async () => {
      expect(await atftp({ blksize: 1468, windowsize: 16 })).toBe(expected)
      expect(await atftp({ blksize: 1468 })).toBe(expected)
      expect(await curl(1468)).toBe(expected)
      expect(await tftpHpa()).toBe(expected)
    })
    expect(await agreedBlocks(4)).toEqual(['1468', '1468', '1468', undefined])
    expect(seen.dontFragment).toBe(0)
    expect(seen.fragments).toBeGreaterThan(100)
    expect(seen.largest).toBeLessThanOrEqual(1280)
  })
})
