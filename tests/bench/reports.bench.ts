import { Agent, request } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { agentPaths } from '../../agent/protocol/paths.ts'
import type { ReportBody, StepWork, Welcome, Work } from '../../agent/protocol/messages.ts'
import { nucInventory } from '../unit/server/api/agent-driver.ts'
import { startStockedServer, type StockedServer } from './stocked-server.ts'

/**
 * A thousand machines that each report once a second for a minute, over TLS, to a server with 5,000 records; the same once
 * more with a thousand strangers who say hello, and with the lists read one after the other. Each from an address of its own.
 */
const machines = Number(process.env['ETABLI_BENCH_MACHINES'] ?? 1000)
const seconds = Number(process.env['ETABLI_BENCH_SECONDS'] ?? 60)

type Answer = { status: number; body: unknown }
type Machine = { from: string; agent: Agent; id: string; session: string; work: StepWork | null }

function ask(
  server: StockedServer,
  of: { from: string; agent: Agent },
  path: string,
  token: string | null,
  json?: unknown,
) {
  return new Promise<Answer>((resolve, reject) => {
    const body = json === undefined ? undefined : JSON.stringify(json)
    const sent = request(`${server.tlsUrl}${path}`, {
      ...{ agent: of.agent, localAddress: of.from, rejectUnauthorized: false },
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    })
    sent.once('error', reject)
    sent.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || 'null') }))
    })
    sent.end(body)
  })
}

const agent = () => new Agent({ keepAlive: true, maxSockets: 1 })
const addressOf = (network: number, number: number) => `127.${network}.${1 + (number >> 8)}.${number & 255}`

function inventoryOf(number: number, prefix: string) {
  const inventory = nucInventory(10)
  const hex = number.toString(16).padStart(6, '0')
  inventory.system.uuid = `${prefix}c4c4544-0000-4000-9000-000000${hex}`
  inventory.system.serial = `${prefix}ZQ${hex}`
  inventory.board.serial = null
  for (const card of inventory.networkInterfaces) card.mac = `${prefix}8:69:7b:${hex.match(/../g)?.join(':')}`
  for (const disk of inventory.disks) disk.serial = `${prefix}S${hex}`
  return inventory
}

async function hello(server: StockedServer, from: string, number: number, prefix: string): Promise<Machine> {
  const of = { from, agent: agent() }
  const json = {
    ...{ agentVersion: '0.1.0', phase: 'environment', bootId: `boot-${prefix}-${number}` },
    inventory: inventoryOf(number, prefix),
  }
  const { status, body } = await ask(server, of, agentPaths.hello, null, json)
  if (status !== 200) throw new Error(`hello was answered ${status} ${JSON.stringify(body)}`)
  const { machineId, session } = body as Welcome
  return { ...of, id: machineId, session, work: null }
}

/** Takes machines in, a few at a time, and gives each a run that is at its first step. */
async function takeIn(server: StockedServer): Promise<Machine[]> {
  const all: Machine[] = []
  for (let from = 0; from < machines; from += 20)
    all.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(20, machines - from) }, (_, index) =>
          hello(server, addressOf(11, from + index), from + index, '4'),
        ),
      )),
    )
  for (let from = 0; from < all.length; from += 100) {
    const machineIds = all.slice(from, from + 100).map(({ id }) => id)
    const { status } = await fetch(`${server.url}/api/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body: JSON.stringify({ machineIds, sequenceId: 'mesure' }),
    })
    if (status !== 201) throw new Error(`the start was answered ${status}`)
  }
  for (const machine of all) {
    const { body } = await ask(server, machine, agentPaths.work, machine.session)
    const work = body as Work
    if (work.kind !== 'step') throw new Error(`work is ${JSON.stringify(work)}`)
    machine.work = work
    await report(server, machine, { kind: 'started' })
  }
  return all
}

async function report(server: StockedServer, machine: Machine, body: ReportBody): Promise<string> {
  const { work } = machine
  if (work === null) throw new Error('no work')
  const { status, body: answer } = await ask(server, machine, agentPaths.reports, work.token, {
    ...{ runId: work.runId, stepId: work.step.id, attempt: work.step.attempt },
    ...{ at: new Date().toISOString(), body },
  })
  return status === 200 ? (answer as { verdict: string }).verdict : String(status)
}

/** Every machine reports once a second, evenly spread; says what became of the reports and how long they took. */
async function reportAll(server: StockedServer, all: readonly Machine[]): Promise<string> {
  const took: number[] = []
  const verdicts = new Map<string, number>()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const start = performance.now()
  await Promise.all(
    all.map(async (machine, index) => {
      for (let second = 0; second < seconds; second += 1) {
        const due = start + (second + index / all.length) * 1000
        await wait(Math.max(0, due - performance.now()))
        const sent = performance.now()
        const fraction = second / seconds
        const verdict = await report(server, machine, { kind: 'progress', progress: { fraction } }).catch(String)
        took.push(performance.now() - sent)
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      }
    }),
  )
  delay.disable()
  took.sort((a, b) => a - b)
  const part = (share: number) => (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(0)
  const counts = [...verdicts].map(([verdict, n]) => `${n} ${verdict}`).join(', ')
  return (
    `${counts} of ${all.length * seconds}; p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, at most ${part(1)} ms; ` +
    `server ${server.residentMb().toFixed(0)} MB; this program's own loop p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`
  )
}

/** A thousand hellos of machines nobody knows, spread over the time. */
async function strangers(server: StockedServer): Promise<string> {
  const outcomes = new Map<string, number>()
  for (let number = 0; number < machines; number += 1) {
    const outcome = await hello(server, addressOf(12, number), number, '6').then(
      (machine) => (machine.agent.destroy(), 'taken in'),
      (error: unknown) => String(error).slice(0, 60),
    )
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    await wait((seconds * 1000) / machines / 2)
  }
  return [...outcomes].map(([outcome, n]) => `${n} ${outcome}`).join(', ')
}

async function readLists(server: StockedServer, signal: AbortSignal): Promise<string> {
  const took: number[] = []
  while (!signal.aborted) {
    for (const list of ['/api/machines', '/api/stock', '/api/stock?search=nowhere', '/api/deployments?on=bench']) {
      const start = performance.now()
      const response = await fetch(`${server.url}${list}`, { headers: { authorization: `Bearer ${server.token}` } })
      await response.arrayBuffer()
      took.push(performance.now() - start)
      await wait(250)
    }
  }
  took.sort((a, b) => a - b)
  return `${took.length} lists, p50 ${took[took.length >> 1]?.toFixed(0)} ms, at most ${took.at(-1)?.toFixed(0)} ms`
}

await using server = await startStockedServer(5000)
const all = await takeIn(server)
// A thousand runs that began within seconds are still being told to browsers: that is another measure.
await wait(10_000)
console.log(`${machines} machines report each second: ${await reportAll(server, all)}`)
const over = new AbortController()
const beside = [strangers(server), readLists(server, over.signal)]
console.log(`with strangers and lists beside them: ${await reportAll(server, all)}`)
over.abort()
for (const line of await Promise.all(beside)) console.log(`  ${line}`)
for (const machine of all) machine.agent.destroy()
