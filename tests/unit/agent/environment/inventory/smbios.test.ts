import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meaningfulText } from '../../../../../agent/environment/inventory/firmware-text.ts'
import { readSmbios } from '../../../../../agent/environment/inventory/smbios.ts'
import { dmiStructure, endOfTable, module, nucTable, uuidBytes } from '../dmi-table.ts'

const version3 = Buffer.from('5f534d335f0018030300010000000000', 'hex')
const version2 = (minor: number): Buffer => Buffer.from([...Buffer.from('_SM_'), 0, 0x1f, 2, minor])

describe('SMBIOS', () => {
  test('tells system, board, firmware and processor of a NUC', () => {
    const { system, board, firmware, processor } = readSmbios(nucTable(), version3)
    expect(system).toEqual({
      manufacturer: 'Intel(R) Client Systems',
      product: 'NUC11TNHi5',
      version: 'M11904-403',
      serial: 'BTTN12300456',
      uuid: '03000200-0400-0500-0006-000700080009',
      sku: null,
      family: 'TN',
    })
    expect(board).toEqual({
      manufacturer: 'Intel Corporation',
      product: 'NUC11TNBi5',
      version: 'M11904-403',
      serial: null,
    })
    expect(firmware).toEqual({ vendor: 'Intel Corp.', version: 'TNTGL357.0071', date: '07/03/2023' })
    expect(processor).toEqual({
      model: '11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz',
      cores: 4,
      threads: 8,
      maxMhz: 4200,
    })
  })

  test('counts memory slots and modules, not the firmware’s flash', () => {
    expect(readSmbios(nucTable(), version3).memory).toEqual({
      totalBytes: 16 * 2 ** 30,
      slots: 2,
      modules: [
        {
          slot: 'SODIMM1 / CHANNEL A DIMM0',
          sizeBytes: 16 * 2 ** 30,
          type: 'DDR4',
          speedMtps: 3200,
          manufacturer: 'Kingston',
          serial: '12345678A',
          partNumber: '9905700-101.A00G',
        },
      ],
    })
  })

  test('reads a module of 32 GiB and more from the extended size', () => {
    const table = Buffer.concat([module(0x20, 65_536, ['A', 'B', 'C', 'D', 'E', 'F']), endOfTable])
    expect(readSmbios(table, version3).memory.totalBytes).toBe(64 * 2 ** 30)
  })

  test('reads the UUID big-endian before SMBIOS 2.6, as everybody does', () => {
    const table = dmiStructure(1, 1, [0, 0, 0, 0, ...uuidBytes], [])
    expect(readSmbios(table, version2(4)).system.uuid).toBe('00020003-0004-0005-0006-000700080009')
    expect(readSmbios(table, version2(6)).system.uuid).toBe('03000200-0400-0500-0006-000700080009')
  })

  test.each([
    ['00', 'all zeros'],
    ['ff', 'all ones'],
  ])('takes a UUID of %s for none', (byte) => {
    const table = dmiStructure(1, 1, [0, 0, 0, 0, ...Buffer.from(byte.repeat(16), 'hex')], [])
    expect(readSmbios(table, version3).system.uuid).toBeNull()
  })

  test('gives nulls for an absent table', () => {
    const { system, memory, processor } = readSmbios(new Uint8Array(), null)
    expect(Object.values(system).every((value) => value === null)).toBe(true)
    expect(memory).toEqual({ totalBytes: 0, slots: 0, modules: [] })
    expect(processor).toBeNull()
  })

  test('never throws, whatever the firmware wrote', () => {
    const type = fc.constantFrom(0, 1, 2, 4, 16, 17, 127)
    const structure = fc
      .tuple(type, fc.uint8Array({ maxLength: 80 }), fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }))
      .map(([kind, body, strings]) => dmiStructure(kind, 1, [...body], strings))
    const table = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(structure, { maxLength: 6 }).map((parts) => Buffer.concat(parts)),
    )
    fc.assert(fc.property(table, fc.uint8Array({ maxLength: 32 }), (bytes, entry) => void readSmbios(bytes, entry)))
  })

  test('survives a table that ends anywhere', () => {
    const table = nucTable()
    for (let end = 0; end < table.length; end += 1) readSmbios(table.subarray(0, end), version3)
  })
})

describe('texts of firmware', () => {
  test.each([
    'To Be Filled By O.E.M.',
    'To be filled by O.E.M',
    'Default string',
    'System Serial Number',
    'System Product Name',
    'Not Specified',
    'Not Applicable',
    'N/A',
    'None',
    'INVALID',
    '0123456789',
    '00000000',
    'xxxxxxxxxxxx',
    'FFFFFFFF',
    '   ',
    '................',
    'Chassis Serial Number',
  ])('%j says nothing', (text) => {
    expect(meaningfulText(text)).toBeNull()
  })

  test.each([
    ['  NUC11TNHi5  ', 'NUC11TNHi5'],
    ['HP   EliteDesk', 'HP EliteDesk'],
    ['0', null],
    ['FX', 'FX'],
    ['S64DNX0R123456', 'S64DNX0R123456'],
  ])('%j is %j', (text, expected) => {
    expect(meaningfulText(text)).toBe(expected)
  })
})
