import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { streamInto } from '../../agent/environment/image/image-stream.ts'
import { median, startFileServer } from './file-server.ts'
import { makeWindowsShapedTree } from './windows-shaped-tree.ts'

/**
 * How much slower is an image streamed over HTTP (our server → Node, hashing → wimlib's stdin → NTFS) than the same
 * file applied by wimlib from the local disk? Target: at most 1.1 times. Both ways in turn, each onto a fresh volume.
 */
const rounds = Number(process.env['ETABLI_BENCH_ROUNDS'] ?? 5)
const cache = fileURLToPath(new URL('../.cache/image-streaming/', import.meta.url))
const quiet = { stdio: 'ignore' } as const

function preparedImage(): string {
  const image = join(cache, 'image.wim')
  if (existsSync(image)) return image
  mkdirSync(cache, { recursive: true })
  const tree = join(cache, 'tree')
  const made = makeWindowsShapedTree(tree)
  console.log(`made ${made.files} files, ${(made.bytes / 1e6).toFixed(0)} MB; packing`)
  execFileSync('wimlib-imagex', ['capture', tree, `${image}.new`, 'bench', '--pipable', '--compress=LZX:20'], quiet)
  execFileSync('mv', [`${image}.new`, image])
  rmSync(tree, { recursive: true })
  return image
}

function freshVolume(path: string): void {
  rmSync(path, { force: true })
  writeFileSync(path, '')
  truncateSync(path, 3 * 1024 ** 3)
  execFileSync('mkntfs', ['-Q', '-F', '-q', path], quiet)
  // What the last round left to write is not this round's.
  execFileSync('sync')
}

function applyLocally(image: string, volume: string): Promise<void> {
  const child = spawn('wimlib-imagex', ['apply', image, '1', volume], { stdio: ['ignore', 'ignore', 'inherit'] })
  return ended(child)
}

async function applyStreamed(url: string, volume: string, expectedSha256: string): Promise<void> {
  const child = spawn('wimlib-imagex', ['apply', '-', '1', volume], { stdio: ['pipe', 'ignore', 'inherit'] })
  const done = ended(child)
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject))
  const hash = createHash('sha256')
  let bytes = 0
  await streamInto(response, child.stdin, { hash, onBytes: (now) => (bytes = now) })
  await done
  if (hash.digest('hex') !== expectedSha256) throw new Error(`${bytes} bytes came through, and not the right ones`)
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`wimlib-imagex ended with ${String(code)}`)
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const image = preparedImage()
const sha256 = createHash('sha256').update(readFileSync(image)).digest('hex')
const scratch = mkdtempSync(join(tmpdir(), 'etabli-bench-'))
const server = await startFileServer(image)
try {
  const volume = join(scratch, 'volume.img')
  const local: number[] = []
  const streamed: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    freshVolume(volume)
    local.push(await seconds(() => applyLocally(image, volume)))
    freshVolume(volume)
    streamed.push(await seconds(() => applyStreamed(server.url, volume, sha256)))
    console.log(`round ${round + 1}: local ${local.at(-1)?.toFixed(2)} s, streamed ${streamed.at(-1)?.toFixed(2)} s`)
  }
  const ratio = median(streamed) / median(local)
  const rate = statSync(image).size / 1e6 / median(streamed)
  console.log(
    `image streaming: local ${median(local).toFixed(2)} s, streamed ${median(streamed).toFixed(2)} s ` +
      `(${rate.toFixed(0)} MB/s of the image), ratio ${ratio.toFixed(2)} (target 1.10)`,
  )
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true })
}
