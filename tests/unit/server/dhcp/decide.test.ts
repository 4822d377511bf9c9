import { describe, expect, test } from 'vitest'
import type { NamedOptions } from '../../../../server/dhcp/options/table.ts'
import type { DhcpPacket } from '../../../../server/dhcp/packet.ts'
import { discover, ENVIRONMENT, HTTP, message, PXE, WINDOWS } from './client-messages.ts'
import { settings, workshop } from './workshop.ts'

const beside = settings()

describe('who is answered', () => {
  const cases: Array<['pxe-lease' | 'full' | 'off', string, NamedOptions, string]> = [
    ['pxe-lease', 'PXE firmware', PXE, 'reply'],
    ['pxe-lease', 'HTTP Boot firmware', HTTP, 'reply'],
    ['pxe-lease', 'our boot environment', ENVIRONMENT, 'reply'],
    ['pxe-lease', 'Windows', WINDOWS, 'not-a-network-boot-client'],
    ['pxe-lease', 'a client without vendor class', {}, 'not-a-network-boot-client'],
    ['pxe-lease', 'a vendor class that only begins like ours', { vendorClass: 'Etabli2' }, 'not-a-network-boot-client'],
    ['full', 'Windows', WINDOWS, 'reply'],
    ['full', 'a client without vendor class', {}, 'reply'],
    ['off', 'PXE firmware', PXE, 'dhcp-off'],
  ]
  test.each(cases)('in mode %s: %s', (mode, _who, options, expected) => {
    const decision = workshop(settings({ mode })).decide(discover(options))
    expect(decision.kind === 'ignored' ? decision.reason : decision.kind).toBe(expected)
  })

  const strays: Array<[string, DhcpPacket, string]> = [
    ['a reply of a server', message({ messageType: 'offer', ...PXE }, { op: 'reply' }), 'not-a-request'],
    ['an OFFER that claims to be a request', message({ messageType: 'offer', ...PXE }), 'not-a-client-message'],
    ['a message without type', message({ ...PXE }), 'no-message-type'],
    ['a relay of a network without range', discover(PXE, { giaddr: '10.99.0.1' }), 'unknown-relay-network'],
  ]
  test.each(strays)('never %s', (_name, stray, reason) => {
    expect(workshop(beside).decide(stray)).toMatchObject({ kind: 'ignored', reason })
  })
})
