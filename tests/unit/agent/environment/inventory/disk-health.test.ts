import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readNvmeSmartLog,
  readSmartctl,
  unknownHealth,
} from '../../../../../agent/environment/inventory/disk-health.ts'

const nvme = (differences: object, passed = true): string =>
  JSON.stringify({
    smart_status: { passed },
    nvme_smart_health_information_log: {
      critical_warning: 0,
      temperature: 36,
      percentage_used: 2,
      power_on_hours: 148,
      media_errors: 0,
      ...differences,
    },
  })

const ata = (attributes: readonly [id: number, value: number][], passed = true): string =>
  JSON.stringify({
    smart_status: { passed },
    power_on_time: { hours: 20_131 },
    temperature: { current: 31 },
    ata_smart_attributes: { table: attributes.map(([id, value]) => ({ id, raw: { value } })) },
  })

describe('disk health', () => {
  test('of a young NVMe disk, from smartctl', () => {
    expect(readSmartctl(nvme({}))).toEqual({
      verdict: 'good',
      percentUsed: 2,
      powerOnHours: 148,
      temperatureCelsius: 36,
      mediaErrors: 0,
    })
  })

  test.each([
    ['worn out', nvme({ percentage_used: 97 }), 'worn'],
    ['with media errors', nvme({ media_errors: 3 }), 'worn'],
    ['failing by its own word', nvme({}, false), 'failing'],
    [
      'SATA without bad sectors',
      ata([
        [5, 0],
        [197, 0],
      ]),
      'good',
    ],
    ['SATA with reallocated sectors', ata([[5, 8]]), 'worn'],
    ['SATA failing', ata([[5, 900]], false), 'failing'],
    ['without SMART', '{"smartctl":{"exit_status":2}}', 'unknown'],
  ])('%s', (_name, json, verdict) => {
    expect(readSmartctl(json).verdict).toBe(verdict)
  })

  test('of an NVMe disk, from nvme-cli, whose temperatures are in kelvin', () => {
    const log = { critical_warning: 0, temperature: 308, percent_used: 4, power_on_hours: '12', media_errors: 0 }
    expect(readNvmeSmartLog(JSON.stringify(log))).toEqual({
      verdict: 'good',
      percentUsed: 4,
      powerOnHours: 12,
      temperatureCelsius: 35,
      mediaErrors: 0,
    })
    expect(readNvmeSmartLog(JSON.stringify({ ...log, critical_warning: 4 })).verdict).toBe('failing')
  })

  test('is unknown for anything else, without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        readSmartctl(text)
        readNvmeSmartLog(text)
      }),
    )
    expect(readSmartctl('')).toEqual(unknownHealth)
  })
})
