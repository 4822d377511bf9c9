import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeDevice } from '../../images/bcd/device.ts'
import { guidToBytes } from '../../images/bcd/guid.ts'
import { hiveFromStore, storeFromHive } from '../../images/bcd/store.ts'
import { elements, objectTypes, wellKnown } from '../../images/bcd/well-known.ts'
import { winpeStore } from '../../images/bcd/winpe-store.ts'
import { windowsStore, type WindowsStoreRequest } from '../../images/bcd/windows-store.ts'
import { readHive } from '../../images/registry/read-hive.ts'
import { writeHive } from '../../images/registry/write-hive.ts'
import { foreignSamples } from '../foreign-samples.ts'
import { asForeign, askHivexsh, hasHivex, readByHivexml } from './hivex.ts'

const partitions = {
  disk: '34f27b6c-bec4-489a-a47e-daeb82e04a9c',
  esp: 'd19bf831-5547-4064-9808-9bf92e9a2bc9',
  windows: 'b3a2a1f0-0102-0304-0506-0708090a0b0c',
}
const ids = { osloader: '01234567-89ab-cdef-0123-456789abcdef', resume: 'fedcba98-7654-3210-fedc-ba9876543210' }
const request: WindowsStoreRequest = { partitions, description: 'Windows 11 – Établi', locale: 'fr-FR', ids }

describe.runIf(hasHivex())('a BCD store of ours, opened by hivex', () => {
  let folder: string
  let file: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-bcd-'))
    file = join(folder, 'BCD')
    writeFileSync(file, writeHive(hiveFromStore(windowsStore(request), 134_000_000_000_000_000n)))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    ['by partition', request],
    ['by search', { ...request, partitions: null }],
  ])('that finds Windows %s has every object and element', (_how, one) => {
    const store = windowsStore(one)
    writeFileSync(join(folder, 'other'), writeHive(hiveFromStore(store, 0n)))
    expect(readByHivexml(join(folder, 'other'))).toEqual(asForeign(store))
  })

  test('that starts a WIM from memory has every object and element', () => {
    const store = winpeStore({
      ...{ description: 'Windows PE', locale: 'fr-FR', wim: '\\sources\\boot.wim', sdi: '\\boot\\boot.sdi' },
      ...{ id: ids.osloader, tftp: { blockSize: 1456, windowSize: 16 } },
    })
    writeFileSync(join(folder, 'winpe'), writeHive(hiveFromStore(store, 0n)))
    expect(readByHivexml(join(folder, 'winpe'))).toEqual(asForeign(store))
  })

  test('lists its objects in hivexsh', () => {
    const { bootmgr, memdiag } = wellKnown
    const listed = askHivexsh(file, ['cd \\Objects', 'ls'])
    expect(listed).toEqual(
      windowsStore(request)
        .objects.map(({ id }) => `{${id}}`)
        .toSorted(),
    )
    expect(listed).toEqual(expect.arrayContaining([`{${bootmgr}}`, `{${memdiag}}`, `{${ids.osloader}}`]))
  })

  test('lists the loader’s elements, and the partition among them, in hivexsh', () => {
    const [first] = askHivexsh(file, [`cd \\Objects\\{${ids.osloader}}\\Description`, 'lsval'])
    expect(first).toBe(`"Type"=dword:${objectTypes.osloader.toString(16).padStart(8, '0')}`)
    const at = `cd \\Objects\\{${ids.osloader}}\\Elements`
    expect(askHivexsh(file, [at, 'ls'])).toContain(elements.osdevice.toString(16))
    const [shown] = askHivexsh(file, [`${at}\\${elements.osdevice.toString(16)}`, 'lsval'])
    const bytes = Buffer.from(
      encodeDevice({ kind: 'gpt-partition', disk: partitions.disk, partition: partitions.windows }),
    )
    expect(shown).toBe(`"Element"=hex(3):${bytes.toString('hex').replace(/..(?!$)/g, '$&,')}`)
    expect(bytes.includes(Buffer.from(guidToBytes(partitions.windows)))).toBe(true)
    expect(askHivexsh(file, [`${at}\\12000004`, 'lsval Element'])).toEqual(['Windows 11 – Établi'])
  })
})

describe.runIf(foreignSamples !== null && hasHivex())('a store of somebody else', () => {
  const folder = join(foreignSamples ?? '', 'bcd')
  test.each(foreignSamples === null ? [] : readdirSync(folder))('%s means the same to hivex and to us', (name) => {
    const file = join(folder, name)
    expect(asForeign(storeFromHive(readHive(readFileSync(file))))).toEqual(readByHivexml(file))
  })
})
