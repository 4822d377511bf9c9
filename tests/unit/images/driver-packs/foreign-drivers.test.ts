import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coverageReport } from '../../../../images/driver-packs/coverage-report.ts'
import { matchDrivers } from '../../../../images/driver-packs/match-drivers.ts'
import { foreignSamples } from '../../../foreign-samples.ts'
import { i225, i226, nuc13, packOf, pci, usb, windows11 } from './packs.ts'

const file = join(foreignSamples ?? '', 'mdt-share/Control/Drivers.xml')

/** The drivers an MDT share lists, as INFs of their ids: MDT keeps no INF text, only what it read from it. */
function sharedDrivers(): Record<string, string> {
  const entries = readFileSync(file, 'utf8').split('<driver ').slice(1)
  const infs = entries.map((entry, index) => {
    const field = (name: string): string => unescaped(new RegExp(`<${name}>([^<]*)</${name}>`).exec(entry)?.[1] ?? '')
    const ids = [...entry.matchAll(/<PNPId>([^<]*)<\/PNPId>/g)].map((match) => unescaped(match[1] ?? ''))
    const target = field('Platform') === 'x86' ? 'NTx86' : 'NTamd64'
    const name = field('Source').split('\\').at(-1) ?? ''
    const lines = ids.map((id) => `"${name}" = I, ${id}`)
    const version = `Signature="$Windows NT$"\nClass="${field('Class')}"\nDriverVer=${field('Date')},${field('Version')}`
    return [
      `${index}/${name}`,
      `[Version]\n${version}\n[Manufacturer]\n"M"=M,${target}\n[M.${target}]\n${lines.join('\n')}\n`,
    ]
  })
  return Object.fromEntries(infs)
}

function unescaped(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '')
}

describe.skipIf(foreignSamples === null || !existsSync(file))('the drivers of a real MDT share', () => {
  const pack = foreignSamples === null ? packOf('share', {}) : packOf('share', sharedDrivers())

  test('are read whole', () => {
    expect(pack.withoutDevices).toEqual([])
    expect(pack.drivers.length).toBeGreaterThan(200)
    expect(pack.problems.filter(({ code }) => code !== 'INF_DRIVER_VERSION_MALFORMED')).toEqual([])
  })

  test('serve a NUC’s network and wireless, by the chip; VMD is seen with its driver', () => {
    const vmd = pci('VEN_8086&DEV_9A0B&SUBSYS_00000000&REV_00', '0104', '0000:00:0e.0')
    const devices = [i225, i226, vmd, usb('VID_8087&PID_0032&REV_0000', 'E0')]
    const match = matchDrivers({ devices, board: nuc13, windows: windows11 }, [pack])
    const found = coverageReport(match).map(({ hardwareId, driver }) => `${hardwareId} ${driver.en}`)
    expect(found.filter((line) => line.includes('DEV_15F3'))[0]).toMatch(/by the chip and its revision/)
    expect(found.filter((line) => line.includes('DEV_125C'))[0]).toMatch(/by the chip \(PCI/)
    expect(match.storage).toMatchObject({
      state: 'raid',
      controllers: [{ driver: expect.stringMatching(/iaStorVD\.inf$/) }],
    })
    expect(match.drivers.every(({ driver }) => driver.architectures.includes('amd64'))).toBe(true)
  })

  test('serve every PCI device they name, by that very id or a closer one', () => {
    const exact = pack.drivers
      .filter(({ kind, architectures }) => kind === 'device' && architectures.includes('amd64'))
      .flatMap(({ hardwareIds }) => hardwareIds)
      .filter((id) => /^PCI\\VEN_[0-9A-F]{4}&DEV_[0-9A-F]{4}(&SUBSYS_[0-9A-F]{8})?(&REV_[0-9A-F]{2})?$/.test(id))
    const devices = [...new Set(exact)].map((id, index) => pci(id.slice(4), '1180', String(index)))
    expect(devices.length).toBeGreaterThan(500)
    const { uncovered, devices: covers } = matchDrivers({ devices, board: nuc13, windows: windows11 }, [pack])
    expect(uncovered).toEqual([])
    const strays = covers.filter(({ device, cover }) => cover.by !== 'driver' || cover.best.id !== device.hardwareId)
    expect(strays).toEqual([])
  })
})
