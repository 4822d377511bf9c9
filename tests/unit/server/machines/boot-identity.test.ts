import { describe, expect, test } from 'vitest'
import { findByBoot } from '../../../../server/machines/boot-identity.ts'
import { swappedUuid } from '../../../../server/machines/uuid.ts'
import { identity, known, M1, M2, M3, U1, U2 } from './identities.ts'

describe('a network boot request', () => {
  const machines = [known('one', identity(U1, 'S1', M1)), known('two', identity(U2, 'S2', M2))]

  test.each<[string, string | null, string | null, string | null]>([
    ['with both', U1, M1, 'one'],
    ['with the MAC address only', null, M2, 'two'],
    ['with the UUID over a dock nobody knows', U1, M3, 'one'],
    ['with the UUID the other way round', swappedUuid(U1), M1, 'one'],
    ['with a filler UUID', '03000200-0400-0500-0006-000700080009', M2, 'two'],
    ['whose card is another machine’s', U1, M2, 'one'],
    ['whose card is another’s, with the UUID the other way round', swappedUuid(U1), M2, 'one'],
    ['of an unknown machine with a card that was in a known one', '99999999-0042-3510-8057-b4c04f4d3332', M1, null],
    ['with nothing known', null, M3, null],
    ['with nothing', null, null, null],
  ])('%s', (_, uuid, mac, expected) => {
    expect(findByBoot({ uuid, mac }, machines)).toBe(expected)
  })

  test('of machines that share a UUID is told apart by the MAC address', () => {
    const batch = [known('a', identity(U1, null, M1)), known('b', identity(U1, null, M2))]
    expect(findByBoot({ uuid: U1, mac: M2 }, batch)).toBe('b')
    expect(findByBoot({ uuid: U1, mac: null }, batch)).toBeNull()
  })
})
