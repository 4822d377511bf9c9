import { describe, expect, test } from 'vitest'
import { storageMessages } from '../../../../images/driver-packs/device-descriptions.ts'
import { matchDrivers } from '../../../../images/driver-packs/match-drivers.ts'
import { shortInf } from '../inf/infs.ts'
import { nuc13, packOf, pci, windows11 } from './packs.ts'

const vmd = pci('VEN_8086&DEV_A77F&SUBSYS_30378086&REV_01', '0104', '0000:00:0e.0')
const rst = pci('VEN_8086&DEV_282A&SUBSYS_20748086&REV_10', '0104', '0000:00:17.0')
const rstInf = shortInf({ id: 'PCI\\VEN_8086&DEV_A77F', version: 'Class=SCSIAdapter' })
const judge = (devices: Parameters<typeof matchDrivers>[0]['devices'], infs: Record<string, string> = {}) =>
  matchDrivers({ devices, board: nuc13, windows: windows11 }, [packOf('rst', infs)]).storage

describe('storage behind VMD or RAID', () => {
  test.each([
    ['the 13th generation’s VMD', vmd, 'vmd'],
    ['a VMD told by its id alone', pci('VEN_8086&DEV_9A0B', '0880'), 'vmd'],
    ['RST in RAID mode', rst, 'raid'],
  ] as const)('%s is seen, with the two ways out', (_, device, mode) => {
    expect(judge([device])).toEqual({
      state: 'raid',
      code: 'STORAGE_IN_RAID_MODE',
      controllers: [{ device, mode, driver: null }],
      waysOut: ['switch-off-in-firmware', 'install-rst-driver'],
    })
  })

  test('names the driver a pack has for it', () => {
    expect(judge([vmd], { 'iaStorVD.inf': rstInf })).toMatchObject({ controllers: [{ driver: 'rst/iaStorVD.inf' }] })
  })

  test.each([
    pci('VEN_8086&DEV_7AE2&SUBSYS_30378086&REV_11', '0106'),
    pci('VEN_144D&DEV_A80A&SUBSYS_A801144D&REV_00', '0108'),
    pci('VEN_1000&DEV_005D&SUBSYS_93611000&REV_02', '0104'),
  ])('$hardwareId ($deviceClass) is no such thing', (device) => {
    expect(judge([device])).toEqual({ state: 'plain' })
  })

  test('is told to a person with both ways, and whether a pack holds the driver', () => {
    const words = (infs: Record<string, string>): string[] => {
      const verdict = judge([vmd], infs)
      return verdict.state === 'raid' ? storageMessages(verdict).map(({ fr }) => fr) : []
    }
    expect(words({})).toEqual([
      `Le stockage est en mode VMD ou RAID (${vmd.hardwareId})\u202f: Windows ne verrait pas le disque.`,
      'Dans le BIOS, désactivez VMD ou RAID (mode AHCI ou NVMe), puis redémarrez sur le réseau.',
      'Ou gardez ce mode et donnez à Windows le pilote Intel RST avant son premier démarrage. Aucun pack ne contient ce pilote.',
    ])
    expect(words({ 'iaStorVD.inf': rstInf }).at(-1)).toContain('Il est dans rst/iaStorVD.inf.')
  })
})
