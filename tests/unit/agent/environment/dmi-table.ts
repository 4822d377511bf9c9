/** One SMBIOS structure as bytes: the formatted area from offset 4 on, then its strings. */
export function dmiStructure(
  type: number,
  handle: number,
  body: readonly number[],
  strings: readonly string[],
): Buffer {
  const header = [type, body.length + 4, handle & 0xff, handle >> 8]
  const text = strings.length === 0 ? '\0\0' : `${strings.join('\0')}\0\0`
  return Buffer.concat([Buffer.from([...header, ...body]), Buffer.from(text, 'latin1')])
}

export function words(...values: number[]): number[] {
  return values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff])
}

export const endOfTable = dmiStructure(127, 0xfeff, [], [])

export const uuidBytes = Buffer.from('00020003000400050006000700080009', 'hex')

/** A NUC's table: BIOS, system, board, one processor, a memory array with two slots (one empty), and flash that is no memory. */
export function nucTable(): Buffer {
  return Buffer.concat([
    dmiStructure(
      0,
      0,
      [1, 2, 0, 0, 3, 0xff, ...Array.from({ length: 8 }, () => 0)],
      ['Intel Corp.', 'TNTGL357.0071', '07/03/2023'],
    ),
    dmiStructure(
      1,
      1,
      [1, 2, 3, 4, ...uuidBytes, 6, 5, 6],
      ['Intel(R) Client Systems', 'NUC11TNHi5 ', 'M11904-403', 'BTTN12300456', 'Default string', 'TN'],
    ),
    dmiStructure(
      2,
      2,
      [1, 2, 3, 4, 0, 9, 0, 3, 0, 10, 0],
      ['Intel Corporation', 'NUC11TNBi5', 'M11904-403', 'To be filled by O.E.M.'],
    ),
    processor(),
    dmiStructure(16, 0x20, [3, 3, 3, 0, 0, 0, 4, 0xfe, 0xff, 2, 0], []),
    dmiStructure(16, 0x21, [3, 5, 3, 0, 0, 1, 0, 0xfe, 0xff, 1, 0], []),
    module(0x20, 16 * 1024, ['SODIMM1', 'CHANNEL A DIMM0', 'Kingston', '12345678A', 'None', '9905700-101.A00G  ']),
    module(0x20, 0, ['SODIMM2', 'CHANNEL B DIMM0', 'NO DIMM', 'NO DIMM', 'None', 'NO DIMM']),
    module(0x21, 32, ['FLASH', 'SPI', 'Winbond', '1', 'None', 'W25']),
    endOfTable,
  ])
}

function processor(): Buffer {
  const body = [
    1,
    3,
    0xc6,
    2,
    ...Array.from({ length: 8 }, () => 0),
    3,
    0,
    ...words(100, 4200, 2400),
    0x41,
    1,
    ...words(0, 0, 0),
    0,
    0,
    0,
    4,
    4,
    8,
  ]
  return dmiStructure(4, 4, body, ['U3E1', 'Intel(R) Corporation', '11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz'])
}

export function module(array: number, mebibytes: number, strings: readonly string[], speed = 3200): Buffer {
  const size = mebibytes >= 0x7fff ? 0x7fff : mebibytes
  const extended = size === 0x7fff ? mebibytes : 0
  const body = [
    ...words(array, 0xfffe, 64, 64, size),
    ...[0x0d, 0, 1, 2, 0x1a],
    ...words(0x80, speed),
    ...[3, 4, 5, 6, 1],
    ...words(extended & 0xffff, extended >> 16, speed, 1200, 1200, 1200),
  ]
  return dmiStructure(17, 0x30, body, strings)
}
