import { describe, expect, test } from 'vitest'
import { usableMac, usableSerial, usableUuid } from '../../../../server/machines/fillers.ts'
import { identityOf } from '../../../../server/machines/identity.ts'
import { swappedUuid } from '../../../../server/machines/uuid.ts'
import { inventory } from '../deployments/sample.ts'

/** GLPI's Blacklist (src/Blacklist.php), FusionInventory's and OCS Inventory's before it. */
const publishedSerials = [
  ...['', '0', 'N/A', '(null string)', 'INVALID', 'SYS-1234567890', 'SYS-9876543210', 'SN-12345', 'SN-1234567890'],
  ...['000000', '0000000', '00000000', '000000000', '0000000000', '1111111', '1.0', '1.0.1', '01010101'],
  ...['0123456789', '12345', '123456', '1234567', '12345678', '123456789', '1234567890', '123456789000'],
  ...['12345678901234567', 'NNNNNNN', 'xxxxxxxxxxx', 'EVAL', 'IATPASS', 'none', 'To Be Filled By O.E.M.'],
  ...['Tulip Computers', 'Serial Number xxxxxx', 'SN-123456fvgv3i0b8o5n6n7k', 'Unknow', 'System Serial Number'],
  ...['MB-1234567890', 'empty', 'Not Specified', 'OEM_Serial', 'SystemSerialNumb'],
]

/** What boards of Gigabyte, ASUS, ASRock, MSI, Dell and others say besides. */
const seenSerials = [
  ...['  ', 'To be filled by O.E.M', 'To Be Filled By O.E.M. by More String', 'Default string', 'default_string'],
  ...['XXXXXXXX', '.....', '-', 'FFFFFFFFFFFF', '0123456789ABCDEF', '123456789ABC', '87654321', 'abcdefgh'],
  ...[
    'SSN12345678901234567',
    'BSN12345678901234567',
    'Chassis Serial Number',
    'Base Board Serial Number',
    'Enter Serial',
  ],
  ...[
    'Type2 - Board Serial Number',
    'Not Applicable',
    'Not Available',
    'Not Settable',
    'O.E.M.',
    'System Serial#',
    'NULL',
  ],
  ...['None1', 'DELL', 'No Serial Number', 'Unknown', 'v1.02', '3210'],
]

/** FreeBSD's rc.d/hostid and GLPI's Blacklist. */
const publishedUuids = [
  '00000000-0000-0000-0000-000000000000',
  '00020003-0004-0005-0006-000700080009',
  '01010101-0101-0101-0101-010101010101',
  '03000200-0400-0500-0006-000700080009',
  '07090201-0103-0301-0807-060504030201',
  '11111111-1111-1111-1111-111111111111',
  '11111111-2222-3333-4444-555555555555',
  '4c4c4544-0000-2010-8020-80c04f202020',
  '56f49712-ffff-ffff-ffff-ffffffffffff',
  '58585858-5858-5858-5858-585858585858',
  '6AB5B300-538D-1014-9FB5-B0684D007B53',
  '890e2d14-cacd-45d1-ae66-bc80e8bfeb0f',
  '8e275844-178f-44a8-aceb-a7d7e5178c63',
  'dc698397-fa54-4cf2-82c8-b1b5307a6a7f',
  'fefefefe-fefe-fefe-fefe-fefefefefefe',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '2',
]
const seenUuids = [
  '12345678-1234-5678-90ab-cddeefaabbcc',
  '12345678-1234-1234-1234-123456789abc',
  '12345678-90ab-cdef-1234-567890abcdef',
  '00010203-0405-0607-0809-0a0b0c0d0e0f',
  '01020304-0506-0708-090a-0b0c0d0e0f10',
]

const realSerials = [
  ...['G6BN226001AB', 'GEYN0520031K', 'BTTN1090009X', 'GENU1234', 'M89903-203-1'],
  ...['G6YN210', '5Q4Q7Y1', 'JX7Z3B2', '1234ABC', 'CN7220036H04QB', '/5Q4Q7Y1/CN7220036H04QB/'],
  ...['PF0ZQK1N', 'MJ08R5LM', 'R90PXYZ1', 'PC12345X', 'S4ABC123', '1S20L5CTO1WWPF1ABCDE'],
  ...['5CG7123ABC', 'CZC1234567', '8CC0123456', 'TRF1234567', 'NXVLMEF0021230A2B47600', 'K9N0CX12345678'],
  ...['026817463553', '20170914', '7392-3381-1253-9034-0203-2953-08', 'C02MH5Y2F5V7', 'K2212N0012345', 'SN12AB34'],
  ...['VMware-42 1f 3a 5b 6c 7d 8e 9f-00 11 22 33 44 55 66 77', 'MB2F19K4', 'AB12', '1234567B', '12.4456', '1002003'],
]
const realUuids = [
  '4c4c4544-0051-3410-8051-b5c04f375931',
  '4c4c4544-0042-3510-8057-b4c04f4d3332',
  '30373237-3132-4d32-3234-343930304143',
  '00000000-0000-0000-0000-0cc47a6b1234',
  '03d40274-0435-0570-7706-060700080009',
  '564d1f3a-5b6c-7d8e-9f00-112233445566',
  'f0900000-0000-1000-8000-001b21a3c4d5',
  'a94e5d2c-11d3-11ed-9b7e-6c4b90aa3f00',
]

describe('filler is no identity', () => {
  test.each([...publishedSerials, ...seenSerials])('serial %j', (serial) => {
    expect([usableSerial(serial), usableSerial(serial.toUpperCase()), usableSerial(serial.toLowerCase())]).toEqual([
      ...[null, null, null],
    ])
  })

  test.each([...publishedUuids, ...seenUuids])('UUID %j, in whichever byte order', (uuid) => {
    expect([usableUuid(uuid), usableUuid(uuid.toUpperCase()), usableUuid(swappedUuid(uuid))]).toEqual([
      null,
      null,
      null,
    ])
  })

  test.each([
    ...['', 'x', 'en:p3:s0:00:00:00', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:01'],
    ...['88:88:88:88:87:88', '02:00:4e:43:50:49', '00:50:56:C0:00:08', '0A-00-27-00-00-00', 'FE:FF:FF:FF:FF:FF'],
  ])('MAC address %j', (mac) => {
    expect(usableMac(mac)).toBeNull()
  })

  test('nothing is none', () => {
    expect([usableSerial(null), usableUuid(null), usableMac(null)]).toEqual([null, null, null])
  })

  test('the model’s name written where the serial number belongs', () => {
    const { system, board, ...rest } = inventory()
    for (const serial of ['NUC11TNHi5', 'nuc11tnhi5', 'Intel(R) Client Systems', 'NUC11TNBi5']) {
      const named = { ...rest, board, system: { ...system, serial } }
      expect(identityOf(named).serial).toBeNull()
      expect(identityOf({ ...named, board: { ...board, serial: 'BTTN1090009X' } }).serial).toBe('BTTN1090009X')
    }
  })
})

describe('what a maker has programmed is kept', () => {
  test.each(realSerials)('serial %s', (serial) => {
    expect(usableSerial(serial, ['Dell Inc.', 'OptiPlex 7010'])).toBe(serial)
  })

  test.each(realUuids)('UUID %s', (uuid) => {
    expect(usableUuid(uuid)).toBe(uuid)
  })

  test('however it is spelled', () => {
    expect(usableSerial('  AB   12 ')).toBe('AB 12')
    expect(usableUuid('4C4C4544-0051-3410-8051-B5C04F375931')).toBe('4c4c4544-0051-3410-8051-b5c04f375931')
    expect(usableMac('1C-69-7A-00-00-01')).toBe('1c:69:7a:00:00:01')
  })
})
