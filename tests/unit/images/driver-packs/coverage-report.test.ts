import { expect, test } from 'vitest'
import { coverageReport } from '../../../../images/driver-packs/coverage-report.ts'
import { matchDrivers } from '../../../../images/driver-packs/match-drivers.ts'
import { ethernetInf, shortInf } from '../inf/infs.ts'
import { i225, nuc13, packOf, pci, windows10, windows11 } from './packs.ts'

const packs = [
  packOf('NUC13', {
    'net/e2x.inf': ethernetInf,
    'old/e2x.inf': ethernetInf.replace('03/21/2024', '03/21/2023'),
    'bt.inf': shortInf({ id: 'USB\\VID_8087&PID_0032' }),
  }),
]
const devices = [
  pci('VEN_8086&DEV_A70D&SUBSYS_30378086&REV_01', '0604', '0000:00:01.0'),
  i225,
  pci('VEN_8086&DEV_51F1&SUBSYS_00948086&REV_01', '0280', '0000:00:14.3'),
]

test('tells device by device who serves it, what is missing first', () => {
  const report = coverageReport(matchDrivers({ devices, board: nuc13, windows: windows11 }, packs))
  expect(report.map(({ state, device, driver }) => `${state}: ${device.fr} → ${driver.fr}`)).toEqual([
    'nobody: réseau sans fil → aucun pilote',
    'driver: Contrôleur Ethernet Intel(R) (3) I225-V → NUC13/net/e2x.inf 2.1.4.3 du 21/03/2024, par le modèle exact et sa révision (PCI\\VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03)\u202f; préféré à 1 autre',
    'windows: périphérique PCI → pilote fourni par Windows',
  ])
})

test('passes no driver over but another one', () => {
  const [, line] = coverageReport(matchDrivers({ devices, board: nuc13, windows: windows11 }, packs))
  expect(line?.driver.en).toMatch(/; preferred to 1 other$/)
})

test('says that a driver is for another Windows', () => {
  const [line] = coverageReport(matchDrivers({ devices: [i225], board: nuc13, windows: windows10 }, packs))
  expect(line?.driver.en).toBe(
    'no driver for this Windows (NUC13/net/e2x.inf serves only amd64 ≥ 22000, or excludes this device)',
  )
})

test('prefers what the machine itself calls a device', () => {
  const named = { ...i225, description: 'I225-V de la carte mère' }
  const [line] = coverageReport(matchDrivers({ devices: [named], board: nuc13, windows: windows11 }, packs))
  expect(line?.device).toEqual({ fr: 'I225-V de la carte mère', en: 'I225-V de la carte mère' })
})
