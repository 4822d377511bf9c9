import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToIpv4 } from '../../../../server/dhcp/addresses.ts'
import { MalformedPacket } from '../../../../server/dhcp/malformed-packet.ts'
import { decodePacket, encodePacket, type DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { OPTION_ROWS, RELAY_ROW, type DhcpOptions } from '../../../../server/dhcp/options/table.ts'
import { message, PXE, UUID } from './client-messages.ts'
import { runs } from '../../property-runs.ts'

const ENOUGH = 65_000

const ipv4 = fc.nat({ max: 0xffffffff }).map(numberToIpv4)
const seconds = fc.nat({ max: 0xffffffff })
const bytes = fc.uint8Array({ minLength: 1, maxLength: 700 })
/** One byte a character, without NUL: a NUL ends a name. */
const latin1 = (maxLength: number, minLength = 0) =>
  fc
    .array(fc.integer({ min: 1, max: 255 }), { minLength, maxLength })
    .map((codes) => Buffer.from(codes).toString('latin1'))
const words = latin1(400, 1)
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((raw) =>
  Buffer.from(raw)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
)
const KNOWN_CODES = new Set([0, 52, 255, RELAY_ROW.code, ...OPTION_ROWS.map((row) => row.code)])

const options: fc.Arbitrary<DhcpOptions> = fc.record(
  {
    messageType: fc.constantFrom('discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'),
    serverIdentifier: ipv4,
    requestedAddress: ipv4,
    leaseSeconds: seconds,
    subnetMask: ipv4,
    vendorClass: words,
    vendorSpecific: bytes,
    bootFileName: words,
    tftpServerName: words,
    clientUuid: uuid,
    routers: fc.array(ipv4, { minLength: 1, maxLength: 80 }),
    domainNameServers: fc.array(ipv4, { minLength: 1, maxLength: 4 }),
    renewalSeconds: seconds,
    rebindingSeconds: seconds,
    broadcastAddress: ipv4,
    domainName: words,
    hostName: words,
    rootPath: words,
    message: words,
    parameterRequestList: fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 300 }),
    maximumMessageSize: fc.nat({ max: 65_535 }),
    userClass: fc.array(latin1(255, 1), { minLength: 1, maxLength: 3 }),
    clientArchitectures: fc.array(fc.nat({ max: 65_535 }), { minLength: 1, maxLength: 5 }),
    clientInterface: fc.record({ type: fc.nat(255), major: fc.nat(255), minor: fc.nat(255) }),
    clientIdentifier: bytes,
    relayAgentInformation: bytes,
    unknown: fc
      .array(
        fc.tuple(
          fc.nat({ max: 254 }).filter((code) => !KNOWN_CODES.has(code)),
          fc.uint8Array({ maxLength: 600 }),
        ),
        { maxLength: 4 },
      )
      .map((entries) => new Map(entries)),
  },
  { requiredKeys: ['unknown'] },
)

const packet: fc.Arbitrary<DhcpPacket> = fc.record({
  op: fc.constantFrom('request', 'reply'),
  htype: fc.nat(255),
  hops: fc.nat(255),
  xid: seconds,
  secs: fc.nat(65_535),
  flags: fc.nat(65_535),
  ciaddr: ipv4,
  yiaddr: ipv4,
  siaddr: ipv4,
  giaddr: ipv4,
  chaddr: fc
    .uint8Array({ maxLength: 16 })
    .map((raw) => Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join(':')),
  sname: latin1(63),
  file: latin1(127),
  options,
})

/** The options a PXE client asks with, at the places RFC 2131 gives the header. */
function pxeDiscoverBytes(): Uint8Array {
  return encodePacket(message({ messageType: 'discover', ...PXE }, { secs: 4, flags: 0x8000 })).bytes
}

describe('a packet', () => {
  test('comes back from its bytes as it was, whatever options it has', () => {
    fc.assert(
      fc.property(packet, (written) => {
        const { bytes, omitted } = encodePacket(written, ENOUGH)
        expect(omitted).toEqual([])
        expect(decodePacket(bytes)).toEqual(written)
      }),
      { numRuns: runs(1000) },
    )
  })

  test('never grows beyond its limit, names what it leaves out, and keeps the rest readable', () => {
    fc.assert(
      fc.property(packet, fc.integer({ min: 300, max: 1472 }), (written, limit) => {
        const relay = { ...written, options: { ...written.options } }
        delete relay.options.relayAgentInformation
        const { bytes, omitted } = encodePacket(relay, limit)
        expect(bytes.length).toBeLessThanOrEqual(limit)
        const read = decodePacket(bytes)
        const kept = Object.keys(relay.options).filter((name) => name !== 'unknown' && !omitted.includes(name))
        for (const name of kept) expect(read.options).toHaveProperty(name)
        expect(Object.keys(read.options).length).toBe(kept.length + 1)
      }),
      { numRuns: runs(500) },
    )
  })

  test('has its header fields where RFC 2131 puts them', () => {
    const bytes = Buffer.from(
      encodePacket(
        message(
          { messageType: 'offer' },
          {
            op: 'reply',
            xid: 0xdeadbeef,
            secs: 7,
            flags: 0x8000,
            ciaddr: '1.2.3.4',
            yiaddr: '5.6.7.8',
            siaddr: '9.10.11.12',
            giaddr: '13.14.15.16',
            sname: 'server',
            file: 'shimx64.efi',
          },
        ),
      ).bytes,
    )
    expect(bytes.length).toBe(300)
    expect(bytes.subarray(0, 12).toString('hex')).toBe('02010600deadbeef00078000')
    expect([...bytes.subarray(12, 28)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    expect(bytes.subarray(28, 44).toString('hex')).toBe('02005e10000100000000000000000000')
    expect(bytes.subarray(44, 51).toString('latin1')).toBe('server\0')
    expect(bytes.subarray(108, 120).toString('latin1')).toBe('shimx64.efi\0')
    expect(bytes.subarray(236, 244).toString('hex')).toBe('63825363350102ff')
  })

  test('leaves an over-long file name to option 67', () => {
    const url = `http://10.0.0.1/${'a'.repeat(150)}.iso`
    const written = message({ messageType: 'offer', bootFileName: url }, { file: url })
    expect(decodePacket(encodePacket(written).bytes)).toMatchObject({ file: '', options: { bootFileName: url } })
  })

  test('ends names with NUL, so that firmware does not read on into the end option', () => {
    const { bytes } = encodePacket(message({ messageType: 'offer', bootFileName: 'shimx64.efi' }))
    expect(Buffer.from(bytes).includes(Buffer.from('\x43\x0cshimx64.efi\0', 'latin1'))).toBe(true)
  })

  test('puts relay information last, and never leaves it out', () => {
    const relay = Uint8Array.of(1, 4, 1, 2, 3, 4)
    const written = message({ messageType: 'ack', relayAgentInformation: relay, rootPath: 'x'.repeat(400) })
    const { bytes, omitted } = encodePacket(written, 300)
    expect(omitted).toEqual(['rootPath'])
    const end = Buffer.from(bytes).lastIndexOf(Buffer.of(82, 6, 1, 4, 1, 2, 3, 4, 255))
    expect(end).toBeGreaterThan(0)
  })

  test('uses empty sname and file for options when the client takes only little messages', () => {
    const written = message({ messageType: 'ack', rootPath: 'r'.repeat(100), domainName: 'd'.repeat(50) })
    const { bytes, omitted } = encodePacket(written, 300)
    expect(omitted).toEqual([])
    expect(Buffer.from(bytes).includes(Buffer.of(52, 1, 3)) || Buffer.from(bytes).includes(Buffer.of(52, 1, 1))).toBe(
      true,
    )
    expect(decodePacket(bytes)).toEqual(written)
  })

  test('is read with pads, without an end, and with options of others kept', () => {
    const base = pxeDiscoverBytes().subarray(0, 240)
    const tail = Uint8Array.of(0, 0, 53, 1, 1, 0, 224, 3, 1, 2, 3)
    const read = decodePacket(Buffer.concat([base, tail]))
    expect(read.options.messageType).toBe('discover')
    expect(read.options.unknown).toEqual(new Map([[224, Uint8Array.of(1, 2, 3)]]))
  })

  test('joins an option that comes in parts (RFC 3396)', () => {
    const base = pxeDiscoverBytes().subarray(0, 240)
    const tail = Uint8Array.of(12, 2, 110, 117, 53, 1, 1, 12, 2, 99, 56, 255)
    expect(decodePacket(Buffer.concat([base, tail])).options.hostName).toBe('nuc8')
  })

  test('keeps known options whose bytes do not fit: a PXE ROM with an empty UUID still boots', () => {
    const base = pxeDiscoverBytes().subarray(0, 240)
    const read = decodePacket(Buffer.concat([base, Uint8Array.of(53, 1, 1, 97, 0, 93, 1, 7, 255)]))
    expect(read.options).toEqual({
      messageType: 'discover',
      unknown: new Map([
        [97, new Uint8Array()],
        [93, Uint8Array.of(7)],
      ]),
    })
  })

  test('gives the UUID as Linux prints it, from its SMBIOS byte order', () => {
    const { bytes } = encodePacket(message({ messageType: 'discover', clientUuid: UUID }))
    const wire = Buffer.from('611100' + '44454c4c50001038' + '8052b4c04f4a4e32', 'hex')
    expect(Buffer.from(bytes).includes(wire)).toBe(true)
  })

  const classes: Array<[string, number[], string[]]> = [
    ['a list (RFC 3004)', [4, 105, 80, 88, 69, 1, 65], ['iPXE', 'A']],
    ['bare text, as iPXE sends it', [105, 80, 88, 69], ['iPXE']],
  ]
  test.each(classes)('reads user classes from %s', (_name, data, expected) => {
    const base = pxeDiscoverBytes().subarray(0, 240)
    const read = decodePacket(Buffer.concat([base, Uint8Array.of(77, data.length, ...data, 255)]))
    expect(read.options.userClass).toEqual(expected)
  })
})

describe('options written against the rules are read as dnsmasq reads them, and named', () => {
  const base = pxeDiscoverBytes().subarray(0, 240)
  const read = (...tail: number[]) => decodePacket(Buffer.concat([base, Uint8Array.from(tail)]))
  const uuid = [0, ...Array.from({ length: 16 }, (_, index) => index)]

  test.each<[string, number[], Partial<DhcpOptions>, unknown[]]>([
    ['53 twice', [53, 1, 1, 53, 1, 3], { messageType: 'discover' }, [[53, 'repeated']]],
    ['53 of two bytes', [53, 2, 1, 1], { messageType: 'discover' }, [[53, 'too-long']]],
    ['53 once and empty once', [53, 0, 53, 1, 3], { messageType: 'request' }, []],
    ['50 twice', [50, 4, 10, 0, 0, 1, 50, 4, 10, 0, 0, 2], { requestedAddress: '10.0.0.1' }, [[50, 'repeated']]],
    ['54 of eight bytes', [54, 8, 10, 0, 0, 1, 10, 0, 0, 1], { serverIdentifier: '10.0.0.1' }, [[54, 'too-long']]],
    ['51 twice', [51, 4, 0, 0, 1, 0, 51, 4, 0, 0, 1, 0], { leaseSeconds: 256 }, [[51, 'repeated']]],
    ['57 twice', [57, 2, 5, 192, 57, 2, 5, 192], { maximumMessageSize: 1472 }, [[57, 'repeated']]],
    ['60 twice', [60, 3, 65, 66, 67, 60, 3, 65, 66, 67], { vendorClass: 'ABC' }, [[60, 'repeated']]],
    ['93 twice', [93, 2, 0, 7, 93, 2, 0, 7], { clientArchitectures: [7] }, [[93, 'repeated']]],
    [
      '94 twice',
      [94, 3, 1, 3, 16, 94, 3, 1, 3, 16],
      { clientInterface: { type: 1, major: 3, minor: 16 } },
      [[94, 'repeated']],
    ],
    [
      '97 twice',
      [97, 17, ...uuid, 97, 17, ...uuid],
      { clientUuid: '03020100-0504-0706-0809-0a0b0c0d0e0f' },
      [[97, 'repeated']],
    ],
    ['52 twice', [52, 1, 1, 52, 1, 1], {}, [[52, 'repeated']]],
    ['52 of two bytes', [52, 2, 1, 0], {}, [[52, 'too-long']]],
  ])('%s', (_what, tail, expected, oddities) => {
    const { options, oddities: found = [] } = read(...tail)
    expect(options).toMatchObject(expected)
    expect(found.map(({ option, what }) => [option, what])).toEqual(oddities)
  })

  test.each([50, 51, 52, 53, 54, 55, 57, 60, 61, 77, 93, 94, 97])('%i empty is no option', (code) => {
    const { options, oddities } = read(code, 0, 12, 1, 110)
    expect(Object.keys(options)).toEqual(['unknown', 'hostName'])
    expect(oddities).toEqual([{ option: code, what: 'empty' }])
  })

  test('an option of others may be empty (80, rapid commit), and one with other bytes is unreadable', () => {
    expect(read(80, 0)).not.toHaveProperty('oddities')
    expect(read(97, 2, 0, 1).oddities).toEqual([{ option: 97, what: 'unreadable' }])
  })

  test('one value in two full fields is no repetition (RFC 3396)', () => {
    const full = [12, 255, ...Array.from({ length: 255 }, () => 97)]
    expect(read(...full, ...full).options.hostName).toBe('a'.repeat(510))
    expect(read(...full, ...full)).not.toHaveProperty('oddities')
  })

  test('relay information stays byte for byte, though it comes twice', () => {
    expect(read(82, 2, 1, 0, 82, 2, 1, 0).options.relayAgentInformation).toEqual(Uint8Array.of(1, 0, 1, 0))
  })
})

describe('bytes that are no packet', () => {
  const whole = pxeDiscoverBytes()
  const cases: Array<[string, Uint8Array, string, number]> = [
    ['nothing', new Uint8Array(), 'header', 0],
    ['a cut header', whole.subarray(0, 239), 'header', 239],
    ['no request and no reply', changed(whole, 0, 3), 'op', 0],
    ['a hardware address longer than its field', changed(whole, 2, 17), 'hlen', 2],
    ['another cookie', changed(whole, 236, 0), 'magic cookie', 236],
    ['an option beyond the end', changed(whole, 241, 255), 'options: option 53 longer than its area', 240],
    [
      'an option without a length',
      Buffer.concat([whole.subarray(0, 240), Uint8Array.of(53)]),
      'options: option 53 without a length',
      240,
    ],
    [
      'a requested address of three bytes',
      Buffer.concat([whole.subarray(0, 240), Uint8Array.of(50, 3, 1, 2, 3)]),
      'option 50 requestedAddress',
      240,
    ],
    [
      'an overload of nothing',
      Buffer.concat([whole.subarray(0, 240), Uint8Array.of(52, 1, 4)]),
      'option 52 overload',
      240,
    ],
  ]
  test.each(cases)('are refused by place and field: %s', (_name, bytes, field, offset) => {
    const error = thrownBy(() => decodePacket(bytes))
    expect(error).toBeInstanceOf(MalformedPacket)
    expect(error).toMatchObject({ field, offset })
  })

  test('never throw anything else: random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        decodeOrMalformed(bytes)
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('never throw anything else: a good packet with some bytes changed, cut or repeated', () => {
    const edit = fc.record({ at: fc.nat(700), value: fc.nat(255) })
    const good = packet.map((each) => encodePacket(each, ENOUGH).bytes)
    fc.assert(
      fc.property(good, fc.array(edit, { minLength: 1, maxLength: 8 }), fc.nat(1500), (bytes, edits, cut) => {
        const mutated = Uint8Array.from(bytes)
        for (const { at, value } of edits) mutated[at % mutated.length] = value
        decodeOrMalformed(mutated)
        decodeOrMalformed(mutated.subarray(0, Math.max(0, mutated.length - cut)))
        decodeOrMalformed(Buffer.concat([mutated, mutated.subarray(240)]))
      }),
      { numRuns: runs(5000) },
    )
  }, 60_000)
})

function decodeOrMalformed(bytes: Uint8Array): void {
  const error = thrownBy(() => {
    const { options } = decodePacket(bytes)
    expect(options.unknown).toBeInstanceOf(Map)
  })
  if (error !== undefined) expect(error).toBeInstanceOf(MalformedPacket)
}

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = value
  return copy
}
