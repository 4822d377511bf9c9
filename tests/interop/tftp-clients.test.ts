import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasProgram, openFixture, runProgram, sha256 } from './tftp-fixture.ts'
import type { Fixture, ProgramEnd } from './tftp-fixture.ts'

const SIZE = 700_001
let fixture: Fixture
let expected = ''
let tiny = ''
let copies = 0

beforeAll(async () => {
  fixture = await openFixture()
  expected = await fixture.addFile('Vmlinuz', SIZE)
  tiny = await fixture.addFile('tiny', 3001)
})

afterAll(() => fixture.close())

/** Runs atftp for one file and gives the sha256 of what it wrote. */
async function atftp(file: string, options: Record<string, string | number>, server = fixture.endpoint) {
  const copy = join(fixture.folder, `copy-${(copies += 1)}`)
  const asked = Object.entries(options).flatMap(([name, value]) => ['--option', `${name} ${value}`])
  const args = [...asked, '-g', '-r', file, '-l', copy, server.address, String(server.port)]
  const { code, output } = await runProgram('atftp', args)
  return { code, output, sha256: code === 0 ? sha256(await readFile(copy)) : '' }
}

function lastEnd() {
  return fixture.events.findLast((event) => event.type === 'completed')
}

describe.skipIf(!hasProgram('atftp'))('atftp', () => {
  const sizes = [8, 512, 1428, 1468, 8192, 65464]
  const windows = [1, 2, 4, 16, 64]
  const matrix = sizes.flatMap((blksize) => windows.map((windowsize) => ({ blksize, windowsize })))

  test.each(matrix)('blksize $blksize, windowsize $windowsize', async (options) => {
    // Blocks of 8 bytes: a small file is enough of them.
    const [file, hash] = options.blksize === 8 ? ['tiny', tiny] : ['vmlinuz', expected]
    expect(await atftp(file, { ...options, tsize: 0 })).toMatchObject({ code: 0, sha256: hash })
    const agreed = lastEnd()?.options.map(({ name, value }) => `${name}=${value}`)
    expect(agreed).toContain(`blksize=${options.blksize}`)
    expect(agreed).toContain(`windowsize=${options.windowsize}`)
  })

  test.each([
    ['no option at all', {}],
    ['timeout', { timeout: 2 }],
    ['tsize', { tsize: 0 }],
    ['all of them', { tsize: 0, timeout: 1, blksize: 1024, windowsize: 8 }],
  ])('%s', async (_what, options) => {
    expect(await atftp('VMLINUZ', options)).toMatchObject({ code: 0, sha256: expected })
  })

  test('backslashes and another case', async () => {
    expect(await atftp('\\vmlinuz', {})).toMatchObject({ code: 0, sha256: expected })
  })

  test('is told in words what it may not do', async () => {
    expect(await atftp('nothing', {})).toMatchObject({ output: expect.stringContaining('File not found') })
    expect(await atftp('../root/tiny', {})).toMatchObject({
      output: expect.stringContaining('leaves the served folders'),
    })
    const source = join(fixture.folder, 'source')
    await writeFile(source, 'x')
    const { address, port } = fixture.endpoint
    const put = await runProgram('atftp', ['-p', '-l', source, '-r', 'upload', address, String(port)])
    expect(put.output).toContain('This server is read-only')
  })

  test('twelve of them at once', async () => {
    const options = { blksize: 1428, windowsize: 16 }
    const ends = await Promise.all(Array.from({ length: 12 }, () => atftp('vmlinuz', options)))
    expect(ends.map((end) => end.sha256)).toEqual(ends.map(() => expected))
  })
})

describe.skipIf(!hasProgram('curl'))('curl', () => {
  const url = (file: string) => `tftp://${fixture.endpoint.address}:${fixture.endpoint.port}/${file}`

  test.each([8, 512, 1428, 16384, 65464])('--tftp-blksize %i', async (blksize) => {
    const [file, hash] = blksize === 8 ? ['tiny', tiny] : ['Vmlinuz', expected]
    const { stdout } = await runProgram('curl', ['-s', '--tftp-blksize', String(blksize), url(file)])
    expect(sha256(stdout)).toBe(hash)
  })

  test('--tftp-no-options', async () => {
    const { stdout } = await runProgram('curl', ['-s', '--tftp-no-options', url('vmlinuz')])
    expect(sha256(stdout)).toBe(expected)
  })

  test('gets a rendered file', async () => {
    const { stdout } = await runProgram('curl', ['-s', url('/grub/grub.cfg')])
    expect(stdout.toString()).toBe('set me=127.0.0.1\n')
  })

  test('is told that a file is missing (its exit code 68)', async () => {
    expect(await runProgram('curl', ['-s', url('nothing')])).toMatchObject({ code: 68 })
  })
})

describe.skipIf(!hasProgram('tftp'))('tftp-hpa', () => {
  const tftp = (commands: string): Promise<ProgramEnd> => {
    const { address, port } = fixture.endpoint
    return runProgram('tftp', ['-4', address, String(port)], `${commands}\nquit\n`, fixture.folder)
  }

  test('reads in binary mode', async () => {
    await tftp('binary\nget vmlinuz hpa-copy')
    expect(sha256(await readFile(join(fixture.folder, 'hpa-copy')))).toBe(expected)
  })

  test('is told that netascii is not served', async () => {
    expect((await tftp('ascii\nget vmlinuz ascii-copy')).output).toContain('Only octet (binary) mode is served')
  })
})
