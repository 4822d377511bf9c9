import { describe, expect, test } from 'vitest'
import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import { discover, ENVIRONMENT, HTTP, MAC, OTHER_MAC, PXE, SERVER, UUID } from './client-messages.ts'
import { ENDED, lease, settings, SHIM, START, workshop } from './workshop.ts'

const beside = settings()
const alone = settings({ mode: 'full' })

describe('an offer', () => {
  test('carries what UEFI firmware, shim and GRUB read, in header and options', () => {
    const decision = workshop(beside).decide(discover(PXE))
    expect(decision).toMatchObject({ kind: 'reply', destination: { to: 'broadcast' } })
    if (decision.kind !== 'reply') return
    expect(decision.packet).toMatchObject({
      op: 'reply',
      xid: 0x12345678,
      chaddr: MAC,
      ciaddr: '0.0.0.0',
      yiaddr: decision.address,
      siaddr: SERVER,
      sname: SERVER,
      file: 'shimx64.efi',
    })
    expect(decision.packet.options).toEqual({
      messageType: 'offer',
      serverIdentifier: SERVER,
      leaseSeconds: 3600,
      renewalSeconds: 1800,
      rebindingSeconds: 3150,
      subnetMask: '255.255.255.0',
      broadcastAddress: '10.77.0.255',
      routers: ['10.77.0.254'],
      domainNameServers: ['10.77.0.253'],
      domainName: 'bench.example',
      vendorClass: 'PXEClient',
      vendorSpecific: Uint8Array.of(6, 1, 8, 255),
      tftpServerName: SERVER,
      bootFileName: 'shimx64.efi',
      clientUuid: UUID,
      unknown: new Map(),
    })
  })

  test('tells HTTP Boot firmware the URL under vendor class HTTPClient', () => {
    const url = 'http://10.77.0.1:8080/boot/shimx64.efi'
    const decision = workshop(beside, { boot: { ...SHIM, kind: 'boot', server: SERVER, file: 'x', url } }).decide(
      discover(HTTP),
    )
    expect(decision).toMatchObject({
      packet: { file: url, siaddr: SERVER, options: { vendorClass: 'HTTPClient', bootFileName: url } },
    })
    if (decision.kind === 'reply') expect(decision.packet.options.tftpServerName).toBeUndefined()
  })

  test('gives an address and nothing to boot when there is nothing to boot', () => {
    const decision = workshop(beside, { boot: { kind: 'none' } }).decide(discover(PXE))
    expect(decision).toMatchObject({ kind: 'reply', packet: { siaddr: '0.0.0.0', file: '', sname: '' } })
    if (decision.kind === 'reply') expect(decision.packet.options.vendorClass).toBeUndefined()
  })

  test('is not made to a machine that shall boot its disk, and says why', () => {
    const bench = workshop(beside, { boot: { kind: 'silent', reason: 'nothing to do' } })
    expect(bench.decide(discover(PXE))).toEqual({
      kind: 'ignored',
      reason: 'boot-silent',
      detail: 'nothing to do',
      changes: [],
    })
  })

  test('asks what boots with all that the machine says of itself', () => {
    const decision = workshop(beside).decideOnce(discover({ ...PXE, userClass: ['iPXE'] }))
    expect(decision).toMatchObject({
      kind: 'needs-boot',
      ask: { kind: 'pxe', mac: MAC, uuid: UUID, architecture: 7, vendorClass: PXE.vendorClass, userClass: ['iPXE'] },
    })
  })

  test('leaves out what an ordinary client did not ask for', () => {
    const decision = workshop(alone, { boot: { kind: 'none' } }).decide(discover({ parameterRequestList: [1, 3] }))
    expect(decision).toMatchObject({ packet: { options: { routers: ['10.77.0.254'] } } })
    if (decision.kind === 'reply') expect(decision.packet.options.domainName).toBeUndefined()
  })

  test('goes to the relay with its information, client identifier and the relay network’s address', () => {
    const relayed = settings({
      relayed: [
        { network: { address: '10.88.0.0', prefixLength: 24 }, range: { first: '10.88.0.10', last: '10.88.0.19' } },
      ],
    })
    const relayAgentInformation = Uint8Array.of(1, 2, 9, 9)
    const clientIdentifier = Uint8Array.of(1, 2, 0, 94, 16, 0, 1)
    const decision = workshop(relayed).decide(
      discover({ ...PXE, relayAgentInformation, clientIdentifier }, { giaddr: '10.88.0.1' }),
    )
    expect(decision).toMatchObject({
      destination: { to: 'relay', address: '10.88.0.1' },
      packet: {
        giaddr: '10.88.0.1',
        options: { relayAgentInformation, clientIdentifier, subnetMask: '255.255.255.0' },
      },
    })
    if (decision.kind === 'reply') expect(decision.address).toMatch(/^10\.88\.0\.1\d$/)
  })

  const sizes: Array<[number | undefined, number]> = [
    [undefined, 548],
    [300, 548],
    [1260, 1232],
    [9000, 1472],
  ]
  test.each(sizes)('to a client that takes %s bytes is at most %s', (maximumMessageSize, limitBytes) => {
    const options = maximumMessageSize === undefined ? PXE : { ...PXE, maximumMessageSize }
    expect(workshop(beside).decide(discover(options))).toMatchObject({ limitBytes })
  })
})

describe('the address', () => {
  test('is probed before it is offered, once in a while', () => {
    const bench = workshop(beside)
    const decision = bench.decideOnce(discover(PXE))
    expect(decision.kind).toBe('needs-boot')
    bench.decide(discover(PXE))
    const again = bench.decide(discover(PXE))
    expect(again.kind).toBe('reply')
  })

  test('that somebody on the wire has is left alone', () => {
    const free: Ipv4 = '10.77.0.57'
    const taken = Array.from({ length: 10 }, (_, index): Ipv4 => `10.77.0.${50 + index}`).filter(
      (each) => each !== free,
    )
    const bench = workshop(beside, { taken })
    expect(bench.decide(discover(PXE))).toMatchObject({ kind: 'reply', address: free })
    expect(bench.decide(discover(PXE, { chaddr: OTHER_MAC }))).toMatchObject({ reason: 'range-exhausted' })
  })

  test('is one per machine: firmware, GRUB and our environment differ in identifier and share it', () => {
    const bench = workshop(beside)
    const first = bench.decide(discover({ ...PXE, clientIdentifier: Uint8Array.of(0, ...Array<number>(16).fill(7)) }))
    const second = bench.decide(discover({ ...ENVIRONMENT, clientIdentifier: Uint8Array.of(255, 1, 2, 3, 4, 5) }))
    if (first.kind !== 'reply' || second.kind !== 'reply') throw new Error('no offer')
    expect(second.address).toBe(first.address)
  })

  test('comes back to the machine that had it, after release and expiry', () => {
    const bench = workshop(beside, { leases: [lease('10.77.0.58', { expiresAt: ENDED })] })
    expect(bench.decide(discover(PXE))).toMatchObject({ address: '10.77.0.58' })
    expect(bench.decide(discover(PXE, { chaddr: OTHER_MAC }))).not.toMatchObject({ address: '10.77.0.58' })
  })

  test('asked for by the client is given if nobody ever had it', () => {
    expect(workshop(beside).decide(discover({ ...PXE, requestedAddress: '10.77.0.55' }))).toMatchObject({
      address: '10.77.0.55',
    })
    const bench = workshop(beside, { leases: [lease('10.77.0.55', { client: 'x', expiresAt: ENDED })] })
    expect(bench.decide(discover({ ...PXE, requestedAddress: '10.77.0.55' }))).not.toMatchObject({
      address: '10.77.0.55',
    })
  })

  test('offered to one machine is offered to no other until the offer is over', () => {
    const bench = workshop(settings({ range: { first: '10.77.0.50', last: '10.77.0.50' } }))
    expect(bench.decide(discover(PXE)).kind).toBe('reply')
    expect(bench.decide(discover(PXE, { chaddr: OTHER_MAC }))).toMatchObject({ reason: 'range-exhausted' })
    bench.now = new Date(START.getTime() + 61_000)
    expect(bench.decide(discover(PXE, { chaddr: OTHER_MAC })).kind).toBe('reply')
  })
})
