import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePacket, encodeDataRun, encodePacket, MalformedPacket } from '../../../../server/tftp/packet.ts'
import type { Packet } from '../../../../server/tftp/packet.ts'
import { runs } from '../../property-runs.ts'

const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''))
const filledText = text.filter((value) => value.length > 0)
const options = fc.array(fc.record({ name: filledText, value: text }), { maxLength: 8 })
const uint16 = fc.nat({ max: 0xffff })
const bytes = fc.uint8Array({ maxLength: 600 }).map((value) => Buffer.from(value))

const anyPacket: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ op: fc.constantFrom('read', 'write'), file: text, mode: text, options }),
  fc.record({ op: fc.constant('data'), block: uint16, bytes }),
  fc.record({ op: fc.constant('ack'), block: uint16 }),
  fc.record({ op: fc.constant('error'), code: uint16, message: text }),
  fc.record({ op: fc.constant('oack'), options }),
)

/** Valid packets with bytes changed, cut off or added. */
const damagedPacket = fc
  .tuple(
    anyPacket,
    fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 255 })), { maxLength: 6 }),
    fc.nat({ max: 700 }),
  )
  .map(([packet, changes, length]) => {
    const damaged = Buffer.from(encodePacket(packet))
    for (const [offset, value] of changes) if (offset < damaged.length) damaged[offset] = value
    return damaged.subarray(0, length)
  })

test('every packet reads back as it was written', () => {
  fc.assert(
    fc.property(anyPacket, (packet) => {
      expect(decodePacket(encodePacket(packet))).toEqual(packet)
    }),
    { numRuns: runs(2000) },
  )
})

test('random and damaged bytes are a packet or a MalformedPacket, by the ten thousand', () => {
  const outcomes = { packet: 0, malformed: 0 }
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), damagedPacket), (datagram) => {
      try {
        decodePacket(datagram)
        outcomes.packet += 1
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPacket)
        outcomes.malformed += 1
      }
    }),
    { numRuns: runs(30_000) },
  )
  expect(outcomes.packet).toBeGreaterThan(1000)
  expect(outcomes.malformed).toBeGreaterThan(1000)
})

describe('a malformed packet is named by field and offset', () => {
  test.each([
    ['nothing at all', [], 'opcode', 0],
    ['half an opcode', [0], 'opcode', 0],
    ['opcode 0', [0, 0], 'opcode', 0],
    ['opcode 7', [0, 7, 0, 0], 'opcode', 0],
    ['opcode 0x0101', [1, 1, 0x61, 0, 0x61, 0], 'opcode', 0],
    ['a request without a name', [0, 1], 'file name', 2],
    ['a name without its NUL', [0, 1, 0x61], 'file name', 2],
    ['a request without a mode', [0, 1, 0x61, 0], 'mode', 4],
    ['an option without a value', [0, 1, 0x61, 0, 0x62, 0, 0x63, 0], 'value of option c', 8],
    ['a value without its NUL', [0, 1, 0x61, 0, 0x62, 0, 0x63, 0, 0x31], 'value of option c', 8],
    ['DATA without a block', [0, 3, 1], 'block', 2],
    ['ACK without a block', [0, 4], 'block', 2],
    ['ERROR without a code', [0, 5, 0], 'error code', 2],
    ['an OACK cut in its option', [0, 6, 0x61], 'option name', 2],
  ])('%s', (_what, datagram, field, offset) => {
    const decode = () => decodePacket(Uint8Array.from(datagram))
    expect(decode).toThrow(MalformedPacket)
    expect(decode).toThrow(expect.objectContaining({ field, offset }))
  })
})

describe('what real boot ROMs send is understood', () => {
  test('an ERROR whose message has no NUL', () => {
    expect(decodePacket(Buffer.from([0, 5, 0, 8, 0x6f, 0x6b]))).toEqual({ op: 'error', code: 8, message: 'ok' })
  })
  test('a request padded with NULs', () => {
    expect(decodePacket(Buffer.from('\0\x01a\0octet\0blksize\x001468\0\0\0\0'))).toEqual({
      op: 'read',
      file: 'a',
      mode: 'octet',
      options: [{ name: 'blksize', value: '1468' }],
    })
  })
  test('an ACK with trailing bytes', () => {
    expect(decodePacket(Buffer.from([0, 4, 0xff, 0xff, 0, 0]))).toEqual({ op: 'ack', block: 65535 })
  })
})

test('block numbers wrap to 0 after 65535', () => {
  const run = encodeDataRun(65535, [Buffer.from('ab'), Buffer.from('cd'), new Uint8Array()])
  expect(Buffer.from(run).toString('hex')).toBe('0003ffff' + '6162' + '00030000' + '6364' + '00030001')
})

test('an OACK has the bytes of RFC 2347', () => {
  const packet = encodePacket({ op: 'oack', options: [{ name: 'tsize', value: '7' }] })
  expect(Buffer.from(packet)).toEqual(Buffer.from('\0\x06tsize\x007\0'))
})
