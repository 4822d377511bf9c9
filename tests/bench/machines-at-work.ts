import { Agent, request } from 'node:https'
import { agentPaths } from '../../agent/protocol/paths.ts'
import type { ReportBody, StepWork, Welcome, Work } from '../../agent/protocol/messages.ts'
import { nucInventory } from '../unit/server/api/agent-driver.ts'
import type { StockedServer } from './stocked-server.ts'

type Answer = { status: number; body: unknown }
type Caller = { from: string; agent: Agent }
/** A machine that has said hello, with a connection and a loopback address of its own. */
export type Machine = Caller & { id: string; session: string; work: StepWork | null }

function ask(server: StockedServer, of: Caller, path: string, token: string | null, json?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = json === undefined ? undefined : JSON.stringify(json)
    const content =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(`${server.tlsUrl}${path}`, {
      ...{ agent: of.agent, localAddress: of.from, rejectUnauthorized: false },
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...content, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
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

/** Of a loopback network of its own, 127.NETWORK.0.0/16. */
const addressOf = (network: number, number: number): string => `127.${network}.${1 + (number >> 8)}.${number & 255}`

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

/** Whose a number is: one of ours that will get a run, or one that nobody knows. */
const groups = { ours: { network: 11, prefix: '4' }, stranger: { network: 12, prefix: '6' } } as const

/** One hello; the machine, or the status it was refused with. */
export async function sayHello(
  server: StockedServer,
  group: keyof typeof groups,
  number: number,
): Promise<{ kind: 'taken-in'; machine: Machine } | { kind: 'refused'; status: number }> {
  const { network, prefix } = groups[group]
  const of = { from: addressOf(network, number), agent: new Agent({ keepAlive: true, maxSockets: 1 }) }
  const json = {
    ...{ agentVersion: '0.1.0', phase: 'environment', bootId: `boot-${prefix}-${number}` },
    inventory: inventoryOf(number, prefix),
  }
  const { status, body } = await ask(server, of, agentPaths.hello, null, json)
  if (status !== 200) {
    of.agent.destroy()
    return { kind: 'refused', status }
  }
  const { machineId, session } = body as Welcome
  return { kind: 'taken-in', machine: { ...of, id: machineId, session, work: null } }
}

async function takeIn(server: StockedServer, number: number): Promise<Machine> {
  const answer = await sayHello(server, 'ours', number)
  if (answer.kind === 'refused') throw new Error(`hello was answered ${answer.status}`)
  return answer.machine
}

/** Takes machines in, a few at a time, and gives each a run of the sequence `mesure` that is at its first step. */
export async function putToWork(server: StockedServer, machines: number): Promise<Machine[]> {
  const all: Machine[] = []
  for (let from = 0; from < machines; from += 20) {
    const some = Array.from({ length: Math.min(20, machines - from) }, (_, index) => takeIn(server, from + index))
    all.push(...(await Promise.all(some)))
  }
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

/** One report of the machine's step; the verdict, or the status it was refused with. */
export async function report(server: StockedServer, machine: Machine, body: ReportBody): Promise<string> {
  const { work } = machine
  if (work === null) throw new Error('no work')
  const { status, body: answer } = await ask(server, machine, agentPaths.reports, work.token, {
    ...{ runId: work.runId, stepId: work.step.id, attempt: work.step.attempt },
    ...{ at: new Date().toISOString(), body },
  })
  return status === 200 ? (answer as { verdict: string }).verdict : String(status)
}
