import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tlsFetch } from '../../../machine/tls-request.ts'
import { Value } from 'typebox/value'
import { agentPaths, imagePathOf } from '../../../../agent/protocol/paths.ts'
import { Welcome, Work } from '../../../../agent/protocol/messages.ts'
import type { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import { DeploymentView as DeploymentSchema } from '../../../../server/api/deployments/schema.ts'
import { MachineView, TraceEntry } from '../../../../server/api/machines/schema.ts'
import { RecordView } from '../../../../server/api/stock/schema.ts'
import { nucInventory, startAgent } from './agent-driver.ts'
import { ask, disksSeen, openWorkshop, putImage, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
let imageBytes: Buffer
beforeAll(async () => {
  workshop = await openWorkshop({
    prepare: (dataDir) => {
      imageBytes = putImage(dataDir, 'win11')
      putImage(dataDir, 'win10')
    },
  })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

async function startRun(machineId: string, sequenceId = 'check-only', imageId?: string): Promise<DeploymentView> {
  const seen = await disksSeen(workshop, token, machineId)
  const json = { machineIds: [machineId], sequenceId, disksSeen: seen, ...(imageId === undefined ? {} : { imageId }) }
  const { status, body } = await ask<{ items: DeploymentView[] }>(workshop, 'POST', '/api/deployments', { token, json })
  const [run] = body.items ?? []
  if (status !== 201 || !run) throw new Error(JSON.stringify(body))
  return run
}
const readRun = async (id: string): Promise<DeploymentView> =>
  (await ask<DeploymentView>(workshop, 'GET', `/api/deployments/${id}`, { token })).body

describe('a machine that says hello', () => {
  test('is met, gets a session, and appears with what it told', async () => {
    const { welcome } = await startAgent(workshop, 1)
    expect(Value.Check(Welcome, welcome)).toBe(true)
    expect(welcome).toMatchObject({ label: 'G6BN226001', locale: 'fr' })
    expect(welcome.pageUrl).toBe(`http://127.0.0.1:8080/machines/${welcome.machineId}`)
    const { body } = await ask(workshop, 'GET', `/api/machines/${welcome.machineId}`, { token })
    expect(Value.Errors(MachineView, body)).toEqual([])
    expect(body).toMatchObject({
      product: 'NUC11TNHi5',
      presence: { kind: 'present', phase: 'environment', address: '127.0.0.1' },
      boot: { intent: 'environment' },
      deploymentId: null,
    })
    const stock = await ask<{ items: unknown[] }>(workshop, 'GET', '/api/stock', { token })
    for (const record of stock.body.items) expect(Value.Errors(RecordView, record)).toEqual([])
    expect(stock.body.items[0]).toMatchObject({ state: 'assembled', serial: 'G6BN226001', diskBytes: 500e9 })
  })

  test('is refused in the clear, whatever it wants, and nothing of it is taken', async () => {
    const agent = await startAgent(workshop, 9)
    const headers = { authorization: `Bearer ${agent.welcome.session}`, 'content-type': 'application/json' }
    for (const [method, path] of [
      ['POST', agentPaths.hello],
      ['GET', agentPaths.work],
      ['POST', agentPaths.reports],
      ['GET', imagePathOf('win11')],
      ['GET', `${agentPaths.materials}${'a'.repeat(64)}`],
    ] as const) {
      const body = method === 'POST' ? { body: '{}' } : {}
      const answer = await fetch(`${workshop.url}${path}`, { method, headers, ...body })
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        403,
        expect.objectContaining({ code: 'AGENT_NEEDS_TLS' }),
      ])
    }
  })

  test('hears the time; what its clock was like stands with its hardware and in the trace', async () => {
    const wrong = { ...nucInventory(8), clock: { aheadSeconds: -283_996_800, corrected: true } }
    const { welcome } = await startAgent(workshop, 8, 'boot-of-2017', wrong)
    expect(Math.abs(Date.parse(welcome.clock.at) - Date.now())).toBeLessThan(60_000)
    expect(welcome.clock.utcOffsetMinutes).toBe(0 - new Date().getTimezoneOffset())
    const path = `/api/machines/${welcome.machineId}`
    const { body } = await ask(workshop, 'GET', path, { token })
    expect(Value.Errors(MachineView, body)).toEqual([])
    expect(body).toMatchObject({ inventory: { clock: wrong.clock } })
    const trace = await ask<{ items: TraceEntry[] }>(workshop, 'GET', `${path}/trace`, { token })
    const told = trace.body.items.at(-1)?.text.fr
    expect(told).toContain('L’horloge du poste retardait de 9\u202fans\u202f; elle a été mise à l’heure.')
  })

  test('leaves its hello in the trace', async () => {
    const { welcome } = await startAgent(workshop, 1)
    const path = `/api/machines/${welcome.machineId}/trace`
    const { body } = await ask<{ items: unknown[] }>(workshop, 'GET', path, { token })
    for (const entry of body.items) expect(Value.Errors(TraceEntry, entry)).toEqual([])
    expect(body.items.at(-1)).toMatchObject({ protocol: 'agent', outcome: 'ok' })
  })

  test('can be given a name', async () => {
    const { welcome } = await startAgent(workshop, 1)
    const path = `/api/machines/${welcome.machineId}`
    expect((await ask(workshop, 'PATCH', path, { token, json: { name: 'Caisse 2' } })).body).toMatchObject({
      label: 'Caisse 2',
    })
    expect((await ask(workshop, 'PATCH', path, { token, json: { name: null } })).body).toMatchObject({
      label: 'G6BN226001',
    })
  })

  test('can be forgotten: its agent says hello again and is met anew', async () => {
    const agent = await startAgent(workshop, 90)
    const id = agent.welcome.machineId
    const path = `/api/machines/${id}`
    await agent.work()
    const held = agent.work()
    expect((await ask(workshop, 'DELETE', path, { token })).status).toBe(204)
    expect((await held).status).toBe(401)
    expect((await agent.work()).status).toBe(401)
    for (const gone of [path, `${path}/trace`]) {
      const { status, body } = await ask(workshop, 'GET', gone, { token })
      expect([status, body['code']]).toEqual([404, 'MACHINE_UNKNOWN'])
    }
    const stock = await ask<{ items: RecordView[] }>(workshop, 'GET', '/api/stock', { token })
    expect(stock.body.items.map(({ machineId }) => machineId)).not.toContain(id)
    expect((await startAgent(workshop, 90)).welcome.machineId).not.toBe(id)
  })

  test('is not forgotten while a run of it goes on', async () => {
    const { welcome } = await startAgent(workshop, 91)
    await startRun(welcome.machineId)
    const { status, body } = await ask(workshop, 'DELETE', `/api/machines/${welcome.machineId}`, { token })
    expect([status, body['code']]).toEqual([409, 'MACHINE_HAS_RUN'])
  })

  test.each([
    ['no inventory', {}],
    ['a boot id too short', { bootId: 'x' }],
    ['an inventory of nonsense', { inventory: { disks: 'many' } }],
  ])('is refused with %s', async (_what, change) => {
    const json = { agentVersion: '1', phase: 'environment', bootId: 'boot-0001', ...change }
    const { status, body } = await ask(workshop, 'POST', agentPaths.hello, { json })
    expect([status, body['code']]).toEqual([400, 'REQUEST_INVALID'])
  })

  test('is refused with an inventory of megabytes', async () => {
    const inventory = { ...nucInventory(1), padding: 'x'.repeat(2_000_000) }
    const json = { agentVersion: '1', phase: 'environment', bootId: 'boot-0001', inventory }
    expect((await ask(workshop, 'POST', agentPaths.hello, { json })).status).toBe(413)
  })
})

describe('work', () => {
  test('needs a session: who has none says hello again', async () => {
    for (const session of [undefined, 'x'.repeat(43), token]) {
      const { status, body } = await ask(workshop, 'GET', agentPaths.work, { token: session })
      expect([status, body['code']]).toEqual([401, 'AGENT_SESSION_UNKNOWN'])
    }
  })

  test('is waiting, until somebody assigns a run; then it comes at once', async () => {
    const agent = await startAgent(workshop, 2)
    expect((await agent.work()).body).toEqual({ kind: 'wait' })
    const polled = agent.work()
    const run = await startRun(agent.welcome.machineId)
    const { body } = await polled
    expect(Value.Errors(Work, body)).toEqual([])
    expect(body).toMatchObject({ kind: 'step', runId: run.id, step: { type: 'check-hardware', index: 0, of: 1 } })
  })

  test('goes through to the end, and the run and the record show it', async () => {
    const agent = await startAgent(workshop, 3)
    const run = await startRun(agent.welcome.machineId)
    const step = await agent.step()
    expect((await agent.report(step, { kind: 'started' })).body).toEqual({ verdict: 'accepted' })
    const line = { at: new Date().toISOString(), level: 'info', text: 'mémoire : 16 Gio' } as const
    await agent.report(step, { kind: 'log', from: 0, lines: [line] })
    await agent.report(step, { kind: 'log', from: 0, lines: [line] })
    await agent.report(step, { kind: 'progress', progress: { fraction: 0.5, bytesPerSecond: 1e6 } })
    const during = await readRun(run.id)
    expect(Value.Errors(DeploymentSchema, during)).toEqual([])
    expect(during).toMatchObject({ state: 'running', stepId: step.step.id, fraction: 0.5 })
    const done = { kind: 'done', result: { memoryBytes: 1 } } as const
    expect((await agent.report(step, done)).body).toEqual({ verdict: 'accepted' })
    expect(await readRun(run.id)).toMatchObject({ state: 'done', fraction: 1, stepId: null })
    const log = await ask<{ items: unknown[] }>(workshop, 'GET', `/api/deployments/${run.id}/log`, { token })
    expect(log.body.items).toEqual([{ stepId: step.step.id, attempt: 1, number: 0, line }])
    // The answer to the last report may have been lost: its repetition still gets a verdict, not a closed door.
    expect((await agent.report(step, done)).body).toEqual({ verdict: 'accepted' })
  })

  test('after a failure is a sentence, told once and then held back', async () => {
    const agent = await startAgent(workshop, 4)
    const run = await startRun(agent.welcome.machineId)
    const step = await agent.step()
    const failure = { code: 'MEMORY_TOO_SMALL', params: { size: 4e9, needed: 8e9 } }
    await agent.report(step, { kind: 'started' })
    await agent.report(step, { kind: 'failed', failure })
    expect(await readRun(run.id)).toMatchObject({ state: 'attention', problem: { code: 'MEMORY_TOO_SMALL' } })
    const first = (await agent.work()).body
    expect(first).toMatchObject({ kind: 'attention', runId: run.id })
    const held = agent.work()
    const retried = await ask(workshop, 'POST', `/api/deployments/${run.id}/retry`, { token })
    expect(retried.status).toBe(200)
    expect((await held).body).toMatchObject({ kind: 'step', step: { attempt: 2 } })
  })
})

describe('a run token', () => {
  test('opens its own run only', async () => {
    const [one, two] = [await startAgent(workshop, 5), await startAgent(workshop, 6)]
    await startRun(one.welcome.machineId)
    await startRun(two.welcome.machineId)
    const [stepOne, stepTwo] = [await one.step(), await two.step()]
    const foreign = await one.report(stepOne, { kind: 'started' }, stepTwo.token)
    expect([foreign.status, foreign.body.code]).toEqual([403, 'RUN_TOKEN_FOREIGN'])
    const unknown = await one.report(stepOne, { kind: 'started' }, 'x'.repeat(43))
    expect([unknown.status, unknown.body.code]).toEqual([403, 'RUN_TOKEN_UNKNOWN'])
    const session = await one.report(stepOne, { kind: 'started' }, one.welcome.session)
    expect(session.body.code).toBe('RUN_TOKEN_UNKNOWN')
  })

  test('opens the image of its run, whole or in part, and no other', async () => {
    const agent = await startAgent(workshop, 7)
    const run = await startRun(agent.welcome.machineId, 'image-only', 'win11')
    const step = await agent.step()
    expect(step.image).toMatchObject({ id: 'win11', path: imagePathOf('win11') })
    const get = (id: string, bearer?: string, headers = {}) =>
      tlsFetch(`${workshop.tls.url}${imagePathOf(id)}`, {
        headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      })
    const whole = await get('win11', step.token)
    expect(whole.status).toBe(200)
    expect(Buffer.from(await whole.arrayBuffer()).equals(imageBytes)).toBe(true)
    const part = await get('win11', step.token, { range: 'bytes=99990-' })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10])
    expect((await get('win10', step.token)).status).toBe(403)
    expect((await get('win11')).status).toBe(403)
    expect((await get('win11', token)).status).toBe(403)
    const { body: metrics } = await ask<string>(workshop, 'GET', '/metrics')
    expect(metrics).toContain(`etabli_http_file_bytes_total{kind="image"} ${imageBytes.length + 10}`)

    const removed = await ask(workshop, 'DELETE', '/api/images/win11', { token })
    expect([removed.status, removed.body['code']]).toEqual([409, 'IMAGE_IN_USE'])

    await agent.report(step, { kind: 'started' })
    await ask(workshop, 'POST', `/api/deployments/${run.id}/cancel`, { token, json: { reason: 'essai' } })
    expect((await agent.report(step, { kind: 'progress', progress: { fraction: 0.1 } })).body).toEqual({
      verdict: 'cancel',
    })
    const over = await get('win11', step.token)
    expect([over.status, (await over.json()).code]).toEqual([403, 'RUN_TOKEN_EXPIRED'])
  })

  test('ends with the start of the machine it was given to', async () => {
    const before = await startAgent(workshop, 8)
    const run = await startRun(before.welcome.machineId)
    const oldStep = await before.step()
    await before.report(oldStep, { kind: 'started' })
    const after = await startAgent(workshop, 8)
    expect(after.welcome.machineId).toBe(before.welcome.machineId)
    expect((await before.work()).status).toBe(401)
    expect((await before.report(oldStep, { kind: 'done', result: {} })).body).toEqual({ verdict: 'stale' })
    const newStep = await after.step()
    expect(newStep.runId).toBe(run.id)
    expect((await after.report(newStep, { kind: 'started' })).body).toEqual({ verdict: 'accepted' })
    const trace = await ask<{ items: Array<{ text: { en: string } }> }>(
      workshop,
      'GET',
      `/api/machines/${after.welcome.machineId}/trace`,
      { token },
    )
    expect(trace.body.items.at(-1)?.text.en).toContain('its earlier session has ended')
  })

  test('lives through a second hello of the same start, whose agent was restarted', async () => {
    const before = await startAgent(workshop, 9, 'boot-of-nine')
    await startRun(before.welcome.machineId)
    const step = await before.step()
    await before.report(step, { kind: 'started' })
    await startAgent(workshop, 9, 'boot-of-nine')
    expect((await before.report(step, { kind: 'done', result: {} })).body).toEqual({ verdict: 'accepted' })
  })
})

test('a restarted server serves the running step again', async () => {
  const bootId = 'boot-of-ten'
  const agent = await startAgent(workshop, 10, bootId)
  const run = await startRun(agent.welcome.machineId)
  const step = await agent.step()
  await agent.report(step, { kind: 'started' })
  await workshop.restart()
  // The token outlives the server: the step goes on and its reports are taken.
  expect((await agent.report(step, { kind: 'progress', progress: { fraction: 0.2 } })).body).toEqual({
    verdict: 'accepted',
  })
  expect((await agent.work()).status).toBe(401)
  const again = await startAgent(workshop, 10, bootId)
  const served = await again.step()
  expect(served.step).toMatchObject({ id: step.step.id, attempt: step.step.attempt })
  expect((await again.report(served, { kind: 'done', result: {} })).body).toEqual({ verdict: 'accepted' })
  expect(await readRun(run.id)).toMatchObject({ state: 'done' })
})

test('two people start the same machine: one of them is told that it is busy', async () => {
  const agent = await startAgent(workshop, 11)
  const json = { machineIds: [agent.welcome.machineId], sequenceId: 'check-only' }
  const answers = await Promise.all([1, 2].map(() => ask(workshop, 'POST', '/api/deployments', { token, json })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'MACHINE_BUSY' })
})
