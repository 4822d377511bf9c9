import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultRecoveryBytes,
  layoutOverhead,
  planPartitions,
  sgdiskArguments,
} from '../../../../../agent/environment/disk/partition-layout.ts'

const guid = (): string => '0b5f3c1e-8a1d-4a55-9a3c-1d2e3f405162'

describe('partition layout', () => {
  test('is ESP, MSR, Windows, and recovery at the end', () => {
    const plan = planPartitions({ sizeBytes: 500_107_862_016, sectorBytes: 512 }, defaultRecoveryBytes, guid)
    expect(plan.map(({ role, number, firstSector }) => [role, number, firstSector])).toEqual([
      ['esp', 1, 2048],
      ['msr', 2, 534_528],
      ['windows', 3, 567_296],
      ['recovery', 4, 974_673_920],
    ])
    expect(plan.at(-1)?.lastSector).toBe(974_673_920 + 2_097_152 - 1)
  })

  test('names the recovery partition as Windows does: type, required, no letter', () => {
    const plan = planPartitions({ sizeBytes: 64e9, sectorBytes: 512 }, defaultRecoveryBytes, guid)
    const args = sgdiskArguments(plan, guid(), '/dev/null')
    expect(args).toContain('--typecode=4:DE94BBA4-06D1-4D40-A16A-BFD50179D6AC')
    expect(args.filter((arg) => arg.startsWith('--attributes'))).toEqual([
      '--attributes=4:set:0',
      '--attributes=4:set:63',
    ])
    expect(args.at(-1)).toBe('/dev/null')
  })

  test('leaves recovery out when the sequence wants none', () => {
    expect(planPartitions({ sizeBytes: 64e9, sectorBytes: 512 }, 0, guid).map(({ role }) => role)).toEqual([
      'esp',
      'msr',
      'windows',
    ])
  })

  test('fits any disk: whole mebibytes, no overlap, room for both tables', () => {
    const disks = fc.record({
      sizeBytes: fc.integer({ min: 4e9, max: 16e12 }),
      sectorBytes: fc.constantFrom(512, 4096),
    })
    fc.assert(
      fc.property(disks, fc.integer({ min: 0, max: 2e9 }), (disk, recovery) => {
        const plan = planPartitions(disk, recovery, guid)
        let end = 0
        for (const { firstSector, lastSector } of plan) {
          expect((firstSector * disk.sectorBytes) % 2 ** 20).toBe(0)
          expect(firstSector).toBeGreaterThanOrEqual(end)
          end = lastSector + 1
        }
        expect(end * disk.sectorBytes).toBeLessThanOrEqual(disk.sizeBytes - 33 * disk.sectorBytes)
        const windows = plan.find(({ role }) => role === 'windows')
        const windowsBytes = ((windows?.lastSector ?? 0) - (windows?.firstSector ?? 0) + 1) * disk.sectorBytes
        expect(windowsBytes).toBeGreaterThanOrEqual(disk.sizeBytes - layoutOverhead(recovery) - 2 ** 20)
      }),
    )
  })

  test('refuses a disk without room', () => {
    expect(() => planPartitions({ sizeBytes: 1e9, sectorBytes: 512 }, defaultRecoveryBytes, guid)).toThrow(RangeError)
  })
})
