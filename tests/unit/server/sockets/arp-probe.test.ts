import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conflictingMac, decodeArpFrame, encodeArpProbe } from '../../../../server/sockets/arp-frame.ts'
import { createArpProber } from '../../../../server/sockets/arp-probe.ts'
import type { PacketSocket } from '../../../../server/sockets/packet-socket.ts'

const OWN = '02:00:5e:00:00:fe'
const HOLDER = '02:00:5e:00:00:09'
const ADDRESS = '10.77.0.52'

/** What a host that has `address` answers to a probe. */
function reply(mac: string, address: string): Uint8Array {
  const frame = encodeArpProbe(mac, '0.0.0.0')
  frame[21] = 2
  frame.set(Uint8Array.from(address.split('.'), Number), 28)
  return frame
}

/** A wire on which `answerTo` may answer each frame sent. */
function wire(answerTo: (frame: Uint8Array) => Uint8Array[]) {
  const waiting: Uint8Array[] = []
  const sent: Uint8Array[] = []
  let opened = 0
  let closed = 0
  const openSocket = (): PacketSocket => {
    opened += 1
    return {
      send: (frame) => {
        sent.push(frame)
        waiting.push(...answerTo(frame))
      },
      receive: () => waiting.shift(),
      close: () => (closed += 1),
    }
  }
  return { openSocket, sent, isIdle: () => opened === closed }
}

describe('an ARP frame', () => {
  test('is a probe as RFC 5227 draws it', () => {
    expect(Buffer.from(encodeArpProbe(OWN, ADDRESS)).toString('hex')).toBe(
      'ffffffffffff02005e0000fe0806' + '0001080006040001' + '02005e0000fe00000000' + '0000000000000a4d0034',
    )
    expect(decodeArpFrame(encodeArpProbe(OWN, ADDRESS))).toEqual({
      operation: 'request',
      senderMac: OWN,
      senderAddress: '0.0.0.0',
      targetAddress: ADDRESS,
    })
  })

  test.each([
    [
      'a reply of its holder',
      { operation: 'reply', senderMac: HOLDER, senderAddress: ADDRESS, targetAddress: '0.0.0.0' },
      HOLDER,
    ],
    [
      'a question of its holder',
      { operation: 'request', senderMac: HOLDER, senderAddress: ADDRESS, targetAddress: '10.77.0.1' },
      HOLDER,
    ],
    [
      'somebody else’s probe for it',
      { operation: 'request', senderMac: HOLDER, senderAddress: '0.0.0.0', targetAddress: ADDRESS },
      HOLDER,
    ],
    [
      'our own probe',
      { operation: 'request', senderMac: OWN, senderAddress: '0.0.0.0', targetAddress: ADDRESS },
      undefined,
    ],
    [
      'a question about it',
      { operation: 'request', senderMac: HOLDER, senderAddress: '10.77.0.9', targetAddress: ADDRESS },
      undefined,
    ],
  ] as const)('tells who has an address: %s', (_name, frame, holder) => {
    expect(conflictingMac(frame, ADDRESS, OWN)).toBe(holder)
  })

  test('of any other bytes is no frame', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => decodeArpFrame(bytes) === undefined))
  })
})

describe('an ARP probe', () => {
  test('finds the holder, and leaves no socket open', async () => {
    const line = wire(() => [new Uint8Array(10), reply('02:00:00:00:00:01', '10.77.0.99'), reply(HOLDER, ADDRESS)])
    const prober = createArpProber({ device: 'bench0', mac: OWN, openSocket: line.openSocket })
    expect(await prober.probe(ADDRESS)).toEqual({ kind: 'taken', mac: HOLDER })
    expect(line.isIdle()).toBe(true)
  })

  test('asks twice before it finds nobody', async () => {
    const line = wire(() => [])
    const prober = createArpProber({ device: 'bench0', mac: OWN, waitMs: 60, openSocket: line.openSocket })
    expect(await prober.probe(ADDRESS)).toEqual({ kind: 'free' })
    expect(line.sent.length).toBe(2)
    expect(line.isIdle()).toBe(true)
  })

  test('runs beside others on one socket', async () => {
    const line = wire((frame) => (frame[41] === 3 ? [reply(HOLDER, '10.77.0.3')] : []))
    const prober = createArpProber({ device: 'bench0', mac: OWN, waitMs: 60, openSocket: line.openSocket })
    const results = await Promise.all([1, 2, 3, 4].map((last) => prober.probe(`10.77.0.${last}`)))
    expect(results.map((result) => result.kind)).toEqual(['free', 'free', 'taken', 'free'])
    expect(line.isIdle()).toBe(true)
  })

  test('fails with the interface', async () => {
    const down = Object.assign(new Error('ENETDOWN: send'), { code: 'ENETDOWN' })
    const line = wire(() => {
      throw down
    })
    const prober = createArpProber({ device: 'bench0', mac: OWN, openSocket: line.openSocket })
    await expect(prober.probe(ADDRESS)).rejects.toBe(down)
    expect(line.isIdle()).toBe(true)
  })

  test('ends at once when it is closed', async () => {
    const line = wire(() => [])
    const prober = createArpProber({ device: 'bench0', mac: OWN, waitMs: 60_000, openSocket: line.openSocket })
    const probes = [prober.probe('10.77.0.1'), prober.probe('10.77.0.2')]
    prober.close()
    expect(await Promise.all([...probes, prober.probe('10.77.0.3')])).toEqual(Array(3).fill({ kind: 'free' }))
    expect(line.isIdle()).toBe(true)
  })
})
