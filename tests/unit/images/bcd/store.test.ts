import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeDevice, encodeDevice, wholeImage, type Device } from '../../../../images/bcd/device.ts'
import { decodeElement, hiveFromStore, storeFromHive, type Store } from '../../../../images/bcd/store.ts'
import { elements, objectTypes, wellKnown } from '../../../../images/bcd/well-known.ts'
import { winpeStore, type WinpeStoreRequest } from '../../../../images/bcd/winpe-store.ts'
import { windowsStore } from '../../../../images/bcd/windows-store.ts'
import { readHive } from '../../../../images/registry/read-hive.ts'
import { writeHive } from '../../../../images/registry/write-hive.ts'
import { foreignSamples } from '../../../foreign-samples.ts'
import { runs } from '../../property-runs.ts'

const guid = fc.uuid()
const simple: fc.Arbitrary<Device> = fc.oneof(
  fc.constant<Device>({ kind: 'boot' }),
  fc.record({ kind: fc.constant('gpt-partition' as const), partition: guid, disk: guid }),
  fc.record({
    kind: fc.constant('mbr-partition' as const),
    offset: fc.bigInt({ min: 0n, max: 2n ** 60n }),
    signature: fc.nat(),
  }),
  fc.record({ kind: fc.constant('locate' as const), element: fc.nat() }),
)
const device = fc.oneof(
  simple,
  fc.record({
    kind: fc.constant('ramdisk' as const),
    source: simple,
    path: fc.constantFrom('\\sources\\boot.wim', '\\Recovery\\WindowsRE\\Winre.wim', '\\é.wim'),
    options: guid,
    image: fc.constant(wholeImage),
  }),
)

const request = {
  partitions: {
    disk: '11111111-2222-3333-4444-555555555555',
    esp: '66666666-7777-8888-9999-aaaaaaaaaaaa',
    windows: 'bbbbbbbb-cccc-dddd-eeee-ffffffffffff',
  },
  description: 'Windows 11',
  locale: 'fr-FR',
  ids: { osloader: '01234567-89ab-cdef-0123-456789abcdef', resume: 'fedcba98-7654-3210-fedc-ba9876543210' },
}

function asValues(store: Store) {
  return Object.fromEntries(
    store.objects.map((one) => [one.id, { ...one, elements: Object.fromEntries(one.elements) }]),
  )
}

describe('device elements', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(device, (one) => {
        expect(decodeDevice(encodeDevice(one))).toEqual(one)
      }),
    )
  })

  test('are kept byte for byte when nobody knows them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 250 }), (bytes) => {
        expect([...encodeDevice(decodeDevice(bytes))]).toEqual([...bytes])
      }),
    )
  })

  test('of kind locate are the 46 bytes that boot Windows without a GUID', () => {
    const path = encodeDevice({ kind: 'locate', element: elements.path })
    const hex = '0000000000000000000000000000000008000000000000001e000000000000000000000002000012000000000000'
    expect(Buffer.from(path).toString('hex')).toBe(hex)
  })
})

describe('elements', () => {
  test('never lose a value, whatever stands in the hive', () => {
    const value = fc.record({ name: fc.constant('Element'), type: fc.nat(12), data: fc.uint8Array({ maxLength: 100 }) })
    const number = fc.integer({ min: 0x10000000, max: 0x3fffffff })
    fc.assert(
      fc.property(number, value, (id, original) => {
        const store = {
          description: [],
          objects: [
            { id: wellKnown.bootmgr, type: 1, description: [], elements: new Map([[id, decodeElement(id, original)]]) },
          ],
        }
        const again = storeFromHive(readHive(writeHive(hiveFromStore(store, 0n))))
        expect(asValues(again)).toEqual(asValues(store))
      }),
      { numRuns: runs(300) },
    )
  })
})

/** Ids that elements name although the store has no such object. */
function danglingIn(store: Store): string[] {
  const ids = new Set(store.objects.map((one) => one.id))
  const named = store.objects.flatMap((one) =>
    [...one.elements.values()].flatMap((element) =>
      element.kind === 'object' ? [element.id] : element.kind === 'objects' ? element.ids : [],
    ),
  )
  return named.filter((id) => !ids.has(id))
}

describe('our own store', () => {
  test('comes back object by object', () => {
    const store = windowsStore(request)
    expect(asValues(storeFromHive(readHive(writeHive(hiveFromStore(store, 0n)))))).toEqual(asValues(store))
  })

  test('names nothing that is not in it', () => {
    const store = windowsStore(request)
    expect(danglingIn(store)).toEqual([])
  })

  test('finds Windows by its path when no partition is named', () => {
    const store = windowsStore({ ...request, partitions: null })
    const loader = store.objects.find((one) => one.id === request.ids.osloader)
    expect(loader?.elements.get(elements.osdevice)).toEqual({
      kind: 'device',
      device: { kind: 'locate', element: elements.systemRoot },
    })
    expect(store.objects.find((one) => one.id === wellKnown.bootmgr)?.elements.has(elements.device)).toBe(false)
  })
})

const winpe: WinpeStoreRequest = {
  ...{ description: 'Windows PE', locale: 'fr-FR', wim: '\\sources\\boot.wim', sdi: '\\boot\\boot.sdi' },
  ...{ id: '7619dcc9-fafe-11d9-b411-000476eba25f', tftp: { blockSize: 1456, windowSize: 16 } },
}

describe('our own store for a WIM in memory', () => {
  test('comes back object by object, and names nothing that is not in it', () => {
    const store = winpeStore(winpe)
    expect(asValues(storeFromHive(readHive(writeHive(hiveFromStore(store, 0n)))))).toEqual(asValues(store))
    expect(danglingIn(store)).toEqual([])
  })

  test('names no disk: all is on the device the boot manager came from', () => {
    const loader = winpeStore(winpe).objects.find(({ id }) => id === winpe.id)
    expect(loader?.elements.get(elements.osdevice)).toMatchObject({
      device: { kind: 'ramdisk', source: { kind: 'boot' }, options: wellKnown.ramdiskoptions },
    })
    const bytes = encodeDevice({
      kind: 'ramdisk',
      source: { kind: 'boot' },
      path: winpe.wim,
      options: wellKnown.ramdiskoptions,
      image: wholeImage,
    })
    // The lengths that real stores have for this very path.
    expect(bytes.length).toBe(0xb0)
  })
})

describe.skipIf(foreignSamples === null)('stores of other makers', () => {
  const folder = join(foreignSamples ?? '', 'bcd')
  const files = foreignSamples === null ? [] : readdirSync(folder)
  const open = (file: string): Store => storeFromHive(readHive(readFileSync(join(folder, file))))

  test.each(files)('%s is understood to its last element, and comes back the same', (file) => {
    const store = open(file)
    const unknown = store.objects.flatMap((one) =>
      [...one.elements.values()].filter(
        (element) => element.kind === 'other' || (element.kind === 'device' && element.device.kind === 'other'),
      ),
    )
    expect(unknown).toEqual([])
    expect(asValues(storeFromHive(readHive(writeHive(hiveFromStore(store, 0n)))))).toEqual(asValues(store))
  })

  test('the store of a real NUC holds what ours holds, but for ids, names and recovery', () => {
    const real = open('nuc8-esp.bcd')
    const ours = windowsStore(request)
    const recovery = [elements.recoveryEnabled, 0x14000008, elements.displayMessageOverride]
    // Newer builds of Windows add these by themselves: flight signing, resume attempts, boot counting.
    const later = [0x1600007e, 0x26000005, 0x26000025]
    const shape = (store: Store, id: string) =>
      [...(store.objects.find((one) => one.id === id)?.elements.keys() ?? [])].sort()
    const loaderOf = (store: Store) => {
      const element = store.objects.find((one) => one.id === wellKnown.bootmgr)?.elements.get(elements.bootDefault)
      return element?.kind === 'object' ? element.id : ''
    }
    for (const id of Object.values(wellKnown)) {
      if (!real.objects.some((one) => one.id === id) || id === wellKnown.fwbootmgr) continue
      const wanted = shape(real, id).filter((number) => !later.includes(number))
      expect({ id, elements: shape(ours, id) }).toEqual({ id, elements: wanted })
    }
    const realLoader = shape(real, loaderOf(real)).filter((number) => ![...recovery, ...later].includes(number))
    expect(shape(ours, loaderOf(ours))).toEqual(realLoader)
  })

  test('the store of a real WinPE network boot holds what ours holds, but for its loader’s newer elements', () => {
    const real = open('winpe-netboot.bcd')
    const loaderOf = (store: Store) => store.objects.find(({ type }) => type === objectTypes.osloader)
    const realLoader = [...(loaderOf(real)?.elements.keys() ?? [])]
    const ours = [...(loaderOf(winpeStore(winpe))?.elements.keys() ?? [])]
    // The data execution prevention policy stands in newer media only.
    expect(ours.filter((number) => number !== elements.nx)).toEqual(realLoader)
    const optionsOf = (store: Store) => store.objects.find(({ type }) => type === objectTypes.deviceOptions)
    expect([...(optionsOf(winpeStore({ ...winpe, tftp: null }))?.elements.values() ?? [])]).toEqual([
      ...(optionsOf(real)?.elements.values() ?? []),
    ])
  })
})
