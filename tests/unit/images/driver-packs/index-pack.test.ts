import { describe, expect, test } from 'vitest'
import { componentInf, ethernetInf, extensionInf, graphicsInf } from '../inf/infs.ts'
import { packOf } from './packs.ts'

describe('the index of a pack', () => {
  test('tells each driver’s kind, version, architectures and least Windows', () => {
    const pack = packOf('NUC13', {
      'a.inf': ethernetInf,
      'b.inf': extensionInf,
      'c.inf': graphicsInf,
      'd.inf': componentInf,
    })
    const told = pack.drivers.map(({ inf, kind, className, version, date, architectures, osFrom }) =>
      [inf, kind, className, version, date, ...architectures, osFrom].join(' '),
    )
    expect(told).toEqual([
      'a.inf device Net 2.1.4.3 2024-03-21 amd64 22000',
      'b.inf extension Extension 32.0.101.5768 2024-05-30 amd64 17134',
      'c.inf device Display 32.0.101.5768 2024-05-30 amd64 17134',
      'd.inf component SoftwareComponent 1.100.5688.0 2024-05-01 amd64 17134',
    ])
    expect(pack.drivers[0]?.hardwareIds).toEqual([
      'PCI\\VEN_8086&CC_0200',
      'PCI\\VEN_8086&DEV_125C',
      'PCI\\VEN_8086&DEV_15F3&REV_03',
      'PCI\\VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03',
    ])
    expect(pack.problems).toEqual([])
  })

  test('names INFs that serve no device, with what is wrong in them', () => {
    const pack = packOf('p', { 'autorun.inf': '[autorun]\nopen=setup.exe\n' })
    expect(pack.drivers).toEqual([])
    expect(pack.withoutDevices).toEqual(['autorun.inf'])
    expect(pack.problems).toContainEqual({ code: 'INF_NO_MANUFACTURER', line: 0, subject: '', inf: 'autorun.inf' })
  })

  test('survives being stored as JSON', () => {
    const pack = packOf('p', { 'a.inf': ethernetInf })
    expect(JSON.parse(JSON.stringify(pack))).toEqual(pack)
  })
})
