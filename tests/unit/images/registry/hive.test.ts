import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findKey,
  findValue,
  MalformedHive,
  upcase,
  type Hive,
  type RegistryKey,
} from '../../../../images/registry/hive.ts'
import { readHive } from '../../../../images/registry/read-hive.ts'
import { writeHive } from '../../../../images/registry/write-hive.ts'
import { foreignSamples } from '../../../foreign-samples.ts'
import { runs } from '../../property-runs.ts'

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((text) => !/[\\\0\ud800-\udfff]/.test(text))
const value = fc.record({
  name: fc.oneof(fc.constant(''), name),
  type: fc.integer({ min: 0, max: 0xffffffff }),
  data: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 16_340, maxLength: 16_360 })),
})
const keyOfDepth: (depth: number) => fc.Arbitrary<RegistryKey> = fc.memo((depth) =>
  fc.record({
    name,
    timestamp: fc.bigInt({ min: 0n, max: 2n ** 63n }),
    className: fc.constantFrom(null, 'Class'),
    flags: fc.constantFrom(0, 4),
    security: fc.constantFrom(Uint8Array.of(1, 0, 4, 128), new Uint8Array(20)),
    values: fc.uniqueArray(value, { selector: (one) => upcase(one.name), maxLength: 4 }),
    keys:
      depth > 1
        ? fc.uniqueArray(keyOfDepth(depth - 1), { selector: (one) => upcase(one.name), maxLength: 4 })
        : fc.constant([]),
  }),
)
const hive: fc.Arbitrary<Hive> = fc.record({
  minorVersion: fc.constantFrom(3, 5),
  timestamp: fc.bigInt({ min: 0n, max: 2n ** 63n }),
  fileName: fc.constantFrom('', 'BCD'),
  root: keyOfDepth(4),
})

/** Writing sorts subkeys, so both sides are sorted before they are compared. */
function sorted(one: RegistryKey): RegistryKey {
  const keys = one.keys.map(sorted).sort((a, b) => (upcase(a.name) < upcase(b.name) ? -1 : 1))
  return { ...one, keys }
}

describe('a registry hive', () => {
  test('comes back value by value after it was written', () => {
    fc.assert(
      fc.property(hive, (original) => {
        const again = readHive(writeHive(original))
        expect({ ...again, root: sorted(again.root) }).toEqual({ ...original, root: sorted(original.root) })
      }),
      { numRuns: runs(40) },
    )
  })

  test('keeps two thousand subkeys under one key', () => {
    const leaf = { timestamp: 0n, className: null, flags: 0, security: new Uint8Array(20), values: [], keys: [] }
    const keys = Array.from({ length: 2_500 }, (_, index) => ({ ...leaf, name: `key ${index}` }))
    const read = readHive(
      writeHive({ minorVersion: 5, timestamp: 0n, fileName: '', root: { ...leaf, name: 'root', keys } }),
    )
    expect(read.root.keys).toHaveLength(2_500)
    expect(findKey(read.root, 'KEY 1777')?.name).toBe('key 1777')
  })

  test('throws nothing but MalformedHive, whatever bytes were turned', () => {
    const leaf = { timestamp: 0n, className: null, flags: 0, security: new Uint8Array(20), values: [], keys: [] }
    const values = [{ name: 'Element', type: 3, data: new Uint8Array(88) }]
    const root = { ...leaf, name: 'root', keys: [{ ...leaf, name: 'Objects', values, keys: [{ ...leaf, name: 'x' }] }] }
    const good = writeHive({ minorVersion: 3, timestamp: 0n, fileName: 'BCD', root })
    const turn = fc.tuple(fc.integer({ min: 4096, max: good.length - 1 }), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: good.length }),
        (turns, end) => {
          const bytes = good.slice()
          for (const [offset, byte] of turns) bytes[offset] = byte
          for (const candidate of [bytes, bytes.subarray(0, end)]) {
            try {
              readHive(candidate)
            } catch (error) {
              expect(error).toBeInstanceOf(MalformedHive)
            }
          }
        },
      ),
      { numRuns: runs(5_000) },
    )
  })
})

describe.skipIf(foreignSamples === null)('stores of other makers', () => {
  const folder = join(foreignSamples ?? '', 'bcd')
  test.each(foreignSamples === null ? [] : readdirSync(folder))(
    '%s reads whole and comes back value by value',
    (file) => {
      const original = readHive(readFileSync(join(folder, file)))
      const again = readHive(writeHive(original))
      expect(sorted(again.root)).toEqual(sorted(original.root))
      const keyName = findKey(original.root, 'Description')
      expect(keyName && findValue(keyName, 'KeyName')?.type).toBe(1)
    },
  )
})
