import Fastify from 'fastify'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendFile } from '../../server/api/file-stream.ts'
import { has, scratchFolder } from './wim-material.ts'

const scratch = scratchFolder('http-file')
const path = join(scratch, 'image.wim')
const content = randomBytes(3_000_000)
const server = Fastify({ logger: false })
const run = promisify(execFile)
let url = ''

beforeAll(async () => {
  writeFileSync(path, content)
  const { size, mtime } = statSync(path)
  server.get('/image', (request, reply) =>
    sendFile(request, reply.header('cache-control', 'no-cache'), {
      path,
      sizeBytes: size,
      etag: 'abc',
      mtime,
      contentType: 'application/x-ms-wim',
    }),
  )
  server.get('/gone', (request, reply) =>
    sendFile(request, reply, { path: `${path}.gone`, sizeBytes: 9, etag: 'x', mtime, contentType: 'text/plain' }),
  )
  url = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  rmSync(scratch, { recursive: true, force: true })
})

/** What curl got: status, headers by lower-case name, body. */
async function curl(
  ...args: readonly string[]
): Promise<{ status: number; headers: Map<string, string>; body: Buffer }> {
  const out = join(scratch, 'out')
  rmSync(out, { force: true })
  const { stdout } = await run('curl', ['-s', '-D', '-', '-o', out, `${url}/image`, ...args])
  const lines = stdout.trim().split('\r\n')
  const headers = lines.slice(1).map((line) => line.split(': ', 2))
  return {
    status: Number(lines[0]?.split(' ')[1]),
    headers: new Map(headers.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    body: statSync(out, { throwIfNoEntry: false }) === undefined ? Buffer.alloc(0) : readFileSync(out),
  }
}

describe.skipIf(!has('curl'))('curl', () => {
  test('gets the whole file, and what it needs to ask again', async () => {
    const { status, headers, body } = await curl()
    expect(status).toBe(200)
    expect(body.equals(content)).toBe(true)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-length': '3000000',
      'content-type': 'application/x-ms-wim',
      'accept-ranges': 'bytes',
      'cache-control': 'no-cache',
      etag: '"abc"',
      'last-modified': statSync(path).mtime.toUTCString(),
    })
  })

  test('gets only headers by HEAD', async () => {
    const { status, headers, body } = await curl('--head')
    expect([status, headers.get('content-length'), headers.get('etag')]).toEqual([200, '3000000', '"abc"'])
    expect(body.length).toBeLessThan(1000)
  })

  test.each([
    ['0-99', 0, 100],
    ['2999000-', 2_999_000, 3_000_000],
    ['-5', 2_999_995, 3_000_000],
    ['1000000-2000000', 1_000_000, 2_000_001],
    ['2999999-9999999', 2_999_999, 3_000_000],
  ])('gets the range %s', async (range, from, to) => {
    const { status, headers, body } = await curl('--range', range)
    expect(status).toBe(206)
    expect(headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/3000000`)
    expect(headers.get('content-length')).toBe(String(to - from))
    expect(body.equals(content.subarray(from, to))).toBe(true)
  })

  test('goes on with a download that broke off', async () => {
    const part = join(scratch, 'part')
    writeFileSync(part, content.subarray(0, 1_234_567))
    await run('curl', ['-sf', '-C', '-', '-o', part, `${url}/image`])
    expect(readFileSync(part).equals(content)).toBe(true)
  })

  test.each([
    [['-H', 'If-None-Match: "abc"'], 304, 0],
    [['-H', 'If-None-Match: "old"'], 200, 3_000_000],
    [['--time-cond', 'Fri, 01 Jan 2100 00:00:00 GMT'], 304, 0],
    [['--range', '3000000-'], 416, 0],
    [['--range', '5-9', '-H', 'If-Range: "abc"'], 206, 5],
    [['--range', '5-9', '-H', 'If-Range: "old"'], 200, 3_000_000],
    [['-H', 'If-Match: "old"'], 412, 0],
    [['--range', '0-1,5-6'], 200, 3_000_000],
  ])('with %j is answered %i', async (args, status, bytes) => {
    const answer = await curl(...args)
    expect([answer.status, answer.body.length]).toEqual([status, bytes])
    if (status === 416) expect(answer.headers.get('content-range')).toBe('bytes */3000000')
  })

  test('hears of a file that is gone before any byte of it', async () => {
    const { stdout } = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', `${url}/gone`])
    expect(stdout).toBe('500')
  })

  test('that leaves in the middle takes nothing with it', async () => {
    await expect(run('curl', ['-s', '--max-filesize', '10', '-o', '/dev/null', `${url}/image`])).rejects.toThrow()
    expect((await curl('--range', '0-9')).body.equals(content.subarray(0, 10))).toBe(true)
  })
})
