import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { KeyPin } from '../../../../agent/protocol/key-pin.ts'
import { tlsFetch } from '../../../machine/tls-request.ts'
import { readConfig } from '../../../../server/configuration/read.ts'
import type { Patience } from '../../../../server/machines/claims/claims.ts'
import { serve, type RunningServer } from '../../../../server/wiring/serve.ts'
import type { MachineView } from '../../../../server/api/machines/schema.ts'

export const adminPassword = 'atelier-de-test'

/** A server on a free loopback port over a data folder of its own, that can be closed and started again. */
export type Workshop = {
  dataDir: string
  url: string
  /** Where agents reach it, and what they know it by. */
  tls: { url: string; pin: KeyPin }
  restart(): Promise<void>
  close(): Promise<void>
}

export type WorkshopOptions = {
  env?: Record<string, string>
  holdMs?: number
  patience?: Patience
  /** The clock of what is awaited, in milliseconds. */
  elapsedMs?: () => number
  prepare?: (dataDir: string) => void
  /** Hears every line of the server's log. */
  log?: (line: string) => void
}

/** A machine of the tests starts anew in no time: its last start is over as soon as it is silent. */
const startsInNoTime: Patience = { silenceMs: 0, overlapMs: 5000 }

/** Opens the real server with the real store; DHCP and TFTP stay off. */
export async function openWorkshop({
  env = {},
  holdMs = 2000,
  patience = startsInNoTime,
  elapsedMs = () => performance.now(),
  prepare,
  log,
}: WorkshopOptions = {}): Promise<Workshop> {
  const logger = log ? pino({ level: 'debug' }, { write: log }) : pino({ level: 'silent' })
  const dataDir = mkdtempSync(join(tmpdir(), 'etabli-api-'))
  prepare?.(dataDir)
  const start = async (): Promise<RunningServer> => {
    const reading = readConfig({
      env: {
        ETABLI_DATA_DIR: dataDir,
        ETABLI_LISTEN: '127.0.0.1:0',
        ETABLI_PUBLIC_URL: 'http://127.0.0.1:8080',
        ETABLI_ADMIN_PASSWORD: adminPassword,
        ETABLI_DASHBOARD_DIR: join(dataDir, 'dashboard'),
        ...env,
      },
      file: null,
      fileName: 'etabli.yaml',
    })
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    return serve(reading.config, { log: logger, version: 'test', holdMs, patience, elapsedMs })
  }
  let server = await start()
  return {
    dataDir,
    get url() {
      return `http://127.0.0.1:${server.port}`
    },
    get tls() {
      return { url: `https://127.0.0.1:${server.tls.port}`, pin: server.tls.pin }
    },
    async restart() {
      await server.close()
      server = await start()
    },
    async close() {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type Reply<T = Record<string, unknown>> = { status: number; headers: Headers; body: T }

/** One request, over TLS where an agent would speak; JSON in and out. The answer's type is the caller's claim, checked by what the test expects of it. */
export async function ask<T = Record<string, unknown>>(
  workshop: Pick<Workshop, 'url'> & Partial<Pick<Workshop, 'tls'>>,
  method: string,
  path: string,
  request: { token?: string | undefined; json?: unknown; raw?: BodyInit; headers?: Record<string, string> } = {},
): Promise<Reply<T>> {
  const headers = {
    ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
    ...request.headers,
  }
  const body = request.json === undefined ? request.raw : JSON.stringify(request.json)
  const sent = body === undefined ? { method, headers } : { method, headers, body }
  const response =
    path.startsWith('/agent/') && workshop.tls !== undefined && (body === undefined || typeof body === 'string')
      ? await tlsFetch(`${workshop.tls.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
      : await fetch(`${workshop.url}${path}`, sent)
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  }
}

/** Signs in and gives the session's token, which works as a bearer token too. */
export async function signIn(
  workshop: Pick<Workshop, 'url'>,
  user = 'admin',
  password = adminPassword,
): Promise<string> {
  const { status, headers } = await ask(workshop, 'POST', '/api/session', { json: { user, password } })
  const token = /etabli_session=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1]
  if (status !== 200 || !token) throw new Error(`sign-in was answered ${status}`)
  return token
}

/** What a request to start runs says of the disks that were seen: as the API shows them now. */
export async function disksSeen(
  workshop: Pick<Workshop, 'url'>,
  token: string,
  machineId: string,
): Promise<Record<string, string>> {
  const { body } = await ask<MachineView>(workshop, 'GET', `/api/machines/${machineId}`, { token })
  return body.hardware === null ? {} : { [machineId]: body.hardware.disksRevision }
}

/** Puts an agent for Windows where the server looks for it, as agent/windows/build/build.ts would have. */
export function putWindowsAgent(dataDir: string, bytes: Buffer = randomBytes(50_000)): Buffer {
  const folder = join(dataDir, 'windows-agent')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'etabli-agent.exe'), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const manifest = { version: '0.1.0', file: 'etabli-agent.exe', sizeBytes: bytes.length, sha256 }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ inputs: 'x', runtime: '22.0.0', ...manifest }))
  return bytes
}

/** Puts a prepared image into the catalogue's folder, as the catalogue itself would have. */
export function putImage(dataDir: string, id: string, bytes: Buffer = randomBytes(100_000)): Buffer {
  const folder = join(dataDir, 'images', id)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'image.wim'), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const manifest = {
    ...{ format: 1, id, name: `Windows ${id}`, description: '', edition: 'Professional', architecture: 'x64' },
    ...{ build: '26100.4349', languages: ['fr-FR'], defaultLanguage: 'fr-FR', fileCount: 3 },
    ...{ sizeBytes: bytes.length, contentBytes: bytes.length * 2, sha256, contentSha1: '0'.repeat(40) },
    source: { fileName: 'install.wim', sha256, index: 1 },
    ...{ wimlib: '1.14.4', preparedAt: '2026-11-20T10:00:00.000Z' },
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return bytes
}
