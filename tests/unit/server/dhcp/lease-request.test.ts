import { describe, expect, test } from 'vitest'
import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { NamedOptions } from '../../../../server/dhcp/options/table.ts'
import type { DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { discover, ENVIRONMENT, MAC, OTHER_MAC, PXE, request, ROUTER, SERVER, WINDOWS } from './client-messages.ts'
import { lease, settings, START, workshop } from './workshop.ts'

const beside = settings()
const alone = settings({ mode: 'full' })

describe('a REQUEST that takes an offer', () => {
  function offered(set = beside) {
    const bench = workshop(set)
    const offer = bench.decide(discover(PXE))
    if (offer.kind !== 'reply') throw new Error('no offer')
    return { bench, address: offer.address }
  }

  test('is acknowledged, and the lease is a change to be stored first', () => {
    const { bench, address } = offered()
    const decision = bench.decide(
      request({ ...PXE, hostName: 'nuc-7', serverIdentifier: SERVER, requestedAddress: address }),
    )
    expect(decision).toMatchObject({
      kind: 'reply',
      packet: { yiaddr: address, file: 'shimx64.efi', options: { messageType: 'ack', leaseSeconds: 3600 } },
      changes: [
        {
          change: 'lease',
          lease: {
            address,
            state: 'bound',
            client: MAC,
            mac: MAC,
            hostName: 'nuc-7',
            expiresAt: new Date(START.getTime() + 3_600_000),
          },
        },
      ],
    })
  })

  test.each([['pxe-lease', beside] as const, ['full', alone] as const])(
    'of another server releases ours and is never refused (%s)',
    (_mode, set) => {
      const { bench, address } = offered(set)
      const decision = bench.decide(request({ ...PXE, serverIdentifier: ROUTER, requestedAddress: '10.77.0.120' }))
      expect(decision).toEqual({
        kind: 'ignored',
        reason: 'chose-another-server',
        changes: [{ change: 'drop-hold', address }],
      })
      expect(bench.pool.isAvailable(address, OTHER_MAC, START)).toBe(true)
    },
  )

  test.each([
    ['without the address (option 50 empty)', (): NamedOptions => ({ serverIdentifier: SERVER })],
    ['without the server (option 54 empty)', (requestedAddress: Ipv4): NamedOptions => ({ requestedAddress })],
  ])('%s is acknowledged: it can only mean our offer', (_how, options) => {
    const { bench, address } = offered()
    const decision = bench.decide(request({ ...PXE, ...options(address) }))
    expect(decision).toMatchObject({ kind: 'reply', packet: { yiaddr: address, options: { messageType: 'ack' } } })
  })

  test('names no server and another address than the one we hold: the other server may mean it', () => {
    const { bench, address } = offered()
    const other: Ipv4 = address === '10.77.0.50' ? '10.77.0.51' : '10.77.0.50'
    expect(bench.decide(request({ ...PXE, requestedAddress: other }))).toMatchObject({ reason: 'no-record' })
  })

  test('that we forgot over a restart is acknowledged if the address is free, after a probe', () => {
    const bench = workshop(beside)
    const late = request({ ...PXE, serverIdentifier: SERVER, requestedAddress: '10.77.0.52' })
    expect(bench.decideOnce(late)).toMatchObject({ kind: 'needs-probe', address: '10.77.0.52' })
    expect(bench.decide(late)).toMatchObject({ packet: { options: { messageType: 'ack' } } })
  })

  test('is refused when the address has become somebody else’s', () => {
    const bench = workshop(beside, { leases: [lease('10.77.0.52', { client: OTHER_MAC })] })
    expect(bench.decide(request({ ...PXE, serverIdentifier: SERVER, requestedAddress: '10.77.0.52' }))).toMatchObject({
      reason: 'address-of-another',
      destination: { to: 'broadcast' },
      packet: { yiaddr: '0.0.0.0', options: { messageType: 'nak' } },
    })
  })

  test('leaves the machine with one address only', () => {
    const bench = workshop(beside, { leases: [lease('10.77.0.52')] })
    const decision = bench.decide(request({ ...PXE, serverIdentifier: SERVER, requestedAddress: '10.77.0.53' }))
    expect(decision).toMatchObject({ changes: [{ change: 'lease' }, { change: 'forget', address: '10.77.0.52' }] })
    expect(bench.pool.leaseAt('10.77.0.52')).toBeUndefined()
  })
})

describe('a REQUEST of a client that has or remembers an address (RFC 2131 §4.3.2)', () => {
  const initReboot = (address: Ipv4, options = PXE) => request({ ...options, requestedAddress: address })
  const renew = (address: Ipv4, options: NamedOptions = ENVIRONMENT) => request(options, { ciaddr: address })
  const mine = lease('10.77.0.52')
  const somebodys = lease('10.77.0.53', { client: OTHER_MAC, mac: OTHER_MAC })

  const cases: Array<[string, 'pxe-lease' | 'full', DhcpPacket, string]> = [
    ['init-reboot with the right address', 'pxe-lease', initReboot('10.77.0.52'), 'ack'],
    ['init-reboot with another’s address', 'pxe-lease', initReboot('10.77.0.53'), 'nak wrong-address'],
    ['init-reboot with the router’s lease', 'pxe-lease', initReboot('10.77.0.120'), 'address-not-ours'],
    ['init-reboot from another network', 'pxe-lease', initReboot('192.168.1.10'), 'address-not-ours'],
    ['init-reboot from another network', 'full', initReboot('192.168.1.10'), 'nak wrong-network'],
    ['init-reboot with a fixed address of our network', 'full', initReboot('10.77.0.120'), 'address-not-ours'],
    [
      'init-reboot of a client unknown to us',
      'full',
      request({ requestedAddress: '10.77.0.55' }, { chaddr: '02:00:00:00:00:09' }),
      'no-record',
    ],
    ['init-reboot of Windows', 'pxe-lease', initReboot('10.77.0.52', WINDOWS), 'not-a-network-boot-client'],
    ['renewal', 'pxe-lease', renew('10.77.0.52'), 'ack'],
    ['renewal of an address we lost the record of', 'pxe-lease', renew('10.77.0.55'), 'ack'],
    ['renewal of another’s address', 'pxe-lease', renew('10.77.0.53'), 'nak address-of-another'],
    ['renewal of the router’s lease', 'pxe-lease', renew('10.77.0.120'), 'address-not-ours'],
    ['rebinding from another network', 'full', renew('192.168.1.10'), 'nak wrong-network'],
    ['no address at all', 'full', request({}), 'no-address-named'],
    [
      'our offer of an address we do not lease',
      'pxe-lease',
      request({ ...PXE, serverIdentifier: SERVER, requestedAddress: '10.77.0.120' }),
      'address-not-ours',
    ],
    [
      'our offer of an address we do not lease',
      'full',
      request({ ...PXE, serverIdentifier: SERVER, requestedAddress: '10.77.0.120' }),
      'nak outside-range',
    ],
  ]
  test.each(cases)('%s, in %s', (_name, mode, packet, expected) => {
    const decision = workshop(settings({ mode }), { leases: [mine, somebodys] }).decide(packet)
    const said =
      decision.kind === 'reply'
        ? [decision.packet.options.messageType, decision.reason].filter(Boolean).join(' ')
        : decision.kind === 'ignored' && decision.reason
    expect(said).toBe(expected)
  })

  test('renewal is answered by unicast and keeps the start of the lease', () => {
    const bench = workshop(beside, { leases: [mine] })
    bench.now = new Date(START.getTime() + 1_800_000)
    expect(bench.decide(renew('10.77.0.52'))).toMatchObject({
      destination: { to: 'client-unicast', address: '10.77.0.52' },
      packet: { ciaddr: '10.77.0.52', yiaddr: '10.77.0.52' },
      changes: [{ lease: { startedAt: START, expiresAt: new Date(START.getTime() + 5_400_000) } }],
    })
  })

  test('a refusal through a relay has the broadcast flag, since the relay cannot know the client’s address', () => {
    const relayed = settings({
      mode: 'full',
      relayed: [
        { network: { address: '10.88.0.0', prefixLength: 24 }, range: { first: '10.88.0.10', last: '10.88.0.19' } },
      ],
    })
    const decision = workshop(relayed).decide(request({ requestedAddress: '10.77.0.52' }, { giaddr: '10.88.0.1' }))
    expect(decision).toMatchObject({
      reason: 'wrong-network',
      destination: { to: 'relay', address: '10.88.0.1' },
      packet: { flags: 0x8000 },
    })
  })
})
