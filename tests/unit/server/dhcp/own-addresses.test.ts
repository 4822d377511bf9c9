import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import { readOwnAddresses, watchOwnAddresses } from '../../../../server/dhcp/own-addresses.ts'

const TRIE = `Main:
  +-- 0.0.0.0/0 3 0 5
     +-- 10.77.0.0/24 2 0 2
        |-- 10.77.0.0
           /24 link UNICAST
Local:
  +-- 10.77.0.0/24 2 0 2
     |-- 10.77.0.1
        /32 host LOCAL
     |-- 10.77.0.52
        /32 host LOCAL
     |-- 10.77.0.255
        /32 link BROADCAST
`

test('reads every address the kernel takes for its own, a broadcast address or a network being none', () => {
  const own = readOwnAddresses(() => TRIE)
  expect([...own]).toEqual(expect.arrayContaining(['10.77.0.1', '10.77.0.52', '127.0.0.1']))
  expect(own.has('10.77.0.0')).toBe(false)
  expect(own.has('10.77.0.255')).toBe(false)
})

test('reads this computer', () => {
  const listed = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  const addresses = listed.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
  expect([...readOwnAddresses()]).toEqual(expect.arrayContaining(addresses))
})

test('looks again, at most once a second', () => {
  let nowMs = 0
  let own = new Set<Ipv4>(['10.0.0.1'])
  const watched = watchOwnAddresses(
    () => own,
    () => nowMs,
  )
  own = new Set(['10.0.0.1', '10.0.0.2'])
  nowMs = 999
  expect(watched().has('10.0.0.2')).toBe(false)
  nowMs = 1000
  expect(watched().has('10.0.0.2')).toBe(true)
})
