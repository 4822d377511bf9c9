import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PinnedAgent } from '../../agent/runtime/pinned-agent.ts'
import { makeTestIdentity } from '../machine/test-identity.ts'
import { median, startFileServer } from './file-server.ts'

/**
 * What TLS costs an image on its way: the same file from our server, hashed by the agent's side, over plain HTTP and over
 * TLS in turn. Both ends share this machine's cores, so a real bench loses less.
 */
const rounds = Number(process.env['ETABLI_BENCH_ROUNDS'] ?? 7)
const sizeBytes = 512 * 2 ** 20

async function seconds(url: string, agent: PinnedAgent | null): Promise<number> {
  const start = performance.now()
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = agent === null ? getPlain(url, resolve) : getSecure(url, { agent }, resolve)
    sent.on('error', reject)
  })
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of response) {
    if (!(piece instanceof Buffer)) continue
    hash.update(piece)
    bytes += piece.length
  }
  if (bytes !== sizeBytes) throw new Error(`${bytes} bytes came`)
  return (performance.now() - start) / 1000
}

const folder = mkdtempSync(join(tmpdir(), 'etabli-bench-'))
const file = join(folder, 'image')
writeFileSync(file, randomBytes(sizeBytes))
const identity = await makeTestIdentity()
const plain = await startFileServer(file)
const secure = await startFileServer(file, identity)
const agent = new PinnedAgent(identity.pin)
try {
  const http: number[] = []
  const tls: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    http.push(await seconds(plain.url, null))
    tls.push(await seconds(secure.url, agent))
  }
  const rate = (times: number[]): string => `${(sizeBytes / 1e6 / median(times)).toFixed(0)} MB/s`
  const ratio = median(tls) / median(http)
  console.log(`image over TLS: HTTP ${rate(http)}, TLS ${rate(tls)}, TLS takes ${ratio.toFixed(2)} times as long`)
} finally {
  agent.destroy()
  await plain.stop()
  await secure.stop()
  rmSync(folder, { recursive: true })
}
