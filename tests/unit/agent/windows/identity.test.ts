import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { Inventory } from '../../../../agent/protocol/inventory.ts'
import { parseConfiguration } from '../../../../agent/protocol/windows-agent/configuration.ts'
import { windowsInventory } from '../../../../agent/windows/inventory.ts'

const pin = 'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const machine = { id: 'm1', uuid: '4c4c4544-0000', serial: 'G6BN226001', macs: ['88:ae:dd:00:00:01'] }

describe('agent.json', () => {
  test('gives the server and the machine, also behind a byte order mark and with keys of a newer version', () => {
    const text = `\ufeff${JSON.stringify({ server: 'https://10.0.0.1:8443', pin, machine, colour: 'red' })}`
    const server = { url: new URL('https://10.0.0.1:8443'), pin }
    expect(parseConfiguration(text)).toEqual({ kind: 'valid', server, key: null, machine })
  })

  test.each([
    ['nothing', '', 'not JSON'],
    ['a file cut off', '{"server":', 'not JSON'],
    ['no server', JSON.stringify({ pin, machine }), '/'],
    ['a server in the clear', JSON.stringify({ server: 'http://10.0.0.1', pin, machine }), '/server: http://10.0.0.1'],
    ['no pin', JSON.stringify({ server: 'https://10.0.0.1', machine }), '/'],
    ['a pin that is none', JSON.stringify({ server: 'https://10.0.0.1', pin: 'x', machine }), '/pin'],
    ['no address at all', JSON.stringify({ server: '10.0.0.1', pin, machine }), '/server'],
    [
      'a MAC in Windows’ own spelling',
      JSON.stringify({ server: 'https://a', pin, machine: { ...machine, macs: ['88-AE-DD-00-00-01'] } }),
      '/machine/macs/0',
    ],
  ])('%s is told with its key', (_name, text, problem) => {
    const parsed = parseConfiguration(text)
    expect(parsed.kind === 'invalid' ? parsed.problems.join('\n') : 'valid').toContain(problem)
  })
})

describe('who the machine is', () => {
  const address = { netmask: '255.255.255.0', cidr: null, internal: false, mac: '88:AE:DD:00:00:01' }
  const facts = { networkInterfaces: {}, totalBytes: 16e9, processors: [{ model: 'i5 ' }, { model: 'i5 ' }] }

  test('identity comes from the file, and what was not read stays unknown', () => {
    const inventory = windowsInventory(machine, facts)
    expect(Value.Check(Inventory, inventory)).toBe(true)
    expect(inventory.system).toMatchObject({ uuid: machine.uuid, serial: machine.serial, manufacturer: null })
    expect(inventory.processor).toEqual({ model: 'i5', cores: 0, threads: 2, maxMhz: null })
    expect(inventory.disks).toEqual([])
  })

  test('a card without a driver yet still recognises the machine', () => {
    const macs = windowsInventory(machine, facts).networkInterfaces.map(({ mac }) => mac)
    expect(macs).toEqual(machine.macs)
  })

  test('a card Windows shows is told once, with its address; loopback is none', () => {
    const networkInterfaces = {
      Ethernet: [
        { ...address, family: 'IPv6', address: 'fe80::1', scopeid: 3 } as const,
        { ...address, family: 'IPv4', address: '10.0.0.51' } as const,
      ],
      Loopback: [{ ...address, family: 'IPv4', address: '127.0.0.1', internal: true } as const],
    }
    expect(windowsInventory(machine, { ...facts, networkInterfaces }).networkInterfaces).toEqual([
      {
        name: 'Ethernet',
        bus: 'other',
        mac: '88:ae:dd:00:00:01',
        driver: null,
        speedMbps: null,
        address: '10.0.0.51',
        wireless: false,
      },
    ])
  })

  test('a card that only Windows shows is told as of an unknown bus: it may be a dock’s, or made by software', () => {
    const networkInterfaces = {
      Dock: [{ ...address, mac: '00:E0:4C:68:99:99', family: 'IPv4', address: '10.0.0.51' } as const],
    }
    expect(windowsInventory(machine, { ...facts, networkInterfaces }).networkInterfaces).toMatchObject([
      { mac: '00:e0:4c:68:99:99', bus: 'unknown', address: '10.0.0.51' },
      { mac: machine.macs[0], bus: 'other', address: null },
    ])
  })
})
