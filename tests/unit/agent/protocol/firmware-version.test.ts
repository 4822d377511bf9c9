import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareFirmware, isFirmwareNewEnough } from '../../../../agent/protocol/firmware-version.ts'

test.each([
  ['TNTGL357.0064.2022.0217.1535', 'TNTGL357.0071', -1],
  ['TNTGL357.0071.2023.0428.1102', 'TNTGL357.0071', 0],
  ['TNTGL357.0072', 'TNTGL357.0071.2023.0428.1102', 1],
  ['1.9.0', '1.21.0', -1],
  ['F.20', 'F.9', 1],
  ['PYBSWCEL.86A.0058.2016.1102.1842', 'PYBSWCEL.86A.0060', -1],
  ['RPL357.0031', 'TNTGL357.0071', null],
  ['', 'TNTGL357.0071', null],
])('%s against %s', (found, wanted, expected) => {
  const order = compareFirmware(found, wanted)
  expect(order === null ? null : Math.sign(order)).toBe(expected)
})

test('answers any two texts, and each is as new as itself', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const order = compareFirmware(one, other)
      const back = compareFirmware(other, one)
      expect(order === null).toBe(back === null)
      if (order !== null && back !== null) expect(Math.sign(order) + Math.sign(back)).toBe(0)
      expect(compareFirmware(one, one) ?? 0).toBe(0)
    }),
  )
})

test('of a list, what is said of the machine’s own family counts', () => {
  expect(isFirmwareNewEnough('TNTGL357.0064', ['ANRPL357.0027', 'TNTGL357.0071'])).toBe(false)
  expect(isFirmwareNewEnough('TNTGL357.0071', ['ANRPL357.0027', 'TNTGL357.0071'])).toBe(true)
  expect(isFirmwareNewEnough('RPL357.0031', ['ANRPL357.0027'])).toBeNull()
})
