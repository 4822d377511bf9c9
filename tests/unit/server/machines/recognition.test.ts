import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Identity } from '../../../../server/machines/identity.ts'
import { judge, recognise } from '../../../../server/machines/recognition.ts'
import { signsOf, type Signs } from '../../../../server/machines/signs.ts'
import { swappedUuid } from '../../../../server/machines/uuid.ts'
import { identity, known, knownBy, M1, M2, M3, U1, U2 } from './identities.ts'

const [W1, W2] = ['f4:c8:8a:20:93:01', 'f4:c8:8a:20:93:02']
const [D1, D2] = ['samsung s64d1', 'samsung s64d2']

/** One identity, and another that stands to it as the signs say. */
function pairWith({ uuid, serial, cards, disks }: Signs): [Identity, Identity] {
  const text = (sign: string, one: string, two: string) => (sign === 'agree' ? one : sign === 'differ' ? two : null)
  const set = (sign: string, one: string, two: string) => [text(sign, one, two)].flatMap((each) => each ?? [])
  const wired = cards === 'movable' ? [] : [M1]
  const wireless = cards === 'movable' ? [W1] : []
  const a = knownBy({ uuid: U1, serial: 'S1', macs: [...wired, ...wireless], wirelessMacs: wireless, disks: [D1] })
  const b = knownBy({
    uuid: text(uuid, U1, U2),
    serial: text(serial, 'S1', 'S2'),
    macs: cards === 'movable' ? [W1] : set(cards, M1, M2),
    disks: set(disks, D1, D2),
  })
  return [a, b]
}

const signs = { '=': 'agree', '≠': 'differ', '·': 'silent', '~': 'movable' } as const
const verdicts = { S: 'same', D: 'doubt', O: 'other' } as const

/**
 * The whole kind. UUID and serial agree (=), differ (≠) or say nothing (·); then network cards =, movable (~), ≠, ·; and for
 * each of these disks =, ≠, ·. S the same machine, O another one, D a doubt for a person.
 */
const table: ReadonlyArray<[string, string]> = [
  // disks:  = ≠ ·  = ≠ ·  = ≠ ·  = ≠ ·
  //  cards:   =      ~      ≠      ·
  ['= =', '  S S S  S S S  S D D  S D S'],
  ['= ·', '  S S S  S D S  D D D  S D S'],
  ['· =', '  S S S  S D S  D D D  S D S'],
  ['= ≠', '  S D S  S D D  D O O  D D D'],
  ['≠ =', '  S D S  S D D  D D D  S D D'],
  ['≠ ≠', '  D O O  O O O  O O O  O O O'],
  ['≠ ·', '  S D D  D O D  O O O  D O O'],
  ['· ≠', '  S D D  D O D  O O O  D O O'],
  ['· ·', '  S S S  S D D  D O O  S O O'],
]

describe.each(table)('UUID and serial %s', (numbers, row) => {
  const letters = row.replaceAll(' ', '')
  const cells = (['=', '~', '≠', '·'] as const).flatMap((cards, block) =>
    (['=', '≠', '·'] as const).map((disks, index) => [cards, disks, letters[block * 3 + index]] as const),
  )
  const [uuid, serial] = numbers.split(' ') as ['=' | '≠' | '·', '=' | '≠' | '·']

  test.each(cells)('cards %s, disks %s: %s', (cards, disks, letter) => {
    const wanted = { uuid: signs[uuid], serial: signs[serial], cards: signs[cards], disks: signs[disks] } as Signs
    const [a, b] = pairWith(wanted)
    expect(signsOf(a, b)).toEqual(wanted)
    expect(signsOf(b, a)).toEqual(wanted)
    expect(judge(wanted)).toBe(verdicts[letter as 'S' | 'D' | 'O'])
  })
})

describe('network cards', () => {
  const cards = (a: Partial<Identity>, b: Partial<Identity>) => signsOf(knownBy(a), knownBy(b)).cards

  test('of the board: a card put in beside them, or taken out, changes nothing', () => {
    expect(cards({ macs: [M1] }, { macs: [M1, M2] })).toBe('agree')
    expect(cards({ macs: [M1, M2] }, { macs: [M2, M1] })).toBe('agree')
  })

  test('a card in a slot moves: each machine has its own besides', () => {
    expect(cards({ macs: [M1, M3] }, { macs: [M2, M3] })).toBe('movable')
  })

  test('Wi-Fi moves, whichever side knows that it is Wi-Fi', () => {
    expect(cards({ macs: [W1], wirelessMacs: [W1] }, { macs: [W1] })).toBe('movable')
    expect(cards({ macs: [M1, W1], wirelessMacs: [W1] }, { macs: [M2, W1] })).toBe('differ')
    expect(cards({ macs: [M1, W1], wirelessMacs: [W1] }, { macs: [M1, W2], wirelessMacs: [W2] })).toBe('agree')
  })
})

describe('a machine that comes again', () => {
  const nuc = { ...identity(U1, 'S1', M1), disks: [D1] }

  test.each<[string, Identity]>([
    ['as it was', nuc],
    ['with another network card', { ...nuc, macs: [M3] }],
    ['with another disk', { ...nuc, disks: [D2] }],
    ['with a serial number written anew', { ...nuc, serial: 'S9' }],
    ['after a firmware update changed its UUID', { ...nuc, uuid: U2 }],
    ['after a firmware update changed the UUID of a board without a serial number', { ...nuc, uuid: U2, serial: null }],
    ['with its UUID in the other byte order', { ...nuc, uuid: swappedUuid(U1), serial: null, disks: [] }],
    ['with a firmware that has forgotten its serial number', { ...nuc, serial: null }],
    ['from Windows, which reads no disks', { ...nuc, disks: [], manufacturer: null }],
    ['by its UUID alone', identity(U1, null)],
    ['by its serial number alone', identity(null, 'S1')],
    ['by the card of its board alone', identity(null, null, M1)],
  ])('%s is recognised', (_, one) => {
    const others = [known('other', { ...identity(null, 'S2', M2), disks: ['other'] }), known('nuc', nuc)]
    expect(recognise(one, others)).toEqual({ id: 'nuc', doubts: [], shares: [] })
  })
})

describe('two machines are not taken for one', () => {
  const nuc = { ...identity(U1, 'S1', M1, W1), wirelessMacs: [W1], disks: [D1] }

  test.each<[string, Identity, Identity]>([
    ['with nothing in common', { ...identity(U2, 'S2', M2), disks: [D2] }, nuc],
    ['when a network card has moved', identity(U2, 'S2', M1), nuc],
    ['when a disk has moved', { ...identity(U2, 'S2', M2), disks: [D1] }, nuc],
    ['boards with fillers everywhere and different cards', identity(null, null, M2), identity(null, null, M1)],
    ['of a batch with one UUID and serials of their own', identity(U1, 'S2', M2), identity(U1, 'S1', M1)],
  ])('%s, and nobody is asked', (_, one, machine) => {
    expect(recognise(one, [known('nuc', machine)])).toMatchObject({ id: null, doubts: [] })
  })

  test.each<[string, Identity, Identity, string]>([
    ['clones of one unprogrammed board', { ...identity(U1, 'S1', M2), disks: [D2] }, nuc, 'CLONES'],
    ['clones without a disk', identity(U1, 'S1', M2), identity(U1, 'S1', M1), 'CLONES'],
    ['a batch with one UUID and no serials', identity(U1, null, M2), identity(U1, null, M1), 'UUID'],
    ['a serial number given twice', identity(U2, 'S1', M2), identity(U1, 'S1', M1), 'SERIAL'],
    [
      'a Wi-Fi card that may have moved to a PC with a UUID of its own',
      knownBy({ uuid: U2, macs: [W1], wirelessMacs: [W1] }),
      knownBy({ uuid: U1, macs: [W1], wirelessMacs: [W1] }),
      'CARD',
    ],
    [
      'a Wi-Fi card in a PC that has nothing else',
      knownBy({ macs: [W1], wirelessMacs: [W1], disks: [D2] }),
      knownBy({ macs: [W1], wirelessMacs: [W1], disks: [D1] }),
      'CARD',
    ],
    ['a UUID changed, with nothing but a card to go by', identity(U2, null, M1), identity(U1, null, M1), 'CARD'],
    [
      'a board replaced around a disk, where fillers say nothing',
      knownBy({ macs: [M2], disks: [D1] }),
      knownBy({ macs: [M1], disks: [D1] }),
      'DISK',
    ],
  ])('%s: a person is asked', (_, one, machine, reason) => {
    expect(recognise(one, [known('nuc', machine)])).toEqual({ id: null, doubts: [{ id: 'nuc', reason }], shares: [] })
  })

  test('of two makers who gave the same serial number', () => {
    const dell = known('dell', { ...identity(null, 'S1'), manufacturer: 'Dell' })
    expect(recognise(identity(null, 'S1'), [dell])).toEqual({ id: null, doubts: [], shares: [] })
  })
})

test('a machine with a doubt is still known again, and the doubt is the same', () => {
  const clone = { ...identity(U1, 'S1', M2), disks: [D2] }
  const machines = [known('a', { ...identity(U1, 'S1', M1), disks: [D1] }), known('b', clone)]
  expect(recognise(clone, machines)).toEqual({ id: 'b', doubts: [{ id: 'a', reason: 'CLONES' }], shares: [] })
})

test('when two records fit, the surer one is taken, and a person is asked whether they are one', () => {
  const byUuid = known('uuid', identity(U1, null))
  const byMac = known('mac', identity(null, null, M1), 100)
  expect(recognise(identity(U1, null, M1), [byMac, byUuid])).toEqual({
    ...{ id: 'uuid', doubts: [{ id: 'mac', reason: 'TWO_FIT' }], shares: [] },
  })
})

test('when two records fit as well, it is the one with more of its cards, then the one seen last', () => {
  const one = identity(null, null, M1, M2)
  const [a, both] = [known('a', identity(null, null, M1), 9), known('b', identity(null, null, M1, M2))]
  expect(recognise(one, [a, both]).id).toBe('b')
  expect(recognise(one, [a, known('b', identity(null, null, M2))]).id).toBe('a')
})

test('whatever machines say, recognition answers the same way from either side, and never doubts a machine with itself', () => {
  const one = fc.record({
    uuid: fc.constantFrom(U1, U2, swappedUuid(U1), null),
    serial: fc.constantFrom('S1', 'S2', null),
    macs: fc.subarray([M1, M2, W1]),
    wirelessMacs: fc.subarray([W1]),
    disks: fc.subarray([D1, D2]),
    manufacturer: fc.constantFrom('Intel', 'Dell', null),
  })
  fc.assert(
    fc.property(one, fc.array(one, { maxLength: 6 }), (met, others) => {
      const all = others.map((other, index) => known(`m${index}`, other, index))
      const { id, doubts, shares } = recognise(met, all)
      const named = [...doubts.map((doubt) => doubt.id), ...shares]
      expect(named).not.toContain(id)
      expect(new Set(named).size).toBe(named.length)
      for (const other of others) expect(judge(signsOf(met, other))).toBe(judge(signsOf(other, met)))
    }),
  )
})
