import { expect, test } from 'vitest'
import { createAddressBook } from '../../../../server/netboot/addresses.ts'
import { createBootTrace } from '../../../../server/netboot/trace.ts'
import { dhcpMessage, tftpMessage } from '../../../../server/netboot/trace-messages.ts'

const words = (text: string) => ({ protocol: 'http', outcome: 'ok', text: { fr: text, en: text } }) as const

const from = (mac: string, uuid: string | null = null) => ({ mac, uuid })

test('finds what all network cards of a machine asked, and what was asked with its UUID in either byte order', () => {
  const trace = createBootTrace({ now: () => new Date(), entriesPerRequester: 100, requesters: 10 })
  const uuid = '4c4c4544-0042-3510-8057-b4c04f4d3332'
  trace.add(from('AA:00:00:00:00:01'), words('one'))
  trace.add(from('aa:00:00:00:00:02'), words('two'))
  trace.add(from('aa:00:00:00:00:01'), words('three'))
  trace.add(from('dd:00:00:00:00:01', '44454c4c-4200-1035-8057-b4c04f4d3332'), words('dock'))
  trace.add(from('dd:00:00:00:00:01', '1b2c3d4e-0042-3510-8057-b4c04f4d9999'), words('another'))
  const found = trace.naming({ uuid, macs: ['aa:00:00:00:00:01', 'AA:00:00:00:00:02', 'aa:00:00:00:00:02'] })
  expect(found.map(({ entries }) => entries.map(({ text }) => text.en))).toEqual([['two'], ['one', 'three'], ['dock']])
})

test('forgets the oldest entries, and the requesters that have been silent longest', () => {
  const trace = createBootTrace({ now: () => new Date(), entriesPerRequester: 2, requesters: 2 })
  const of = (mac: string) => trace.naming({ uuid: null, macs: [mac] }).flatMap(({ entries }) => entries)
  for (const text of ['1', '2', '3']) trace.add(from('a'), words(text))
  expect(of('a').map(({ text }) => text.en)).toEqual(['2', '3'])
  trace.add(from('b'), words('b'))
  trace.add(from('a'), words('4'))
  trace.add(from('c'), words('c'))
  expect(of('b')).toEqual([])
  expect(of('a')).toHaveLength(2)
})

test('knows a client by the address it was given, also when it comes over IPv6 sockets', () => {
  const book = createAddressBook(2)
  book.learn('10.0.0.51', 'AA:BB:CC:DD:EE:FF')
  expect(book.macOf('::ffff:10.0.0.51')).toBe('aa:bb:cc:dd:ee:ff')
  book.learn('10.0.0.52', 'b')
  book.learn('10.0.0.53', 'c')
  expect(book.macOf('10.0.0.51')).toBeNull()
})

test('is silent about files that firmware asks for and does not need', () => {
  const client = { address: '10.0.0.51', port: 1024 }
  expect(tftpMessage({ type: 'missing', client, file: '/revocations_sku.efi', reason: '' })).toBeNull()
  expect(tftpMessage({ type: 'missing', client, file: '/shimx64.efi', reason: '' })).toMatchObject({
    outcome: 'failed',
  })
})

test('names the options a machine sends against the rules', () => {
  const oddities = [
    { option: 53, what: 'repeated' },
    { option: 54, what: 'empty' },
  ] as const
  const message = dhcpMessage({ type: 'odd-options', mac: 'a', client: 'pxe', oddities })
  expect(message?.text.fr).toContain('(53 répétée, 54 vide)')
  expect(message?.text.en).toContain('(53 repeated, 54 empty)')
})

test('is silent about computers that do not boot from the network', () => {
  const event = { mac: 'a', address: '10.0.0.51', client: 'other' } as const
  expect(dhcpMessage({ type: 'offered', ...event })).toBeNull()
  expect(dhcpMessage({ type: 'offered', ...event, client: 'pxe', boot: 'shimx64.efi' })?.text.fr).toContain(
    'shimx64.efi',
  )
})

test('refuses a firmware that goes to another server, and not our environment, which takes any address', () => {
  const event = { type: 'ignored', mac: 'a', reason: 'chose-another-server' } as const
  expect(dhcpMessage({ ...event, client: 'pxe' })?.outcome).toBe('refused')
  const ours = dhcpMessage({ ...event, client: 'environment' })
  expect(ours?.outcome).toBe('ok')
  expect(ours?.text.fr).toContain('autre serveur DHCP')
})
