import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canRun } from '../machine/requirements.ts'
import { tlsFetch } from '../machine/tls-request.ts'
import { nucInventory, startAgent } from '../unit/server/api/agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from '../unit/server/api/workshop.ts'

const isRoot = canRun('a disk that fills up', process.getuid?.() === 0 ? null : 'mounting a small one needs root')

let scratch: string
let small: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'etabli-full-'))
  small = join(scratch, 'small')
  mkdirSync(small)
  if (!isRoot) return
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'etabli-small', small])
  if (status !== 0) throw new Error(String(stderr))
})
afterEach(() => {
  spawnSync('umount', ['--lazy', small])
  rmSync(scratch, { recursive: true, force: true })
})

const filler = (): string => join(small, 'filler')

/** Takes the last byte of the small disk. */
function fillUp(path = filler()): void {
  const file = openSync(path, 'a')
  for (const size of [1024 * 1024, 4096, 1]) {
    const piece = Buffer.alloc(size)
    try {
      for (;;) writeSync(file, piece)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  closeSync(file)
}

describe.skipIf(!isRoot)('a data folder whose disk is full', () => {
  let workshop: Workshop
  let token: string
  beforeEach(async () => {
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = small
    workshop = await openWorkshop()
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    token = await signIn(workshop)
  })
  afterEach(() => workshop.close())

  test('refuses in words what it cannot keep, goes on serving, and loses nothing once there is room', async () => {
    const agent = await startAgent(workshop, 1)
    const json = { machineIds: [agent.welcome.machineId], sequenceId: 'check-only' }
    const started = await ask<{ items: { id: string }[] }>(workshop, 'POST', '/api/deployments', { token, json })
    const runId = started.body.items[0]?.id ?? ''
    const step = await agent.step()
    await agent.report(step, { kind: 'started' })
    fillUp()

    const lines = Array.from({ length: 500 }, (_, index) => ({
      ...{ at: '2026-11-26T08:00:00.000Z', level: 'output' as const },
      text: `line ${index} `.padEnd(1000, '.'),
    }))
    let sent = 0
    let answer = await agent.report(step, { kind: 'log', from: sent, lines })
    // SQLite first fills what its files already have of the disk.
    while (answer.status === 200 && sent < 100_000) {
      sent += lines.length
      answer = await agent.report(step, { kind: 'log', from: sent, lines })
    }
    expect([answer.status, answer.body.code]).toEqual([507, 'DATA_FOLDER_FULL'])

    const put = await ask(workshop, 'PUT', '/api/sequences/own', {
      token,
      raw: 'name: Own\nenvironment:\n  - check-hardware: {}\n',
      headers: { 'content-type': 'text/yaml' },
    })
    expect([put.status, put.body['code']]).toEqual([507, 'DATA_FOLDER_FULL'])
    expect(put.body['message']).toContain(workshop.dataDir)
    const installer = await ask(workshop, 'PUT', '/api/software/tool/files/a.msi?size=500000', {
      token,
      raw: new Uint8Array(500_000),
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect([installer.status, installer.body['code']]).toEqual([507, 'NO_SPACE'])
    const upload = await ask(workshop, 'POST', '/api/imports', { token, json: { fileName: 'w.wim', sizeBytes: 5 } })
    expect([upload.status, upload.body['code']]).toEqual([507, 'NO_SPACE'])
    const signIn2 = await ask(workshop, 'POST', '/api/session', {
      json: { user: 'admin', password: 'atelier-de-test' },
    })
    expect([200, 507]).toContain(signIn2.status)
    for (const path of ['/healthz', '/api/machines', `/api/deployments/${runId}`, '/api/software'])
      expect([path, (await ask(workshop, 'GET', path, { token })).status]).toEqual([path, 200])

    rmSync(filler())
    // The agent repeats what was not taken: agent/runtime/report-sender.ts.
    expect((await agent.report(step, { kind: 'log', from: sent, lines })).body).toEqual({ verdict: 'accepted' })
    expect((await agent.report(step, { kind: 'done', result: {} })).body).toEqual({ verdict: 'accepted' })
    const log = await ask<{ items: unknown[] }>(workshop, 'GET', `/api/deployments/${runId}/log?limit=1000`, { token })
    expect(log.status).toBe(200)
    await workshop.restart()
    expect((await ask(workshop, 'GET', `/api/deployments/${runId}`, { token })).status).toBe(200)
  })
})

describe.skipIf(!isRoot)('a log whose disk is full', () => {
  let child: ChildProcess | null = null
  afterEach(() => void child?.kill('SIGKILL'))

  test('does not end the server, which writes on when there is room', async () => {
    const log = join(small, 'log')
    const started = spawn('sh', ['-c', `exec "$0" server/main.ts 2>>"$1"`, process.execPath, log], {
      env: {
        ...{ PATH: process.env['PATH'] ?? '', ETABLI_LISTEN: '127.0.0.1:0', ETABLI_TLS_LISTEN: '127.0.0.1:0' },
        ETABLI_DATA_DIR: join(scratch, 'data'),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child = started
    const ready = (): string => {
      const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
      return /"tls":\{"port":(\d+)/.exec(text)?.[1] ?? ''
    }
    await expect.poll(ready, { timeout: 30_000 }).not.toBe('')
    const url = `https://127.0.0.1:${ready()}/agent/v1/hello`
    // Each hello is a line of the log.
    const hello = async (number: number): Promise<number> => {
      const body = { agentVersion: '1', phase: 'environment', bootId: `boot-000${number}` }
      const { status } = await tlsFetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, inventory: nucInventory(number) }),
      })
      return status
    }
    fillUp()
    // The last page of the log itself too.
    fillUp(log)
    for (const number of [1, 2, 3, 4, 5]) expect(await hello(number)).toBe(200)
    const before = readFileSync(log).length
    rmSync(filler())
    expect(await hello(6)).toBe(200)
    await expect.poll(() => readFileSync(log).length, { timeout: 10_000 }).toBeGreaterThan(before)
    expect(readFileSync(log, 'utf8')).toContain('LOG_LINES_LOST')
    expect(started.exitCode).toBeNull()
  })
})
