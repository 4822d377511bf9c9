import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasProgram, IMPATIENT, openFixture, runProgram, sha256 } from './tftp-fixture.ts'
import type { Fixture } from './tftp-fixture.ts'
import { openRelay } from './tftp-relay.ts'
import type { Weather } from './tftp-relay.ts'

let fixture: Fixture
let small = ''
let large = ''
let copies = 0

beforeAll(async () => {
  fixture = await openFixture({}, { retransmission: IMPATIENT })
  small = await fixture.addFile('small', 3003)
  large = await fixture.addFile('large', 200_000)
})

afterAll(() => fixture.close())

const BAD: Weather = { loss: 0.02, duplication: 0.04, reordering: 0.04 }
const REPEATED_BADLY: Weather = { loss: 0, duplication: 0.2, reordering: 0.1 }

/** Lets a client fetch a file over a bad network, checks that it is whole, and gives the number of mishaps on its way. */
async function fetchOver(
  weather: Weather,
  seed: number,
  expected: string,
  client: (address: string, port: string, copy: string) => readonly [string, readonly string[]],
): Promise<number> {
  const relay = await openRelay(fixture.endpoint, weather, seed)
  try {
    const copy = join(fixture.folder, `copy-${(copies += 1)}`)
    const [program, args] = client(relay.endpoint.address, String(relay.endpoint.port), copy)
    const { code, output } = await runProgram(program, args)
    expect(code, output).toBe(0)
    expect(sha256(await readFile(copy))).toBe(expected)
    const { lost, doubled, overtaken } = relay.mishaps
    return lost + doubled + overtaken
  } finally {
    relay.close()
  }
}

describe.skipIf(!hasProgram('atftp'))('atftp, with loss, duplication and reordering', () => {
  const matrix = [
    { blksize: 8, windowsize: 1 },
    { blksize: 8, windowsize: 64 },
    { blksize: 512, windowsize: 1 },
    { blksize: 512, windowsize: 16 },
    { blksize: 1428, windowsize: 1 },
    { blksize: 1428, windowsize: 4 },
    { blksize: 1428, windowsize: 16 },
    { blksize: 1428, windowsize: 64 },
    { blksize: 8192, windowsize: 4 },
    { blksize: 65464, windowsize: 1 },
    { blksize: 65464, windowsize: 2 },
  ]
  test.each(matrix)('blksize $blksize, windowsize $windowsize', async ({ blksize, windowsize }) => {
    const [file, expected] = blksize === 8 ? ['small', small] : ['large', large]
    let mishaps = 0
    for (const [seed, weather] of [BAD, REPEATED_BADLY].entries()) {
      mishaps += await fetchOver(weather, seed + 1, expected, (address, port, copy) => [
        'atftp',
        ['--option', `blksize ${blksize}`, '--option', `windowsize ${windowsize}`, '--option', 'tsize 0'].concat(
          // Without the option `timeout`: it would have each loss wait for whole seconds.
          ['-g', '-r', file, '-l', copy, address, port],
        ),
      ])
    }
    expect(mishaps).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasProgram('curl'))(
  'curl, which asks for six seconds between repetitions, with duplication and reordering',
  () => {
    test.each([512, 1428, 65464])('blksize %i', async (blksize) => {
      await fetchOver(REPEATED_BADLY, blksize, large, (address, port, copy) => [
        'curl',
        ['-s', '-S', '-m', '40', '--tftp-blksize', String(blksize), '-o', copy, `tftp://${address}:${port}/large`],
      ])
    })
  },
)

describe.skipIf(!hasProgram('curl'))('curl, with loss too', () => {
  test.each([64, 512, 1428])('blksize %i', async (blksize) => {
    const [file, expected] = blksize === 64 ? ['small', small] : ['large', large]
    // A limit of 5 s for the connection has curl ask for the shortest repetition TFTP knows, one second (RFC 2349).
    const mishaps = await fetchOver(BAD, blksize, expected, (address, port, copy) => [
      'curl',
      ['-s', '-S', '--connect-timeout', '5', '-m', '50', '--tftp-blksize', String(blksize), '-o', copy].concat(
        `tftp://${address}:${port}/${file}`,
      ),
    ])
    expect(mishaps).toBeGreaterThan(0)
  })
})
