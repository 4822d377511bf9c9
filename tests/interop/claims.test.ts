import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import type { Welcome, Work } from '../../agent/protocol/messages.ts'
import { agentServerName } from '../../agent/protocol/key-pin.ts'
import { agentPaths } from '../../agent/protocol/paths.ts'
import type { DeploymentView } from '../../server/api/deployments/schema.ts'
import type { MachineView } from '../../server/api/machines/schema.ts'
import type { PinnedServer } from '../../agent/protocol/pinned-server.ts'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'
import { adminPassword, ask, signIn } from '../unit/server/api/workshop.ts'

const sequence = `name: Longue\nenvironment:\n  - run-command: { command: "sleep 600" }\n`

let folder: string
let agentFile: string
let server: ServerProgram
let url: string
let agents: PinnedServer
let token: string
const programs: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-claims-'))
  agentFile = join(folder, 'agent.cjs')
  const bundle = await rolldown({ input: 'agent/environment/main.ts', platform: 'node', logLevel: 'silent' })
  await bundle.write({ file: agentFile, format: 'cjs' })
  await bundle.close()
  mkdirSync(join(folder, 'data/sequences'), { recursive: true })
  writeFileSync(join(folder, 'data/sequences/longue.yaml'), sequence)
  server = launchServer({ ETABLI_DATA_DIR: join(folder, 'data'), ETABLI_ADMIN_PASSWORD: adminPassword })
  url = await server.ready()
  agents = await server.agents()
  token = await signIn({ url })
})
afterAll(async () => {
  for (const program of programs) program.kill('SIGKILL')
  server.process.kill('SIGTERM')
  await server.exit
  rmSync(folder, { recursive: true })
})

/** The environment's agent as a program of its own, as on a machine; its log, line by line. */
function startAgentProgram(): { lines: string[]; cutPower(): Promise<void> } {
  const env = { PATH: process.env['PATH'], ETABLI_SERVER: agents.url.href, ETABLI_PIN: agents.pin }
  const program = spawn(process.execPath, [agentFile], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  programs.push(program)
  const lines: string[] = []
  createInterface({ input: program.stderr }).on('line', (line) => lines.push(line))
  const ended = once(program, 'close')
  return {
    lines,
    cutPower: async () => {
      program.kill('SIGKILL')
      await ended
    },
  }
}

const anyServer = { agent: false, rejectUnauthorized: false, servername: agentServerName } as const
type Answer<T> = { status: number; body: T }

/** A neighbour's own program: plain requests from an address of its own. */
function asNeighbour<T>(method: string, path: string, { bearer, json }: { bearer?: string; json?: unknown } = {}) {
  const text = json === undefined ? null : JSON.stringify(json)
  const headers = {
    ...(text === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  }
  return new Promise<Answer<T>>((resolve, reject) => {
    const options = { method, headers, localAddress: '127.0.0.66', ...anyServer }
    const sent = request(new URL(path, agents.url), options, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (body += piece))
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(body) }))
    })
    sent.once('error', reject)
    sent.end(text)
  })
}

const read = async <T>(path: string): Promise<T> => (await ask<T>({ url }, 'GET', path, { token })).body

test(
  'a neighbour who knows UUID and MAC stops a run at most, and a machine whose power was cut goes on by itself',
  {
    timeout: 240_000,
  },
  async () => {
    const first = startAgentProgram()
    const machines = async () => (await read<{ items: MachineView[] }>('/api/machines')).items
    await expect.poll(async () => (await machines())[0]?.presence.kind, { timeout: 60_000 }).toBe('present')
    const machineId = (await machines())[0]?.id ?? ''
    const inventory: Inventory | null = (await read<MachineView>(`/api/machines/${machineId}`)).inventory
    const json = { machineIds: [machineId], sequenceId: 'longue' }
    const started = await ask<{ items: DeploymentView[] }>({ url }, 'POST', '/api/deployments', { token, json })
    const runId = started.body.items[0]?.id ?? ''
    const run = () => read<DeploymentView>(`/api/deployments/${runId}`)
    const isAtWork = async () => {
      const { state, steps } = await run()
      return `${state} ${steps[0]?.state} ${steps[0]?.attempt}`
    }
    await expect.poll(isAtWork, { timeout: 30_000 }).toBe('running running 1')

    // Hellos alone: nothing happens, however many.
    const sayHello = (bootId: string) =>
      asNeighbour<Welcome>('POST', agentPaths.hello, {
        json: { agentVersion: '1', phase: 'environment', bootId, inventory },
      })
    for (const _ of Array(9).keys()) {
      const { status, body } = await sayHello(randomUUID())
      expect([status, body.machineId]).toEqual([200, machineId])
    }
    const bootId = randomUUID()
    const session = (await sayHello(bootId)).body.session
    const ownWork = () => asNeighbour<Work>('GET', agentPaths.work, { bearer: session })
    expect((await ownWork()).body).toMatchObject({ kind: 'wait', notice: { message: { en: expect.any(String) } } })
    expect(await isAtWork()).toBe('running running 1')

    // It goes on speaking: that is a second computer, and a person has to say which one is the machine.
    let got: Work | null = null
    while (got?.kind !== 'attention') got = (await ownWork()).body
    const stopped = await run()
    expect(stopped).toMatchObject({ state: 'attention', problem: { code: 'MACHINE_CLAIMED_TWICE' } })
    expect(stopped.problem?.message.en).toContain('127.0.0.1, 127.0.0.66')
    await expect.poll(() => first.lines.join('\n'), { timeout: 30_000 }).toContain('the server says stale')
    const [own] = stopped.problem?.choice?.options ?? []
    const variables = { claimant: own?.value ?? '' }
    await ask({ url }, 'POST', `/api/deployments/${runId}/retry`, { token, json: { variables } })
    await expect.poll(isAtWork, { timeout: 60_000 }).toBe('running running 2')
    expect((await ownWork()).body).toMatchObject({ kind: 'wait' })

    // The power goes and comes back: the next start waits until the last one is silent, and nobody is needed.
    await first.cutPower()
    const second = startAgentProgram()
    await expect.poll(isAtWork, { timeout: 90_000, interval: 500 }).toBe('running running 3')
    expect(second.lines.join('\n')).toContain('present as')
    expect((await ownWork()).body).toMatchObject({ kind: 'wait' })
    await second.cutPower()
  },
)
