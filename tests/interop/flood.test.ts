import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Inventory } from '../../agent/protocol/inventory.ts'
import { agentServerName, type KeyPin } from '../../agent/protocol/key-pin.ts'
import { agentPaths } from '../../agent/protocol/paths.ts'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'
import { makeDisk, makeInventory } from '../unit/agent/machines.ts'
import { nucInventory, startAgent, type AgentDriver } from '../unit/server/api/agent-driver.ts'
import { adminPassword, ask, signIn } from '../unit/server/api/workshop.ts'

/** The server process, and what a neighbour's program does to it from as many addresses as it likes (127.0.0.0/8). */
let folder: string
let server: ServerProgram
let url: string
/** Where agents speak to it. */
let tls: { url: string; pin: KeyPin }
let token: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-flood-'))
  server = launchServer({ ETABLI_DATA_DIR: folder, ETABLI_ADMIN_PASSWORD: adminPassword })
  url = await server.ready()
  const { url: agents, pin } = await server.agents()
  tls = { url: agents.origin, pin }
  token = await signIn({ url })
})
afterEach(async () => {
  server.process.kill('SIGTERM')
  await server.exit
  rmSync(folder, { recursive: true })
})

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

const anyServer = { agent: false, rejectUnauthorized: false, servername: agentServerName } as const

/** A computer nobody has seen; as large as the border lets through when `fat`. */
function invented(fat: boolean): Inventory {
  const base = makeInventory()
  const text = fat ? 'x'.repeat(200) : 'Samsung SSD 980'
  const device = {
    ...{ bus: 'pci' as const, address: '0000:00:0e.0', hardwareId: 'PCI\\VEN_8086&DEV_9A0B', deviceClass: '0104' },
    ...{ description: text, driver: null },
  }
  return {
    ...base,
    system: { ...base.system, uuid: randomUUID(), serial: `R${hex(6)}` },
    disks: Array.from({ length: fat ? 64 : 1 }, () => makeDisk({ serial: hex(8), model: text })),
    devices: Array.from({ length: fat ? 500 : 20 }, () => device),
    networkInterfaces: [
      { ...base.networkInterfaces[0], name: 'eth0', mac: `02:${hex(5).match(/../g)?.join(':') ?? ''}`, address: null },
    ] as Inventory['networkInterfaces'],
  }
}

/** One hello from an address of its own; the status it was answered with. */
function hello(inventory: Inventory, number: number): Promise<number> {
  const body = JSON.stringify({ agentVersion: '1', phase: 'environment', bootId: randomUUID(), inventory })
  const localAddress = `127.${1 + (number >> 16)}.${(number >> 8) & 255}.${1 + (number & 127)}`
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(
      `${tls.url}${agentPaths.hello}`,
      { method: 'POST', localAddress, headers, ...anyServer },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

/** So many hellos, a few at a time; how often each status was answered. */
async function flood(count: number, inventory: () => Inventory, from: number): Promise<Record<number, number>> {
  const answers: Record<number, number> = {}
  let sent = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (sent < count) {
        const status = await hello(inventory(), from + (sent += 1) * 7)
        answers[status] = (answers[status] ?? 0) + 1
      }
    }),
  )
  return answers
}

const memoryMb = (): number => {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024)
}

async function list(): Promise<{ ms: number; bytes: number }> {
  const began = performance.now()
  const answer = await fetch(`${url}/api/machines`, { headers: { authorization: `Bearer ${token}` } })
  const text = await answer.text()
  expect(answer.status).toBe(200)
  return { ms: Math.round(performance.now() - began), bytes: text.length }
}

async function readMachines(): Promise<Array<{ serial: string | null }>> {
  const machines: Array<{ serial: string | null }> = []
  let next: string | null = ''
  while (next !== null) {
    const path: string = `/api/machines${next === '' ? '' : `?after=${encodeURIComponent(next)}`}`
    const { body } = await ask<{ items: typeof machines; next: string | null }>({ url }, 'GET', path, { token })
    machines.push(...body.items)
    next = body.next
  }
  return machines
}

/** Reports of a running step, one after the other, until told to stop; rejects when one is not accepted. */
async function work(agent: AgentDriver, until: AbortSignal): Promise<number> {
  const step = await agent.step()
  for (let count = 1; ; count += 1) {
    const { body } = await agent.report(step, { kind: 'progress', progress: { fraction: 0.5 } })
    expect(body).toEqual({ verdict: 'accepted' })
    if (until.aborted) return count
  }
}

/** Hellos beside a machine that works; the machine goes on, and says hello again, as if they were not there. */
async function besideWork(hellos: () => Promise<Record<number, number>>) {
  const agent = await startAgent({ url, tls }, 1)
  const json = { machineIds: [agent.welcome.machineId], sequenceId: 'check-only' }
  expect((await ask({ url }, 'POST', '/api/deployments', { token, json })).status).toBe(201)
  const over = new AbortController()
  const working = work(agent, over.signal)
  const before = { ...(await list()), memoryMb: memoryMb() }
  const answers = await hellos()
  const after = { ...(await list()), memoryMb: memoryMb() }
  expect(await hello(nucInventory(1), 9)).toBe(200)
  over.abort()
  const reports = await working
  console.log(JSON.stringify({ before, answers, after, reports }))
  expect(Object.keys(answers).toSorted()).toEqual(['200', '429'])
  // 800 hellos of 150 KB are 120 MB of JSON to read, of which next to nothing is kept.
  expect(after.memoryMb).toBeLessThan(before.memoryMb + 160)
  expect(after.bytes).toBeLessThan(8 * 2 ** 20)
  return answers
}

test(
  '800 hellos of the largest size leave a list that answers, and a server that stays small, however often they come',
  { timeout: 240_000 },
  async () => {
    const { 200: accepted } = await besideWork(() => flood(800, () => invented(true), 0))
    expect(accepted).toBeLessThan(200)
    await flood(800, () => invented(true), 1_000_000)
    const second = memoryMb()
    await flood(800, () => invented(true), 2_000_000)
    expect(memoryMb()).toBeLessThan(second + 30)
  },
)

test(
  '3,000 ordinary ones from as many addresses do, too; those that have gone are forgotten by and by',
  {
    timeout: 240_000,
  },
  async () => {
    const { 200: accepted } = await besideWork(() => flood(3000, () => invented(false), 100_000))
    expect(accepted).toBeGreaterThan(500)
    expect(accepted).toBeLessThan(2500)
    const count = async () => (await readMachines()).length
    await expect.poll(count, { timeout: 150_000, interval: 2000 }).toBeLessThanOrEqual(501)
    expect(await readMachines()).toContainEqual(expect.objectContaining({ serial: 'G6BN226001' }))
  },
)
