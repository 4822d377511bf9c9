import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'

const run = promisify(execFile)

let dataDir: string
let programs: ChildProcess[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'etabli-process-'))
  programs = []
})
afterEach(() => {
  for (const program of programs) program.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

type Started = ServerProgram & { url: string }

function launch(env: Record<string, string> = {}): ServerProgram {
  const program = launchServer({ ETABLI_DATA_DIR: dataDir, ...env })
  programs.push(program.process)
  return program
}

/** Starts the server as an operator would and waits for its ready line. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  const program = launch(env)
  return { ...program, url: await program.ready() }
}

const curl = async (...args: string[]): Promise<string> =>
  (await run('curl', ['--silent', '--max-time', '10', ...args])).stdout

test('starts without configuration, says so, makes a password once, and ends in order', async () => {
  const first = await start()
  const ready = first.lines.join('\n')
  expect(first.lines[0]).toMatch(/^Établi prêt\u202f: http:\/\/localhost:\d+ \(DHCP off, TFTP off\)$/)
  expect(ready).toContain('DHCP est arrêté')
  const password = /admin, affiché cette seule fois\u202f: (\S+)/.exec(ready)?.[1] ?? ''
  expect(await curl(`${first.url}/healthz`)).toBe('{"status":"ok"}')

  const jar = join(dataDir, 'cookies')
  const signIn = JSON.stringify({ user: 'admin', password })
  const json = ['-H', 'content-type: application/json', '-d', signIn]
  expect(JSON.parse(await curl('-c', jar, ...json, `${first.url}/api/session`))).toMatchObject({ user: 'admin' })
  expect(JSON.parse(await curl('-b', jar, `${first.url}/api/machines`))).toEqual({ items: [], next: null })
  expect(first.errors()).not.toContain(password)

  // A browser that listens and an agent that polls do not hold the server back.
  const browser = spawn('curl', ['--silent', '-N', '-b', jar, `${first.url}/api/events`])
  let events = ''
  browser.stdout.setEncoding('utf8').on('data', (text: string) => (events += text))
  await expect.poll(() => events, { timeout: 10_000 }).toContain('event: begin')
  const hungUp = once(browser, 'close')
  first.process.kill('SIGTERM')
  expect(await first.exit).toBe(0)
  await hungUp

  const second = await start()
  expect(second.lines.join('\n')).not.toContain('Mot de passe')
  expect(JSON.parse(await curl('-b', jar, `${second.url}/api/session`))).toMatchObject({ user: 'admin' })
})

test('loses nothing when it is killed in the middle of its work', async () => {
  const { nucInventory } = await import('../unit/server/api/agent-driver.ts')
  const first = await start({ ETABLI_ADMIN_PASSWORD: 'atelier-de-test' })
  const post = async (url: string, body: unknown, ...more: string[]): Promise<Record<string, string>> =>
    JSON.parse(await curl(...more, '-H', 'content-type: application/json', '-d', JSON.stringify(body), url))
  const jar = join(dataDir, 'cookies')
  await post(`${first.url}/api/session`, { user: 'admin', password: 'atelier-de-test' }, '-c', jar)
  const hello = { agentVersion: '1', phase: 'environment', bootId: 'boot-0001', inventory: nucInventory(1) }
  const tls = '--insecure'
  const { machineId } = await post(`${(await first.agents()).url.origin}/agent/v1/hello`, hello, tls)
  const started = await post(
    `${first.url}/api/deployments`,
    { machineIds: [machineId], sequenceId: 'check-only' },
    '-b',
    jar,
  )
  expect(started).toHaveProperty('items')
  first.process.kill('SIGKILL')
  await first.exit

  const second = await start({ ETABLI_ADMIN_PASSWORD: 'atelier-de-test' })
  const list = JSON.parse(await curl('-b', jar, `${second.url}/api/deployments`))
  expect(list.items).toMatchObject([{ machineId, state: 'waiting' }])
  const agents = (await second.agents()).url.origin
  const welcome = await post(`${agents}/agent/v1/hello`, hello, tls)
  expect(welcome['machineId']).toBe(machineId)
  const work = JSON.parse(
    await curl(tls, '-H', `authorization: Bearer ${welcome['session']}`, `${agents}/agent/v1/work`),
  )
  expect(work).toMatchObject({ kind: 'step', step: { type: 'check-hardware' } })
})

test('names everything wrong with its configuration and ends with code 2', async () => {
  writeFileSync(join(dataDir, 'etabli.yaml'), 'listen: nowhere\ndhcp: { mode: full }\n')
  const program = launch({ ETABLI_LISTEN: '', ETABLI_LANGUAGE: 'en' })
  expect(await program.exit).toBe(2)
  expect(program.errors()).toContain('etabli.yaml: listen: "nowhere" is not an address and a port')
  expect(program.errors()).toContain('ETABLI_INTERFACE')
  expect(program.errors()).toContain('ETABLI_DHCP_RANGE')
  expect(program.lines).toEqual([])
})

test('says in words that its port is taken, and ends with code 1', async () => {
  const first = await start()
  const second = launch({ ETABLI_LISTEN: first.url.replace('http://', ''), ETABLI_DATA_DIR: join(dataDir, 'other') })
  expect(await second.exit).toBe(1)
  expect(second.errors()).toContain('Le port HTTP est déjà utilisé')
})
