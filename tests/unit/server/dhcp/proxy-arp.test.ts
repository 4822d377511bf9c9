import { describe, expect, test } from 'vitest'
import { rangeContains, type Ipv4 } from '../../../../server/dhcp/addresses.ts'
import { LeasePool } from '../../../../server/dhcp/pool.ts'
import { answersForAll, createKnownProxies, witnesses } from '../../../../server/dhcp/proxy-arp.ts'
import type { Scope } from '../../../../server/dhcp/settings.ts'
import { lease, RANGE, START } from './workshop.ts'

const local = (range: Scope['range']): Scope => ({ network: { address: '10.77.0.1', prefixLength: 24 }, range })

describe('witnesses', () => {
  test('are three addresses of the range, not beside each other', () => {
    const found = witnesses(local({ first: '10.77.0.50', last: '10.77.0.149' }), new LeasePool([]), '10.77.0.60', START)
    expect(new Set(found).size).toBe(3)
    const places = [...found, '10.77.0.60'].map((address) => Number(address.split('.')[3])).sort((a, b) => a - b)
    for (const place of places) expect(place >= 50 && place <= 149).toBe(true)
    for (const [index, place] of places.entries())
      if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThan(3)
  })

  test('are nobody’s: neither leased nor our own', () => {
    const leases = Array.from({ length: 7 }, (_, index) => lease(`10.77.0.${52 + index}`, { client: `c${index}` }))
    const pool = new LeasePool(leases)
    pool.reserve(['10.77.0.51', '10.77.0.1'])
    const found = witnesses(local(RANGE), pool, '10.77.0.50', START)
    expect(found).toContain('10.77.0.59')
    expect(new Set(found).size).toBe(3)
    // The range has but one to spare: the rest of the network helps out.
    expect(found.filter((address) => rangeContains(RANGE, address))).toEqual(['10.77.0.59'])
    expect(found).not.toContain('10.77.0.1')
  })

  test('are too few in a network of two addresses: nobody is called a proxy there', () => {
    const scope: Scope = {
      network: { address: '10.0.0.0', prefixLength: 31 },
      range: { first: '10.0.0.1', last: '10.0.0.1' },
    }
    const found: Ipv4[] = witnesses(scope, new LeasePool([]), '10.0.0.1', START)
    expect(answersForAll(found.map(() => true))).toBe(false)
  })
})

test.each([
  ['all of them', [true, true, true], true],
  ['all but one', [true, true, false], false],
  ['of fewer than three', [true, true], false],
  ['nobody was asked', [], false],
])('answers for %s', (_how, answers, expected) => {
  expect(answersForAll(answers)).toBe(expected)
})

test('a proxy is remembered for a while, and new again after it', () => {
  let nowMs = 0
  const known = createKnownProxies(1000, () => nowMs)
  expect(known.add('a')).toBe(true)
  expect(known.add('a')).toBe(false)
  expect(known.all()).toEqual(new Set(['a']))
  nowMs = 1000
  expect(known.all().size).toBe(0)
  expect(known.add('a')).toBe(true)
})
