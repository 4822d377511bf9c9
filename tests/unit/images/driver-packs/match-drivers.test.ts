import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cover } from '../../../../images/driver-packs/cover.ts'
import type { DriverPack } from '../../../../images/driver-packs/driver-pack.ts'
import type { InventoryDevice } from '../../../../images/driver-packs/device-ids.ts'
import { matchDrivers } from '../../../../images/driver-packs/match-drivers.ts'
import { componentInf, ethernetInf, extensionInf, graphicsInf, shortInf } from '../inf/infs.ts'
import { acpi, graphics, i225, i226, nuc13, packOf, pci, usb, windows10, windows11 } from './packs.ts'

const models = [{ manufacturer: 'Intel(R) Client Systems', product: 'NUC13ANBi7' }]
const otherModels = [{ manufacturer: 'Intel Corporation', product: 'NUC8BEB' }]
const match = (devices: readonly InventoryDevice[], ...packs: DriverPack[]) =>
  matchDrivers({ devices, board: nuc13, windows: windows11 }, packs)

/** The driver a device gets from INFs, and by which id. */
function covered(device: InventoryDevice, ...packs: DriverPack[]): string {
  const cover: Cover | undefined = match([device], ...packs).devices[0]?.cover
  if (cover?.by === 'driver') return `${cover.best.pack.name}/${cover.best.driver.inf} ${cover.best.precision}`
  return cover?.by === 'nobody' ? cover.because : (cover?.by ?? '')
}

describe('which id decides', () => {
  const ids = [
    ['VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03', 'subsystem-revision'],
    ['VEN_8086&DEV_15F3&SUBSYS_30040000', 'subsystem'],
    ['VEN_8086&DEV_15F3&CC_020000', 'device-class'],
    ['VEN_8086&DEV_15F3&CC_0200', 'device-class'],
    ['VEN_8086&DEV_15F3&REV_03', 'revision'],
    ['VEN_8086&DEV_15F3', 'device'],
    ['VEN_8086&CC_020000', 'vendor-class'],
    ['VEN_8086&CC_0200', 'vendor-class'],
    ['CC_0200', 'class'],
  ] as const

  test.each(ids.map((row, index) => [...row, index] as const))(
    '%s wins over all less precise ones',
    (_, precision, index) => {
      const infs = ids
        .slice(index)
        .map(([id], later) => [`${String.fromCharCode(122 - later)}.inf`, shortInf({ id: `PCI\\${id}` })])
      expect(covered(i225, packOf('p', Object.fromEntries(infs)))).toBe(`p/z.inf ${precision}`)
    },
  )

  test('a compatible id of the INF counts less than a hardware id of it', () => {
    const pack = packOf('p', {
      'a.inf': shortInf({ id: 'OTHER, PCI\\VEN_8086&DEV_15F3&REV_03', driverVer: '01/01/2025,9.0' }),
      'b.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3' }),
    })
    expect(covered(i225, pack)).toBe('p/b.inf device')
  })

  test.each(['VEN_8086&DEV_15F3&SUBSYS_30040000&REV_02', 'VEN_8086&DEV_15F3&REV_01', 'VEN_8086&DEV_15F', 'VEN_10EC'])(
    '%s is another device',
    (id) => {
      expect(covered(i225, packOf('p', { 'a.inf': shortInf({ id: `PCI\\${id}` }) }))).toBe('no-driver')
    },
  )

  test('of two that fit equally well both are laid down, the newer first, and Windows decides', () => {
    const pack = packOf('p', {
      'older.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3', driverVer: '01/01/2024,1.0' }),
      'newer.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3', driverVer: '01/01/2025,1.0' }),
      'vague.inf': shortInf({ id: 'PCI\\VEN_8086&CC_0200', driverVer: '01/01/2026,1.0' }),
    })
    expect(covered(i225, pack)).toBe('p/newer.inf device')
    expect(match([i225], pack).drivers.map(({ driver }) => driver.inf)).toEqual(['newer.inf', 'older.inf'])
  })

  test('a feature score comes before the id, as Windows has it', () => {
    const pack = packOf('p', {
      'exact.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3&REV_03' }),
      'scored.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3', install: 'FeatureScore=F0' }),
    })
    expect(covered(i225, pack)).toBe('p/scored.inf device')
  })

  test('a device an INF excludes is not served by it', () => {
    const excluded = pci('VEN_8086&DEV_125C&SUBSYS_00001849&REV_04', '0200')
    const pack = packOf('p', { 'e2x.inf': ethernetInf })
    expect(covered(i226, pack)).toBe('p/e2x.inf device')
    expect(covered(excluded, pack)).toBe('other-windows')
  })

  test('a programming interface the inventory does not tell is taken as fitting', () => {
    const audio = pci('VEN_8086&DEV_51C8&SUBSYS_30378086&REV_01', '0403')
    expect(covered(audio, packOf('p', { 'a.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_51C8&CC_040380' }) }))).toBe(
      'p/a.inf device-class',
    )
    expect(covered(audio, packOf('p', { 'a.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_51C8&CC_040100' }) }))).toBe(
      'windows',
    )
  })

  test('USB devices are found by revision, product, function and class', () => {
    const bluetooth = usb('VID_8087&PID_0032&REV_0001', 'E0')
    const by = (id: string): string => covered(bluetooth, packOf('p', { 'a.inf': shortInf({ id }) }))
    expect(by('USB\\VID_8087&PID_0032&REV_0001')).toBe('p/a.inf revision')
    expect(by('USB\\VID_8087&PID_0032')).toBe('p/a.inf device')
    expect(by('USB\\VID_8087&PID_0032&MI_00')).toBe('p/a.inf interface')
    expect(by('USB\\Class_E0')).toBe('p/a.inf class')
    expect(by('USB\\VID_8087&PID_0033')).toBe('no-driver')
  })
})

describe('of equal ids', () => {
  const id = 'PCI\\VEN_8086&DEV_15F3'
  test.each([
    ['06/01/2024,1.0', '05/01/2024,2.0'],
    ['05/01/2024,1.10.0.0', '05/01/2024,1.9.0.0'],
    ['05/01/2024,1.9.0.1', '05/01/2024,1.9'],
  ])('DriverVer %s is newer than %s', (newer, older) => {
    const pack = packOf('p', {
      'a.inf': shortInf({ id, driverVer: older }),
      'b.inf': shortInf({ id, driverVer: newer }),
    })
    expect(covered(i225, pack)).toBe('p/b.inf device')
    const cover = match([i225], pack).devices[0]?.cover
    expect(cover?.by === 'driver' && cover.passedOver.map(({ driver }) => driver.inf)).toEqual(['a.inf'])
  })

  test('the DriverVer of an install section wins over that of [Version]', () => {
    const pack = packOf('p', {
      'a.inf': shortInf({ id, driverVer: '01/01/2026,9.0', install: 'DriverVer=06/21/2006,6.1' }),
      'b.inf': shortInf({ id, driverVer: '01/01/2020,1.0' }),
    })
    expect(covered(i225, pack)).toBe('p/b.inf device')
    const own = packOf('p', {
      'a.inf': shortInf({ id, driverVer: '01/01/2020,1.0', install: 'DriverVer=01/01/2026,9.0' }),
      'b.inf': shortInf({ id, driverVer: '01/01/2025,1.0' }),
    })
    expect(covered(i225, own)).toBe('p/a.inf device')
  })

  test('the pack of the board wins when the version is the same too', () => {
    const infs = { 'a.inf': shortInf({ id }) }
    expect(covered(i225, packOf('any', infs), packOf('board', infs, models))).toBe('board/a.inf device')
  })
})

describe('which packs count', () => {
  const infs = { 'a.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3', driverVer: '01/01/2020,1.0' }) }
  const exact = { 'x.inf': shortInf({ id: 'PCI\\VEN_8086&DEV_15F3&REV_03', driverVer: '01/01/2025,1.0' }) }

  test.each(['Intel(R) Client Systems', 'Intel Corporation', 'ASUSTeK COMPUTER INC.', 'ASUSTeK', 'ByteSpeed, LLC'])(
    'a NUC that says it is made by %s is the same NUC',
    (manufacturer) => {
      const board = { manufacturer, product: 'nuc13anbi7 ' }
      const [own] = matchDrivers({ devices: [i225], board, windows: windows11 }, [packOf('own', infs, models)]).drivers
      expect(own?.fit).toBe('model')
    },
  )

  test('another maker’s board of the same name is another board', () => {
    const board = { manufacturer: 'Contoso', product: 'NUC13ANBi7' }
    const [own] = matchDrivers({ devices: [i225], board, windows: windows11 }, [packOf('own', infs, models)]).drivers
    expect(own?.fit).toBe('other')
  })

  test('a pack for other boards helps only a device nothing else serves', () => {
    expect(covered(i225, packOf('own', infs, models), packOf('other', exact, otherModels))).toBe('own/a.inf device')
    expect(covered(i225, packOf('other', exact, otherModels))).toBe('other/x.inf revision')
  })

  test('what is on a bus the inventory cannot see comes from the board’s own pack only', () => {
    const unseen = {
      'acpi.inf': shortInf({ id: 'ACPI\\INTC1055' }),
      'arm.inf': shortInf({ id: 'ACPI\\X', target: 'NTarm64' }),
    }
    const { drivers } = match(
      [],
      packOf('own', unseen, models),
      packOf('any', unseen),
      packOf('other', unseen, otherModels),
    )
    expect(drivers.map(({ pack, driver, reasons }) => [pack.name, driver.inf, reasons])).toEqual([
      ['own', 'acpi.inf', [{ because: 'board' }]],
    ])
  })
})

describe('what a pack for any board gives beside PCI and USB', () => {
  const chosen = (devices: readonly InventoryDevice[], ...ids: string[]): string[] => {
    const infs = Object.fromEntries(ids.map((id, index) => [`${index}.inf`, shortInf({ id })]))
    return match(devices, packOf('any', infs)).drivers.map(({ driver }) => driver.hardwareIds.join())
  }
  const gpio = acpi('INTC1055', 'PNP0C50')

  test.each(['ACPI\\INTC1055', 'ACPI\\VEN_INTC&DEV_1055', '*INTC1055', 'ACPI\\PNP0C50'])(
    'a driver of ACPI that names the device as %s',
    (id) => {
      expect(chosen([gpio], id, 'ACPI\\INTC1056')).toEqual([id])
    },
  )

  test('an id of the device itself goes before one it is compatible with', () => {
    const pack = packOf('any', {
      'a.inf': shortInf({ id: 'ACPI\\PNP0C50', driverVer: '01/01/2026,1.0' }),
      'b.inf': shortInf({ id: 'ACPI\\INTC1055' }),
    })
    expect(match([gpio], pack).drivers.map(({ driver }) => driver.inf)).toEqual(['b.inf'])
  })

  test('no device of ACPI is missed: Windows serves most of them itself', () => {
    const { devices, uncovered } = match(
      [gpio, acpi('PNP0C0C')],
      packOf('any', { 'a.inf': shortInf({ id: 'ACPI\\INTC1055' }) }),
    )
    expect(devices.map(({ device }) => device)).toEqual([gpio])
    expect(uncovered).toEqual([])
  })

  const audio = pci('VEN_8086&DEV_02C8&SUBSYS_20818086&REV_00', '0403', '0000:00:1f.3')
  const codec = 'HDAUDIO\\FUNC_01&VEN_10EC&DEV_0256&SUBSYS_80862081'
  test('the codec’s driver, by the board it names, and those of Intel’s signal processor', () => {
    const theirs = [
      codec,
      `INTELAUDIO${codec.slice(7)}&REV_1000`,
      'INTELAUDIO\\DSP_CTLR_DEV_02C8&VEN_8086&DEV_0222&SUBSYS_20818086',
    ]
    const others = [
      codec.replace('80862081', '80862078'),
      codec.replace('80862081', '20818086'),
      'HDAUDIO\\FUNC_01&VEN_10EC&DEV_0256',
      'INTELAUDIO\\DSP_CTLR_DEV_51C8&VEN_8086&DEV_0222',
      'INTELAUDIO\\DSP_CTLR_DEV_02C8&VEN_8086&DEV_0222&SUBSYS_20788086',
    ]
    expect(chosen([audio], ...theirs, ...others).toSorted()).toEqual(theirs.toSorted())
    expect(chosen([i225], ...theirs)).toEqual([])
  })

  test('of one audio INF in two packs the newest', () => {
    const packs = ['2023', '2025'].map((year) =>
      packOf(year, { 'HDX/rt.inf': shortInf({ id: codec, driverVer: `01/01/${year},6.0` }) }),
    )
    const [one, ...more] = match([audio], ...packs).drivers
    expect([one?.pack.name, one?.reasons, more]).toEqual([
      '2025',
      [{ because: 'audio', address: audio.address, id: codec }],
      [],
    ])
  })

  test('a pack for other boards gives none of it', () => {
    const infs = { 'a.inf': shortInf({ id: 'ACPI\\INTC1055' }), 'b.inf': shortInf({ id: codec }) }
    expect(match([gpio, audio], packOf('other', infs, otherModels)).drivers).toEqual([])
  })
})

describe('what nobody serves', () => {
  test('is named; what Windows serves itself is not', () => {
    const smbus = pci('VEN_8086&DEV_51A3&SUBSYS_30378086&REV_01', '0c05', '0000:00:1f.4')
    const nvme = pci('VEN_144D&DEV_A80A&SUBSYS_A801144D&REV_00', '0108', '0000:01:00.0')
    const { uncovered, devices } = match([smbus, nvme, usb('VID_046D&PID_C31C&REV_6402', '03')])
    expect(uncovered).toEqual([smbus])
    expect(devices.map(({ cover }) => cover.by)).toEqual(['nobody', 'windows', 'windows'])
  })

  test('says when a driver is there, but for another Windows', () => {
    const { devices } = matchDrivers({ devices: [i225], board: nuc13, windows: windows10 }, [
      packOf('p', { 'e2x.inf': ethernetInf }),
    ])
    expect(devices[0]?.cover).toMatchObject({ because: 'other-windows', offered: { driver: { osFrom: 22_000 } } })
  })
})

describe('extensions and components', () => {
  const intel = packOf('gfx', { 'ext.inf': extensionInf, 'gfx.inf': graphicsInf, 'swc.inf': componentInf })

  test('come with the driver they belong to, each with its reason', () => {
    const { drivers } = match([graphics], intel)
    expect(
      drivers.map(({ driver, reasons }) => [driver.inf, driver.kind, reasons.map(({ because }) => because)]),
    ).toEqual([
      ['ext.inf', 'extension', ['extension']],
      ['gfx.inf', 'device', ['device']],
      ['swc.inf', 'component', ['component']],
    ])
  })

  test('are no cover for a device by themselves', () => {
    expect(covered(graphics, packOf('p', { 'ext.inf': extensionInf }))).toBe('no-driver')
  })

  test('stay away when their driver does', () => {
    expect(match([i225], intel).drivers).toEqual([])
  })

  test('of one extension only the newest is taken, of two extensions both', () => {
    const pack = packOf('p', {
      'gfx.inf': graphicsInf,
      'old.inf': extensionInf,
      'new.inf': extensionInf.replace('05/30/2024', '06/30/2024'),
      'two.inf': extensionInf.replace('{E0C5', '{F0C5'),
    })
    expect(match([graphics], pack).drivers.map(({ driver }) => driver.inf)).toEqual(['gfx.inf', 'new.inf', 'two.inf'])
  })

  test('components that create each other come once', () => {
    const swc = (id: string, creates: string): string =>
      `${componentInf.replaceAll('VEN8086_IGCC', id)}[X]\nComponentIDs=${creates}\n`
    const pack = packOf('p', {
      'gfx.inf': graphicsInf,
      'a.inf': swc('VEN8086_IGCC', 'B'),
      'b.inf': swc('B', 'VEN8086_IGCC'),
    })
    expect(match([graphics], pack).drivers.map(({ driver }) => driver.inf)).toEqual(['a.inf', 'b.inf', 'gfx.inf'])
  })
})

test('the order of packs and devices decides nothing', () => {
  const packs = [
    packOf('a', { 'e.inf': ethernetInf, 'g.inf': graphicsInf }),
    packOf('b', { 'e.inf': ethernetInf, 'x.inf': extensionInf }, models),
    packOf('c', { 'e.inf': ethernetInf, 's.inf': componentInf }, otherModels),
  ]
  const summary = (devices: readonly InventoryDevice[], among: readonly DriverPack[]) =>
    match(devices, ...among).drivers.map(({ pack, driver }) => `${pack.name}/${driver.inf}`)
  fc.assert(
    fc.property(
      fc.shuffledSubarray([i225, i226, graphics], { minLength: 3 }),
      fc.shuffledSubarray(packs, { minLength: 3 }),
      (devices, among) => {
        expect(summary(devices, among)).toEqual(['a/g.inf', 'b/e.inf', 'b/x.inf'])
      },
    ),
  )
})
