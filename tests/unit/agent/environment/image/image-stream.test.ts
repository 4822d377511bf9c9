import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { streamInto } from '../../../../../agent/environment/image/image-stream.ts'

const piece = Buffer.alloc(64 * 1024, 'etabli')
const sizeBytes = 400 * piece.length

function* pieces(count: number): Generator<Buffer> {
  for (let sent = 0; sent < count; sent += 1) yield piece
}

function sha256Of(count: number): string {
  const hash = createHash('sha256')
  for (const one of pieces(count)) hash.update(one)
  return hash.digest('hex')
}

test('brings every byte to the program, hashed and counted', async () => {
  const child = spawn('sha256sum', { stdio: ['pipe', 'pipe', 'inherit'] })
  const printed = once(child.stdout.setEncoding('utf8'), 'data')
  const hash = createHash('sha256')
  let counted = 0
  expect(await streamInto(Readable.from(pieces(400)), child.stdin, { hash, onBytes: (now) => (counted = now) })).toBe(
    sizeBytes,
  )
  expect(counted).toBe(sizeBytes)
  expect(String(await printed)).toContain(hash.digest('hex'))
})

test('goes on hashing when the program has read enough, as wimlib does', async () => {
  const child = spawn('head', ['-c', '100000'], { stdio: ['pipe', 'ignore', 'inherit'] })
  const hash = createHash('sha256')
  expect(await streamInto(Readable.from(pieces(400)), child.stdin, { hash })).toBe(sizeBytes)
  expect(hash.digest('hex')).toBe(sha256Of(400))
})

test('holds back a fast network while the program is slow', async () => {
  const child = spawn('sh', ['-c', 'sleep 0.3; cat > /dev/null'], { stdio: ['pipe', 'ignore', 'inherit'] })
  let asked = 0
  const source = Readable.from(
    (function* () {
      for (const one of pieces(400)) {
        asked += 1
        yield one
      }
    })(),
  )
  const done = streamInto(source, child.stdin, { hash: createHash('sha256') })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(asked).toBeLessThan(200)
  expect(await done).toBe(sizeBytes)
})

test('fails with the error of the network, and closes the program’s input', async () => {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'inherit'] })
  const broken = Readable.from(
    (function* () {
      yield piece
      throw new Error('ECONNRESET')
    })(),
  )
  await expect(streamInto(broken, child.stdin, { hash: createHash('sha256') })).rejects.toThrow('ECONNRESET')
  await once(child, 'exit')
})

test('stops at once when told to, however the program is stuck', async () => {
  const child = spawn('sleep', ['60'], { stdio: ['pipe', 'ignore', 'inherit'] })
  const stop = new AbortController()
  const done = streamInto(Readable.from(pieces(400)), child.stdin, { hash: createHash('sha256'), signal: stop.signal })
  setTimeout(() => stop.abort(new Error('run cancelled')), 50)
  await expect(done).rejects.toThrow('run cancelled')
  child.kill()
})
