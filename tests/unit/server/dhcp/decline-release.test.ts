import { describe, expect, test } from 'vitest'
import type { DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { discover, message, OTHER_MAC, PXE, ROUTER, SERVER } from './client-messages.ts'
import { lease, settings, START, workshop } from './workshop.ts'

const beside = settings()

describe('DECLINE, RELEASE and INFORM', () => {
  const leases = [lease('10.77.0.52')]

  test('a declined address is nobody’s for a while', () => {
    const bench = workshop(beside, { leases })
    // No vendor class: RFC 2131, table 5, forbids it in both messages.
    const decline = message({ messageType: 'decline', serverIdentifier: SERVER, requestedAddress: '10.77.0.52' })
    expect(bench.decide(decline)).toMatchObject({
      kind: 'noted',
      what: 'declined',
      changes: [{ lease: { state: 'quarantined', expiresAt: new Date(START.getTime() + 600_000) } }],
    })
    expect(bench.decide(discover({ ...PXE, requestedAddress: '10.77.0.52' }))).not.toMatchObject({
      address: '10.77.0.52',
    })
  })

  test('a released address is free, and remembered', () => {
    const bench = workshop(beside, { leases })
    const release = message({ messageType: 'release', serverIdentifier: SERVER }, { ciaddr: '10.77.0.52' })
    expect(bench.decide(release)).toMatchObject({ kind: 'noted', what: 'released' })
    expect(bench.pool.isAvailable('10.77.0.52', OTHER_MAC, START)).toBe(true)
    expect(bench.decide(discover(PXE))).toMatchObject({ address: '10.77.0.52' })
  })

  const strangers: Array<[string, DhcpPacket, string]> = [
    [
      'DECLINE of another’s address',
      message(
        { messageType: 'decline', serverIdentifier: SERVER, requestedAddress: '10.77.0.52' },
        { chaddr: OTHER_MAC },
      ),
      'not-its-address',
    ],
    [
      'DECLINE to another server',
      message({ messageType: 'decline', serverIdentifier: ROUTER, requestedAddress: '10.77.0.52' }),
      'for-another-server',
    ],
    ['DECLINE of nothing', message({ messageType: 'decline', serverIdentifier: SERVER }), 'no-address-named'],
    [
      'RELEASE of another’s address',
      message({ messageType: 'release', serverIdentifier: SERVER }, { ciaddr: '10.77.0.52', chaddr: OTHER_MAC }),
      'not-its-address',
    ],
    [
      'RELEASE to another server',
      message({ messageType: 'release', serverIdentifier: ROUTER }, { ciaddr: '10.77.0.52' }),
      'for-another-server',
    ],
    ['RELEASE of nothing', message({ messageType: 'release', serverIdentifier: SERVER }), 'no-address-named'],
    [
      'INFORM from outside our networks',
      message({ ...PXE, messageType: 'inform' }, { ciaddr: '8.8.8.8' }),
      'address-not-ours',
    ],
    ['INFORM without an address', message({ ...PXE, messageType: 'inform' }), 'no-address-named'],
  ]
  test.each(strangers)('%s changes nothing', (_name, packet, reason) => {
    expect(workshop(beside, { leases }).decide(packet)).toEqual({ kind: 'ignored', reason, changes: [] })
  })

  test('INFORM is told everything but an address and its times', () => {
    const decision = workshop(beside).decide(message({ ...PXE, messageType: 'inform' }, { ciaddr: '10.77.0.200' }))
    expect(decision).toMatchObject({
      destination: { to: 'client-unicast', address: '10.77.0.200' },
      packet: { ciaddr: '10.77.0.200', yiaddr: '0.0.0.0', options: { messageType: 'ack', routers: ['10.77.0.254'] } },
      changes: [],
    })
    if (decision.kind === 'reply') expect(decision.packet.options.leaseSeconds).toBeUndefined()
  })
})
