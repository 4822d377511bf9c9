import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityOf, recognise, type Identity, type KnownIdentity } from '../../../../server/machines/identity.ts'
import { after, inventory } from '../deployments/sample.ts'

const U1 = '4c4c4544-0042-3510-8057-b4c04f4d3332'
const U2 = '1b2c3d4e-0042-3510-8057-b4c04f4d9999'
const [M1, M2, M3] = ['1c:69:7a:00:00:01', '1c:69:7a:00:00:02', '1c:69:7a:00:00:03']

function identity(uuid: string | null, serial: string | null, ...macs: string[]): Identity {
  return { uuid, serial, manufacturer: 'Intel', macs }
}

function known(id: string, one: Identity, seenAfter = 0): KnownIdentity {
  return { ...one, id, lastSeenAt: after(seenAfter) }
}

describe('the identity of an inventory', () => {
  test.each([['usb'], ['thunderbolt'], ['unknown']] as const)('leaves out a network card on %s', (bus) => {
    const docked = inventory({ macs: [M1, M2] })
    const [built, dock] = docked.networkInterfaces
    if (!built || !dock) throw new Error('the sample has two adapters')
    const cards = (own: 'pci' | 'other') => [
      { ...built, bus: own },
      { ...dock, driver: 'a_driver_of_tomorrow', bus },
    ]
    for (const own of ['pci', 'other'] as const) {
      expect(identityOf({ ...docked, networkInterfaces: cards(own) }).macs).toEqual([M1])
    }
  })

  test('takes the board’s serial where the system has none', () => {
    const bare = inventory({ serial: 'To be filled by O.E.M.' })
    expect(identityOf({ ...bare, board: { ...bare.board, serial: 'BOARD77' } }).serial).toBe('BOARD77')
    expect(identityOf(bare).serial).toBeNull()
  })
})

describe('a machine that comes again', () => {
  const nuc = known('nuc', identity(U1, 'S1', M1))

  test.each<[string, Identity, KnownIdentity]>([
    ['as it was', identity(U1, 'S1', M1), nuc],
    ['with another network card', identity(U1, 'S1', M3), nuc],
    ['with a serial number written anew', identity(U1, 'S9', M1), nuc],
    ['after a firmware update changed its UUID', identity('99999999-0042-3510-8057-b4c04f4d3332', 'S1', M1), nuc],
    ['with a firmware that has forgotten its serial number', identity(U1, null, M1), nuc],
    ['by its UUID alone', identity(U1, null), nuc],
    ['by its serial number alone', identity(null, 'S1'), nuc],
    ['by its MAC address alone', identity(null, null, M1), nuc],
    ['with a serial number where there was none', identity(null, 'S1', M1), known('nuc', identity(null, null, M1))],
  ])('%s is recognised', (_, one, machine) => {
    expect(recognise(one, [known('other', identity(U2, 'S2', M2)), machine])).toEqual({
      kind: 'same',
      id: 'nuc',
      conflicts: [],
    })
  })
})

describe('two machines are not taken for one', () => {
  test.each<[string, Identity, KnownIdentity, string[]]>([
    ['with nothing in common', identity(U2, 'S2', M2), known('nuc', identity(U1, 'S1', M1)), []],
    ['a network card moved from one to the other', identity(U2, 'S2', M1), known('nuc', identity(U1, 'S1', M1)), []],
    [
      'boards with filler everywhere and different network cards',
      identity(null, null, M2),
      known('nuc', identity(null, null, M1)),
      [],
    ],
    ['a batch of boards with one UUID', identity(U1, 'S2', M2), known('nuc', identity(U1, 'S1', M1)), ['nuc']],
    [
      'a batch with one UUID and no serial numbers',
      identity(U1, null, M2),
      known('nuc', identity(U1, null, M1)),
      ['nuc'],
    ],
    ['a serial number given twice', identity(U2, 'S1', M2), known('nuc', identity(U1, 'S1', M1)), ['nuc']],
  ])('%s', (_, one, machine, conflicts) => {
    expect(recognise(one, [machine])).toEqual({ kind: 'new', conflicts })
  })

  test('of two makers who gave the same serial number', () => {
    const dell = { ...known('dell', identity(null, 'S1')), manufacturer: 'Dell' }
    expect(recognise(identity(null, 'S1'), [dell])).toEqual({ kind: 'new', conflicts: [] })
  })

  test('when both fit, the surer one is taken and the other named', () => {
    const byUuid = known('uuid', identity(U1, null))
    const byMac = known('mac', identity(null, null, M1), 100)
    expect(recognise(identity(U1, null, M1), [byMac, byUuid])).toEqual({ kind: 'same', id: 'uuid', conflicts: ['mac'] })
  })

  test('when both fit as well, it is the one with more of its cards, then the one seen last', () => {
    const one = identity(null, null, M1, M2)
    expect(
      recognise(one, [known('a', identity(null, null, M1), 9), known('b', identity(null, null, M1, M2))]),
    ).toMatchObject({ id: 'b' })
    expect(
      recognise(one, [known('a', identity(null, null, M1), 9), known('b', identity(null, null, M2))]),
    ).toMatchObject({ id: 'a' })
  })
})

test('whatever machines say, recognition answers, and never names a machine as its own conflict', () => {
  const uuid = fc.constantFrom(U1, U2, null)
  const serial = fc.constantFrom('S1', 'S2', null)
  const macs = fc.subarray([M1, M2, M3])
  const one = fc.record({ uuid, serial, macs, manufacturer: fc.constantFrom('Intel', 'Dell', null) })
  fc.assert(
    fc.property(one, fc.array(one, { maxLength: 6 }), (identityOne, others) => {
      const all = others.map((other, index) => known(`m${index}`, other, index))
      const recognition = recognise(identityOne, all)
      const ids = new Set(all.map(({ id }) => id))
      expect(recognition.conflicts.every((id) => ids.has(id))).toBe(true)
      if (recognition.kind === 'same') expect(recognition.conflicts).not.toContain(recognition.id)
    }),
  )
})
