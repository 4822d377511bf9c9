import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestIdentity } from '../machine/test-identity.ts'

/** Starts `serve-file.ts` on a file, over TLS where it gets a key; its process is not this one, as the server of a workshop is not the machine's. */
export async function startFileServer(
  path: string,
  identity: TestIdentity | null = null,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const script = fileURLToPath(new URL('serve-file.ts', import.meta.url))
  const env = identity === null ? process.env : { ...process.env, BENCH_KEY: identity.key, BENCH_CERT: identity.cert }
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'], env })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const port = Number(line)
  if (!(port > 0)) throw new Error(`the file server said ${String(line)}`)
  return {
    url: `${identity === null ? 'http' : 'https'}://127.0.0.1:${port}/file`,
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
