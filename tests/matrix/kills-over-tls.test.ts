import { randomInt, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isEnd, type Report } from '../../agent/protocol/messages.ts'
import type { PinnedServer } from '../../agent/protocol/pinned-server.ts'
import { systemClock } from '../../agent/runtime/clock.ts'
import { openConnection, type Connection } from '../../agent/runtime/connection.ts'
import { runAgent } from '../../agent/runtime/runner.ts'
import type { Step } from '../../agent/runtime/step.ts'
import { openTransport } from '../../agent/runtime/transport.ts'
import type { DeploymentView } from '../../server/api/deployments/schema.ts'
import { ownLoopbackAddress } from '../machine/loopback.ts'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'
import { nucInventory } from '../unit/server/api/agent-driver.ts'
import { ask, signIn } from '../unit/server/api/workshop.ts'

const kills = 30
const machines = 3
const steps = 40
const linesOfStep = 3
const seed = Number(process.env['ETABLI_SEED'] ?? randomInt(2 ** 31))
type LogPage = { items: Array<{ stepId: string; line: { text: string } }>; next: string | null }

let folder: string
let server: ServerProgram
let url: string
const stop = new AbortController()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-kills-'))
  mkdirSync(join(folder, 'sequences'))
  const text = Array.from({ length: steps }, (_, index) => `  - run-command: { command: 'step ${index}' }`)
  writeFileSync(
    join(folder, 'sequences/long.yaml'),
    ['name: Long', 'environment:', ...text, '  - restart: {}'].join('\n'),
  )
})
afterAll(async () => {
  stop.abort(new Error('the test ends'))
  server.process.kill('SIGKILL')
  await server.exit
  rmSync(folder, { recursive: true, force: true })
})

/** mulberry32: the same moments for the same seed. */
function randomNumbers(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One machine with its real agent; its steps log and end, whether the server is there or not. */
function startMachine(
  number: number,
  server: PinnedServer,
  random: () => number,
): { acknowledged: Report[]; end: Promise<unknown> } {
  const acknowledged: Report[] = []
  const connection = openConnection(openTransport(server))
  const listening: Connection = {
    ...connection,
    report: async (token, report, signal) => {
      const reply = await connection.report(token, report, signal)
      if (reply.kind === 'answered' && reply.answer === 'accepted') acknowledged.push(report)
      return reply
    },
  }
  const command: Step = async ({ work, log, clock, signal }) => {
    for (let line = 0; line < linesOfStep; line += 1) {
      log('output', `${work.step.id} line ${line}`)
      await clock.sleep(random() * 60, signal)
    }
    return { result: { step: work.step.id } }
  }
  const leave: Step = () => Promise.resolve({ result: {}, afterwards: 'restart' })
  const end = runAgent({
    server: server.url.host,
    connection: listening,
    clock: systemClock,
    steps: new Map([
      ['run-command', command],
      ['restart', leave],
    ]),
    phase: 'environment',
    agentVersion: 'kills',
    bootId: randomUUID(),
    longestPauseMs: 250,
    readInventory: () => Promise.resolve(nucInventory(number)),
    show: () => undefined,
    say: () => undefined,
    signal: stop.signal,
  })
  end.catch(() => undefined)
  return { acknowledged, end }
}

test(`killed ${kills} times at random moments over TLS, the server loses nothing it has acknowledged (seed ${seed})`, async () => {
  console.log(`kills over TLS: seed ${seed} (ETABLI_SEED=${seed} repeats its moments)`)
  const random = randomNumbers(seed)
  const host = ownLoopbackAddress()
  let listen = { plain: `${host}:0`, tls: `${host}:0` }
  const start = async (): Promise<PinnedServer> => {
    const env = {
      ETABLI_DATA_DIR: folder,
      ETABLI_ADMIN_PASSWORD: 'atelier-de-test',
      ETABLI_DASHBOARD_HTTP: 'everywhere',
    }
    server = launchServer({ ...env, ETABLI_LISTEN: listen.plain, ETABLI_TLS_LISTEN: listen.tls })
    const plain = new URL(await server.ready())
    const agents = await server.agents()
    listen = { plain: `${host}:${plain.port}`, tls: `${host}:${agents.url.port}` }
    url = `http://${listen.plain}`
    return { url: new URL(`https://${listen.tls}`), pin: agents.pin }
  }
  const pinned = await start()
  const token = await signIn({ url })
  const all = Array.from({ length: machines }, (_, index) => startMachine(index + 1, pinned, random))
  const ids = await expect.poll(machineIds, { timeout: 60_000 }).toHaveLength(machines).then(machineIds)
  const json = { machineIds: ids, sequenceId: 'long' }
  const made = await ask<{ items: DeploymentView[] }>({ url }, 'POST', '/api/deployments', { token, json })
  expect(made.status).toBe(201)

  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(random() * 900)
    server.process.kill('SIGKILL')
    await server.exit
    expect((await start()).pin).toBe(pinned.pin)
  }
  await Promise.all(all.map(({ end }) => end))
  const reports = all.flatMap(({ acknowledged }) => acknowledged)
  let ends = 0
  let lines = 0
  for (const { id } of made.body.items) {
    const run = (await ask<DeploymentView>({ url }, 'GET', `/api/deployments/${id}`, { token })).body
    expect([run.state, run.problem]).toEqual(['done', null])
    const own = reports.filter(({ runId }) => runId === id)
    for (const { stepId, attempt, body } of own) {
      const step = run.steps.find((one) => one.id === stepId)
      if (!isEnd(body)) continue
      ends += 1
      expect(step).toMatchObject({
        id: stepId,
        attempt,
        state: 'done',
        ...(body.kind === 'done' ? { result: body.result } : {}),
      })
    }
    // Every line once, in order, although its report may have been taken twice.
    const log = await logOf(id)
    const texts = log.filter(({ line }) => / line \d$/.test(line.text)).map(({ line }) => line.text)
    const expected = run.steps.flatMap((step) =>
      step.type === 'run-command' ? Array.from({ length: linesOfStep }, (_, line) => `${step.id} line ${line}`) : [],
    )
    lines += texts.length
    expect(texts.toSorted()).toEqual(expected.toSorted())
  }
  console.log(`${reports.length} reports acknowledged, ${ends} ends and ${lines} lines found again`)
  expect(ends).toBeGreaterThanOrEqual(machines * steps)

  async function machineIds(): Promise<string[]> {
    const { body } = await ask<{ items: Array<{ id: string }> }>({ url }, 'GET', '/api/machines', { token })
    return body.items.map(({ id }) => id)
  }
  async function logOf(id: string): Promise<LogPage['items']> {
    const found: LogPage['items'] = []
    for (let next: string | null = '0'; next !== null;) {
      const path: string = `/api/deployments/${id}/log?after=${next}`
      const { body }: { body: LogPage } = await ask<LogPage>({ url }, 'GET', path, { token })
      found.push(...body.items)
      next = body.next
    }
    return found
  }
})
