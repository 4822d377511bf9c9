import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TftpEvent } from '../../server/tftp/events.ts'
import { fileOfBytes, type Opener } from '../../server/tftp/opener.ts'
import { servedFolder } from '../../server/tftp/roots.ts'
import { backoff } from '../../server/tftp/retransmission.ts'
import { DEFAULT_TFTP_CONFIG, listen } from '../../server/tftp/server.ts'
import type { TftpConfig, TftpDependencies, TftpServer } from '../../server/tftp/server.ts'
import type { Endpoint } from '../../server/tftp/transfer.ts'
import { seededRandom } from '../unit/server/tftp/simulated-network.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

/** Loopback carries 64 KiB datagrams whole, so that every blksize of RFC 2348 can be agreed to. */
const LOOPBACK: TftpConfig = {
  ...DEFAULT_TFTP_CONFIG,
  addresses: ['127.0.0.1'],
  port: 0,
  limits: { maxBlockBytes: 65464, maxWindowBlocks: 64 },
}

export type Fixture = {
  server: TftpServer
  endpoint: Endpoint
  /** What the server serves; clients write their copies elsewhere in `folder`. */
  root: string
  folder: string
  events: TftpEvent[]
  /** Makes a file of unlike bytes and gives its sha256. */
  addFile(name: string, sizeBytes: number): Promise<string>
  close(): Promise<void>
}

export async function openFixture(
  config: Partial<TftpConfig> = {},
  deps: Partial<TftpDependencies> = {},
): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'etabli-tftp-'))
  const root = join(folder, 'root')
  await mkdir(root)
  const events: TftpEvent[] = []
  const serveFolder = servedFolder(root)
  const open: Opener = async (path, client) =>
    path === '/grub/grub.cfg' ? fileOfBytes(Buffer.from(`set me=${client.address}\n`)) : serveFolder(path, client)
  const server = await listen({ ...LOOPBACK, ...config }, { open, onEvent: (event) => events.push(event), ...deps })
  const [endpoint] = server.endpoints
  if (!endpoint) throw new Error('the server listens nowhere')
  return {
    server,
    endpoint,
    root,
    folder,
    events,
    async addFile(name, sizeBytes) {
      const bytes = randomBytes(sizeBytes)
      await writeFile(join(root, name), bytes)
      return sha256(bytes)
    },
    async close() {
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

/**
 * Quick on a lossy loopback, and patient for a quarter of a minute: atftp acknowledges a block that it sees again only
 * once, so that when this ACK is lost too it falls silent until its own timeout of five seconds.
 */
export const IMPATIENT = backoff({ firstMs: 15, factor: 1.5, longestMs: 500, attempts: 36 })

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function randomBytes(length: number): Buffer {
  const random = seededRandom(length)
  const bytes = Buffer.alloc(length)
  for (let offset = 0; offset + 4 <= length; offset += 4) bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), offset)
  return bytes
}

/** Whether a program is installed; a suite that needs it says so and is skipped otherwise. */
export function hasProgram(name: string): boolean {
  return canRun(`TFTP with ${name}`, missingPrograms([name]))
}

export type ProgramEnd = { code: number | null; stdout: Buffer; output: string }

/** Runs a program to its end while the server in this process goes on. */
export function runProgram(command: string, args: readonly string[], input = '', cwd?: string): Promise<ProgramEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramEnd>()
  const child = spawn(command, args, { stdio: 'pipe', timeout: 50_000, ...(cwd === undefined ? {} : { cwd }) })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.on('error', reject)
  child.on('close', (code) => {
    const output = Buffer.concat([...stdout, ...stderr]).toString()
    resolve({ code, stdout: Buffer.concat(stdout), output })
  })
  child.stdin.end(input)
  return promise
}
