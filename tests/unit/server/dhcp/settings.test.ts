import { describe, expect, test } from 'vitest'
import { isIpv4, prefixLengthOf, type Ipv4 } from '../../../../server/dhcp/addresses.ts'
import { DhcpError } from '../../../../server/dhcp/errors.ts'
import { parseMode, type DhcpConfig } from '../../../../server/dhcp/settings.ts'
import { settings } from './workshop.ts'

const range = (first: Ipv4, last: Ipv4): Partial<DhcpConfig> => ({ range: { first, last } })

describe('a configuration', () => {
  const wrong: Array<[string, Partial<DhcpConfig>, string]> = [
    ['the proxy mode, which comes in another issue', { mode: 'proxy' }, 'DHCP_MODE_NOT_YET'],
    ['a range of another network', range('10.78.0.10', '10.78.0.20'), 'DHCP_RANGE_OUTSIDE_INTERFACE'],
    ['a range that leaves the network', range('10.77.0.250', '10.77.1.10'), 'DHCP_RANGE_OUTSIDE_INTERFACE'],
    ['a range from behind', range('10.77.0.60', '10.77.0.50'), 'DHCP_RANGE_INVALID'],
    ['a range with our own address', range('10.77.0.1', '10.77.0.9'), 'DHCP_RANGE_HOLDS_RESERVED_ADDRESS'],
    ['a range with the router', range('10.77.0.250', '10.77.0.254'), 'DHCP_RANGE_HOLDS_RESERVED_ADDRESS'],
    ['a range with the broadcast address', range('10.77.0.255', '10.77.0.255'), 'DHCP_RANGE_HOLDS_RESERVED_ADDRESS'],
    [
      'a relayed range outside its network',
      {
        relayed: [
          { network: { address: '10.88.0.0', prefixLength: 24 }, range: { first: '10.89.0.1', last: '10.89.0.2' } },
        ],
      },
      'DHCP_RANGE_OUTSIDE_INTERFACE',
    ],
    [
      'a range too large to keep in mind',
      {
        relayed: [
          { network: { address: '10.0.0.0', prefixLength: 8 }, range: { first: '10.1.0.0', last: '10.2.0.1' } },
        ],
      },
      'DHCP_RANGE_TOO_LARGE',
    ],
  ]
  test.each(wrong)('is refused with %s', (_name, config, code) => {
    expect(() => settings(config)).toThrow(expect.objectContaining({ name: 'DhcpError', code }))
  })

  test('names a mode that does not exist', () => {
    expect(() => parseMode('PXE')).toThrow(
      expect.objectContaining({ code: 'DHCP_MODE_UNKNOWN', params: { mode: 'PXE' } }),
    )
  })

  test('leases for an hour beside another server, for half a day alone', () => {
    expect([settings().leaseSeconds, settings({ mode: 'full' }).leaseSeconds]).toEqual([3600, 43_200])
  })
})

describe('errors', () => {
  test('an error reads as a sentence', () => {
    expect(new DhcpError('DHCP_PORT_BUSY', { device: 'eno1' }).message).toBe(
      'The DHCP port (UDP 67) of eno1 is already used by another program.',
    )
  })
})

describe('addresses in text', () => {
  test.each(['1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.256', '1.2.3.-4', '1.2.3.4 ', ''])('%s is no address', (text) => {
    expect(isIpv4(text)).toBe(false)
  })

  test.each([
    ['255.255.255.0', 24],
    ['0.0.0.0', 0],
    ['255.255.255.255', 32],
    ['255.0.255.0', undefined],
  ] as const)('mask %s', (mask, expected) => {
    expect(prefixLengthOf(mask)).toBe(expected)
  })
})
