import { expect, test } from 'vitest'
import { createAddressBook } from '../../../../server/netboot/addresses.ts'
import { createBootTrace } from '../../../../server/netboot/trace.ts'
import { dhcpMessage, tftpMessage } from '../../../../server/netboot/trace-messages.ts'

const words = (text: string) => ({ protocol: 'http', outcome: 'ok', text: { fr: text, en: text } }) as const

test('shows what all network cards of a machine did, oldest first', () => {
  let now = 0
  const trace = createBootTrace({ now: () => new Date(now++), entriesPerMac: 100, macs: 10 })
  trace.add('AA:00:00:00:00:01', words('one'))
  trace.add('aa:00:00:00:00:02', words('two'))
  trace.add('aa:00:00:00:00:01', words('three'))
  const found = trace.of(['aa:00:00:00:00:01', 'AA:00:00:00:00:02', 'aa:00:00:00:00:02'])
  expect(found.map(({ text }) => text.en)).toEqual(['one', 'two', 'three'])
})

test('forgets the oldest entries, and the cards that have been silent longest', () => {
  const trace = createBootTrace({ now: () => new Date(), entriesPerMac: 2, macs: 2 })
  for (const text of ['1', '2', '3']) trace.add('a', words(text))
  expect(trace.of(['a']).map(({ text }) => text.en)).toEqual(['2', '3'])
  trace.add('b', words('b'))
  trace.add('a', words('4'))
  trace.add('c', words('c'))
  expect(trace.of(['b'])).toEqual([])
  expect(trace.of(['a'])).toHaveLength(2)
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

test('is silent about computers that do not boot from the network', () => {
  const event = { mac: 'a', address: '10.0.0.51', client: 'other' } as const
  expect(dhcpMessage({ type: 'offered', ...event })).toBeNull()
  expect(dhcpMessage({ type: 'offered', ...event, client: 'pxe', boot: 'shimx64.efi' })?.text.fr).toContain(
    'shimx64.efi',
  )
})
