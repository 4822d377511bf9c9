import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, test } from 'vitest'
import { readConfig, type Config } from '../../../../server/configuration/read.ts'
import { browserUrl, urlElsewhere } from '../../../../server/wiring/address.ts'
import { benchSide } from '../../../../server/wiring/bench-side.ts'

function configOf(env: Record<string, string>): Config {
  const reading = readConfig({ env, file: null, fileName: 'etabli.yaml' })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.config
}
const ipv4 = (address: string, prefix: number): NetworkInterfaceInfo => ({
  ...{ address, cidr: `${address}/${prefix}`, netmask: '', family: 'IPv4' as const },
  ...{ mac: '52:54:00:00:00:01', internal: false },
})
const ipv6 = (address: string, prefix: number): NetworkInterfaceInfo => ({
  ...{ address, cidr: `${address}/${prefix}`, netmask: '', family: 'IPv6' as const, scopeid: 0 },
  ...{ mac: '52:54:00:00:00:01', internal: false },
})
const interfaces = () => ({
  lo: [{ ...ipv4('127.0.0.1', 8), internal: true }],
  eth0: [ipv4('10.0.0.1', 24), ipv6('fd00::1', 64)],
  eth1: [ipv4('192.168.1.5', 24)],
})

describe('where browsers are led', () => {
  test.each([
    ['this computer, when nothing is known of a network', {}, null, 'http://localhost:80'],
    ['our encrypted port on the workshop’s network', { ETABLI_INTERFACE: 'eth0' }, '10.0.0.1', 'https://10.0.0.1:443'],
    ['what the operator says', { ETABLI_PUBLIC_URL: 'https://etabli.example' }, '10.0.0.1', 'https://etabli.example'],
    [
      'plain HTTP where the operator allows it',
      { ETABLI_DASHBOARD_HTTP: 'everywhere' },
      '10.0.0.1',
      'http://10.0.0.1:80',
    ],
    [
      'another network, where the workshop gets no dashboard',
      { ETABLI_INTERFACE: 'eth0', ETABLI_DASHBOARD_ON_BENCH: 'no' },
      '10.0.0.1',
      'https://192.168.1.5:443',
    ],
  ] as const)('%s', (_what, env, address, url) => {
    expect(browserUrl(configOf(env), { address, ports: { plain: 80, tls: 443 } }, interfaces)).toBe(url)
  })

  test('another computer is told the encrypted address, and nothing where only this one is served', () => {
    const at = { address: '10.0.0.1', port: 8443 } as const
    expect(urlElsewhere(configOf({}), at)).toBe('https://10.0.0.1:8443')
    expect(urlElsewhere(configOf({ ETABLI_LISTEN: '127.0.0.1:8080' }), at)).toBeNull()
  })
})

describe('what comes over the workshop’s interface', () => {
  test.each([
    ['a machine of the bench', '10.0.0.1', '10.0.0.51', true],
    ['a machine of the bench that asks for our other address', '192.168.1.5', '10.0.0.51', true],
    ['a machine behind a router of the bench', '10.0.0.1', '172.16.0.9', true],
    ['a machine of the bench by IPv6', 'fd00::1', 'fd00::51', true],
    ['a computer of the office', '192.168.1.5', '192.168.1.60', false],
    ['a computer from afar', '192.168.1.5', '203.0.113.9', false],
  ])('%s', (_who, local, remote, isOnBench) => {
    expect(benchSide('eth0', interfaces)(local, remote)).toBe(isOnBench)
    expect(benchSide(null, interfaces)(local, remote)).toBe(false)
  })
})
