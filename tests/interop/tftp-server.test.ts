import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { openUdpSocket } from '../../server/sockets/udp-socket.ts'
import { encodePacket } from '../../server/tftp/packet.ts'
import { backoff } from '../../server/tftp/retransmission.ts'
import { DEFAULT_TFTP_CONFIG, listen } from '../../server/tftp/server.ts'
import type { OpenSocket } from '../../server/tftp/transfer-socket.ts'
import { IMPATIENT, openFixture } from './tftp-fixture.ts'
import type { Fixture } from './tftp-fixture.ts'
import { download, openRawClient, readRequest } from './tftp-raw-client.ts'
import type { RawClient } from './tftp-raw-client.ts'

let fixture: Fixture
const clients: RawClient[] = []

async function rawClient(): Promise<RawClient> {
  const client = await openRawClient()
  clients.push(client)
  return client
}

async function serve(...setup: Parameters<typeof openFixture>): Promise<Fixture> {
  fixture = await openFixture(...setup)
  return fixture
}

function kinds(): string[] {
  return fixture.events.map((event) => event.type)
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await fixture.close()
})

describe('UEFI firmware', () => {
  test('asks the size, aborts with ERROR 8, and then reads from the same port', async () => {
    const { endpoint, addFile } = await serve()
    await addFile('shimx64.efi', 1000)
    const firmware = await rawClient()
    firmware.send(readRequest('shimx64.efi', { tsize: 0, blksize: 1468 }), endpoint)
    const offer = await firmware.receive()
    expect(offer.packet).toMatchObject({ op: 'oack', options: [{ name: 'tsize', value: '1000' }, { name: 'blksize' }] })
    firmware.send({ op: 'error', code: 8, message: 'User aborted the transfer' }, offer.from)
    await expect.poll(() => fixture.events.at(-1)).toMatchObject({ type: 'aborted', file: '/shimx64.efi', bytes: 0 })

    firmware.send(readRequest('shimx64.efi', { blksize: 1468 }), endpoint)
    const second = await firmware.receive()
    expect(second.packet.op).toBe('oack')
    expect(second.from.port).not.toBe(offer.from.port)
    firmware.send({ op: 'ack', block: 0 }, second.from)
    expect((await firmware.receive()).packet).toMatchObject({ op: 'data', block: 1 })
    firmware.send({ op: 'ack', block: 1 }, second.from)
    await expect.poll(() => fixture.events.at(-1)).toMatchObject({ type: 'completed', bytes: 1000, retransmits: 0 })
    expect(kinds()).toEqual(['requested', 'aborted', 'requested', 'completed'])
  })

  test('may lose its ERROR 8: a new request from the port replaces the old transfer', async () => {
    const { endpoint, addFile, server } = await serve()
    await addFile('shimx64.efi', 1000)
    const firmware = await rawClient()
    firmware.send(readRequest('shimx64.efi', { tsize: 0 }), endpoint)
    await firmware.receive()
    firmware.send(readRequest('shimx64.efi', { blksize: 1024 }), endpoint)
    expect((await firmware.receive()).packet).toMatchObject({ op: 'oack', options: [{ name: 'blksize' }] })
    await expect.poll(() => server.stats()).toMatchObject({ active: 1, aborted: 1 })
  })

  test('repeats its request when the answer was lost, and gets one transfer, not two', async () => {
    const { endpoint, addFile, server } = await serve()
    await addFile('a', 100)
    const firmware = await rawClient()
    firmware.send(readRequest('a', { tsize: 0 }), endpoint)
    const first = await firmware.receive()
    firmware.send(readRequest('a', { tsize: 0 }), endpoint)
    const again = await firmware.receive()
    expect(again).toEqual(first)
    expect(server.stats()).toMatchObject({ active: 1, requested: 1 })
  })
})

describe('answers at once', () => {
  test.each([
    ['a file that is not there', readRequest('revocations_sbat.efi'), 1, 'File not found'],
    ['a way out of the root', readRequest('../../../etc/passwd'), 2, 'The file name leaves the served folders'],
    ['a write', { op: 'write', file: 'a', mode: 'octet', options: [] } as const, 2, 'This server is read-only'],
    [
      'netascii',
      { op: 'read', file: 'a', mode: 'netascii', options: [] } as const,
      0,
      'Only octet (binary) mode is served',
    ],
  ])('%s', async (_what, request, code, message) => {
    const { endpoint } = await serve()
    const client = await rawClient()
    client.send(request, endpoint)
    expect(await client.receive()).toEqual({ packet: { op: 'error', code, message }, from: endpoint })
  })
})

test('a transfer leaves from the address its request came to, on a port of its own', async () => {
  const { server, addFile } = await serve({ addresses: ['127.0.0.1', '127.0.0.2'] })
  await addFile('a', 10)
  for (const endpoint of server.endpoints) {
    const client = await rawClient()
    client.send(readRequest('a'), endpoint)
    const { from } = await client.receive()
    expect(from.address).toBe(endpoint.address)
    expect(from.port).not.toBe(endpoint.port)
  }
})

test.skipIf(process.getuid?.() !== 0)('is held to one interface when it is told so (root only)', async () => {
  const { endpoint, addFile } = await serve({ device: 'lo' })
  const expected = await addFile('a', 50_000)
  expect((await download(endpoint, 'a', { blksize: 1428, windowsize: 4 })).sha256).toBe(expected)
})

test('serves a file rendered for the client that asks', async () => {
  const { endpoint } = await serve()
  const client = await rawClient()
  client.send(readRequest('/grub/grub.cfg'), endpoint)
  const { packet, from } = await client.receive()
  expect(packet).toEqual({ op: 'data', block: 1, bytes: Buffer.from('set me=127.0.0.1\n') })
  client.send({ op: 'ack', block: 1 }, from)
  await expect.poll(kinds).toContain('completed')
})

test('tells a stranger ERROR 5 and goes on with its client', async () => {
  const { endpoint, addFile } = await serve()
  await addFile('a', 700)
  const client = await rawClient()
  const stranger = await rawClient()
  client.send(readRequest('a'), endpoint)
  const { from } = await client.receive()
  stranger.send({ op: 'ack', block: 1 }, from)
  expect((await stranger.receive()).packet).toEqual({ op: 'error', code: 5, message: 'Unknown transfer ID' })
  stranger.send(Buffer.from('noise'), from)
  expect((await stranger.receive()).packet).toMatchObject({ op: 'error', code: 5 })
  client.send({ op: 'ack', block: 1 }, from)
  expect((await client.receive()).packet).toMatchObject({ op: 'data', block: 2 })
  client.send({ op: 'ack', block: 2 }, from)
  await expect.poll(kinds).toEqual(['requested', 'completed'])
})

test('40 MB without any option: block numbers pass 65535', async () => {
  const { endpoint, addFile } = await serve()
  const expected = await addFile('big', 40_000_000)
  expect(await download(endpoint, 'big', {})).toMatchObject({ sha256: expected, bytes: 40_000_000, agreed: [] })
})

describe('files of every length', () => {
  test.each([0, 1, 511, 512, 513, 131_072, 131_073, 200_000])('%i bytes', async (sizeBytes) => {
    const { endpoint, addFile } = await serve()
    const expected = await addFile('f', sizeBytes)
    for (const options of [{}, { blksize: 512, windowsize: 16 }, { blksize: 1024, windowsize: 64, tsize: 0 }]) {
      expect(await download(endpoint, 'f', options)).toMatchObject({ sha256: expected, bytes: sizeBytes })
    }
  })
})

test('300 clients at once get their files, in this one process', async () => {
  const { endpoint, addFile, server } = await serve()
  const expected = await addFile('initrd', 300_000)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, server.stats().active)), 2)
  const options = [{}, { blksize: 1428 }, { blksize: 1428, windowsize: 4 }, { blksize: 1024, windowsize: 16 }]
  const downloads = Array.from({ length: 300 }, (_, index) => download(endpoint, 'initrd', options[index % 4] ?? {}))
  for (const got of await Promise.all(downloads)) expect(got.sha256).toBe(expected)
  clearInterval(watch)
  expect(most).toBeGreaterThan(100)
  await expect.poll(() => server.stats()).toMatchObject({ active: 0, completed: 300, failed: 0 })
})

test('one client more than allowed is told so', async () => {
  const { endpoint, addFile } = await serve({ maxTransfers: 1 })
  await addFile('a', 5000)
  const [first, second] = [await rawClient(), await rawClient()]
  first.send(readRequest('a'), endpoint)
  await first.receive()
  second.send(readRequest('a'), endpoint)
  expect((await second.receive()).packet).toMatchObject({ op: 'error', message: expect.stringMatching(/^Too many/) })
})

describe('stops in order', () => {
  test('running clients are told, ports and files are closed', async () => {
    const { endpoint, addFile, server } = await serve()
    await addFile('a', 5000)
    const client = await rawClient()
    client.send(readRequest('a'), endpoint)
    await client.receive()
    await server.close()
    expect((await client.receive()).packet).toMatchObject({ op: 'error', code: 0, message: 'The server is stopping' })
    expect(server.stats()).toMatchObject({ active: 0, failed: 1 })
    expect(fixture.events.at(-1)).toMatchObject({ type: 'failed', reason: 'stopped' })
    // The same address can be listened on again.
    const again = await listen(
      { ...DEFAULT_TFTP_CONFIG, addresses: [endpoint.address], port: endpoint.port },
      { open: () => Promise.resolve({ kind: 'missing', reason: '' }), onEvent: () => {} },
    )
    await again.close()
  })

  test('a file still being opened is closed and not sent', async () => {
    const gate = Promise.withResolvers<true>()
    let isClosed = false
    const { endpoint, server } = await serve(
      {},
      {
        open: async () => {
          await gate.promise
          const close = async () => {
            isClosed = true
          }
          return { kind: 'file', sizeBytes: 1, read: () => Promise.resolve(Buffer.from('x')), close }
        },
      },
    )
    const client = await rawClient()
    client.send(readRequest('a'), endpoint)
    await expect.poll(kinds).toEqual(['requested'])
    const closed = server.close()
    gate.resolve(true)
    await closed
    expect(isClosed).toBe(true)
  })
})

describe('what goes wrong is an event, and the server goes on', () => {
  test('a file that cannot be opened', async () => {
    const { endpoint } = await serve({}, { open: () => Promise.reject(new Error('EIO: disk')) })
    const client = await rawClient()
    client.send(readRequest('a'), endpoint)
    expect((await client.receive()).packet).toMatchObject({ op: 'error', code: 0 })
    expect(fixture.events.at(-1)).toMatchObject({ type: 'failed', reason: 'unreadable', detail: 'Error: EIO: disk' })
  })

  test('a file that becomes shorter while it is sent', async () => {
    const { endpoint, addFile, root } = await serve()
    await addFile('a', 1_000_000)
    const client = await rawClient()
    client.send(readRequest('a', { blksize: 65464 }), endpoint)
    const { from } = await client.receive()
    await writeFile(join(root, 'a'), 'short')
    client.send({ op: 'ack', block: 0 }, from)
    expect((await client.receive()).packet).toMatchObject({ op: 'error', message: 'The file cannot be read' })
    await expect.poll(() => fixture.events.at(-1)).toMatchObject({ type: 'failed', reason: 'unreadable' })
  })

  test('a client that falls silent', async () => {
    const retransmission = backoff({ firstMs: 5, factor: 2, longestMs: 20, attempts: 4 })
    const { endpoint, addFile } = await serve({}, { retransmission })
    await addFile('a', 5000)
    const client = await rawClient()
    client.send(readRequest('a'), endpoint)
    await expect.poll(() => fixture.events.at(-1)).toMatchObject({ type: 'failed', reason: 'timed-out', bytes: 0 })
  })

  test('tens of thousands of random and damaged packets, at the well-known port and at a transfer’s', async () => {
    const { endpoint, addFile, server } = await serve({}, { retransmission: IMPATIENT })
    const expected = await addFile('a', 100_000)
    const client = await rawClient()
    client.send(readRequest('a', { blksize: 1024 }), endpoint)
    const { from } = await client.receive()
    const bad = await openUdpSocket({ address: '127.0.0.1', port: 0 })
    const valid = [
      encodePacket(readRequest('a', { blksize: 1024, tsize: 0, windowsize: 16 })),
      encodePacket({ op: 'error', code: 8, message: 'no' }),
      encodePacket({ op: 'oack', options: [{ name: 'blksize', value: '8' }] }),
      encodePacket({ op: 'ack', block: 7 }),
    ]
    const damaged = fc
      .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 255 })), { maxLength: 4 }))
      .map(([packet, changes]) => {
        const bytes = Buffer.from(packet)
        for (const [offset, value] of changes) if (offset < bytes.length) bytes[offset] = value
        return bytes
      })
    const packets = fc.sample(fc.oneof(fc.uint8Array({ maxLength: 70 }), damaged), { numRuns: 20_000, seed: 7 })
    for (const [index, packet] of packets.entries()) {
      bad.send(packet, endpoint.port, endpoint.address)
      bad.send(packet, from.port, from.address)
      // Let the receiving socket of the same process keep up.
      if (index % 15 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await download(endpoint, 'a', { blksize: 1024 })).sha256).toBe(expected)
    const { malformed, requested } = server.stats()
    expect(malformed).toBeGreaterThan(5000)
    expect(requested).toBeGreaterThan(10)
    bad.close()
  })
})

describe('where UDP segmentation does not work, datagrams leave one by one and nobody notices', () => {
  const refusing =
    (refuse: (options: Parameters<OpenSocket>[0]) => boolean): OpenSocket =>
    async (options) => {
      if (!refuse(options)) return openUdpSocket(options)
      throw Object.assign(new Error('ENOPROTOOPT: setsockopt UDP_SEGMENT'), { code: 'ENOPROTOOPT' })
    }

  test('in the kernel: the option is refused', async () => {
    const openSocket = refusing(({ segmentBytes }) => segmentBytes !== undefined)
    const { endpoint, addFile, server } = await serve({}, { openSocket })
    const expected = await addFile('a', 500_000)
    for (const windowsize of [4, 16]) {
      expect((await download(endpoint, 'a', { blksize: 1428, windowsize })).sha256).toBe(expected)
    }
    expect(server.stats().segmentation).toBe('unavailable')
    expect(kinds().filter((kind) => kind === 'segmentation-unavailable')).toHaveLength(1)
  })

  test('in the device’s driver: the first window cannot be sent; the transfer keeps its port', async () => {
    const openSocket: OpenSocket = async (options) => {
      const socket = await openUdpSocket(options)
      const send = socket.send.bind(socket)
      // As udp_send_skb does without checksum offload: any send that is to be segmented fails with EIO.
      const failing = (bytes: Uint8Array, port: number, address: string, sent: (error: Error | null) => void) => {
        if (options.segmentBytes === undefined || bytes.length <= options.segmentBytes)
          return send(bytes, port, address, sent)
        process.nextTick(sent, Object.assign(new Error('EIO: send'), { code: 'EIO' }))
      }
      return Object.assign(socket, { send: failing })
    }
    const { endpoint, addFile, server } = await serve({}, { openSocket })
    const expected = await addFile('a', 500_000)
    const got = await download(endpoint, 'a', { blksize: 1428, windowsize: 16 })
    expect(got.sha256).toBe(expected)
    await expect.poll(() => server.stats()).toMatchObject({ segmentation: 'unavailable', completed: 1 })
  })
})

test('a port that cannot be opened again ends its transfer, and the server still stops', async () => {
  let opened = 0
  const openSocket: OpenSocket = async (options) => {
    opened += 1
    // The well-known port, the transfer's, and the same once more.
    if (opened === 3) throw Object.assign(new Error('EADDRINUSE: bind'), { code: 'EADDRINUSE' })
    const socket = await openUdpSocket(options)
    const refuse = (...args: unknown[]) => {
      const sent = args.at(-1)
      const error = Object.assign(new Error('EMSGSIZE: send'), { code: 'EMSGSIZE' })
      if (typeof sent === 'function') setImmediate(() => sent(error))
    }
    return options.segmentBytes === undefined ? socket : Object.assign(socket, { send: refuse })
  }
  const { endpoint, addFile, server } = await serve({}, { openSocket })
  await addFile('a', 50_000)
  const client = await rawClient()
  client.send(readRequest('a', { blksize: 1428, windowsize: 16 }), endpoint)
  await expect.poll(() => opened).toBe(3)
  await server.close()
  expect(fixture.events.at(-1)).toMatchObject({ type: 'failed', reason: 'stopped', detail: 'EADDRINUSE: bind' })
})

test('a window leaves in one system call', async () => {
  const sends: number[] = []
  const openSocket: OpenSocket = async (options) => {
    const socket = await openUdpSocket(options)
    if (options.segmentBytes === undefined) return socket
    const send = socket.send.bind(socket)
    const counting = (bytes: Uint8Array, port: number, address: string, sent: (error: Error | null) => void) => {
      sends.push(bytes.length)
      send(bytes, port, address, sent)
    }
    return Object.assign(socket, { send: counting })
  }
  const { endpoint, addFile, server } = await serve({ limits: DEFAULT_TFTP_CONFIG.limits }, { openSocket })
  const expected = await addFile('a', 16 * 1428 * 5)
  expect((await download(endpoint, 'a', { blksize: 1428, windowsize: 16 })).sha256).toBe(expected)
  const window = 16 * 1432
  expect(sends.slice(1)).toEqual([window, window, window, window, window, 4])
  await expect.poll(() => server.stats()).toMatchObject({ segmentation: 'used', retransmits: 0 })
})

describe('does not start without its port', () => {
  const open = () => Promise.resolve({ kind: 'missing', reason: '' } as const)
  test.each([
    ['a busy port', () => ({ port: fixture.endpoint.port }), 'TFTP_PORT_BUSY'],
    ['an address of another machine', () => ({ addresses: ['192.0.2.1'] }), 'TFTP_ADDRESS_UNKNOWN'],
    ['an interface that is not there', () => ({ device: 'etabli-none' }), 'TFTP_DEVICE_UNKNOWN'],
  ])('%s', async (_what, config, code) => {
    await serve()
    const start = listen(
      { ...DEFAULT_TFTP_CONFIG, addresses: ['127.0.0.1'], port: 0, ...config() },
      { open, onEvent: () => {} },
    )
    await expect(start).rejects.toMatchObject({ code })
  })
})
