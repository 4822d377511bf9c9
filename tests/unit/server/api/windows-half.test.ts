import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tlsFetch } from '../../../machine/tls-request.ts'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { materialPathOf } from '../../../../agent/protocol/paths.ts'
import { Work, type ReportBody } from '../../../../agent/protocol/messages.ts'
import { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import { EvidenceView, RecordView } from '../../../../server/api/stock/schema.ts'
import type { MachineView } from '../../../../server/api/machines/schema.ts'
import { bad, good } from '../deployments/evidence.ts'
import { startAgent, startWindowsAgent, type AgentDriver } from './agent-driver.ts'
import { ask, disksSeen, openWorkshop, putImage, putWindowsAgent, signIn, type Workshop } from './workshop.ts'

const sequence = `
name: NUC, Windows
environment:
  - partition-disk: { disk: only }
  - apply-image: { image: win11 }
  - prepare-windows: {}
  - restart: {}
windows:
  - windows-update: {}
  - run-powershell: { script: "\${secret.windowsKey} \${secret.adminPassword}" }
  - verify: {}
  - seal: { agent: keep }
  - shut-down: {}
`
const preDelivery = `
name: Avant livraison
windows:
  - verify: { profile: delivery }
  - deliver: {}
  - shut-down: {}
`
const secrets = {
  windowsKey: 'NOBOD-YSEES-THISK-EYEVE-RATAL',
  adminPassword: 'Mot-de-passe-jamais-vu-9',
  unused: 'never-given-to-anyone',
}

let workshop: Workshop
let token: string
let executable: Buffer
const log: string[] = []

beforeAll(async () => {
  workshop = await openWorkshop({
    holdMs: 300,
    log: (line) => log.push(line),
    prepare(dataDir) {
      putImage(dataDir, 'win11')
      executable = putWindowsAgent(dataDir)
      mkdirSync(join(dataDir, 'sequences'))
      writeFileSync(join(dataDir, 'sequences/nuc.yaml'), sequence)
      writeFileSync(join(dataDir, 'sequences/pre-delivery.yaml'), preDelivery)
      const lines = Object.entries(secrets).map(([name, value]) => `${name}: ${value}`)
      writeFileSync(join(dataDir, 'secrets.yaml'), lines.join('\n'), { mode: 0o600 })
    },
  })
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

async function startRun(machineId: string, sequenceId = 'nuc'): Promise<string> {
  const json = { machineIds: [machineId], sequenceId, disksSeen: await disksSeen(workshop, token, machineId) }
  const { body } = await ask<{ items?: DeploymentView[] }>(workshop, 'POST', '/api/deployments', { token, json })
  const id = body.items?.[0]?.id
  if (id === undefined) throw new Error(JSON.stringify(body))
  return id
}
const read = async <T>(path: string): Promise<T> => (await ask<T>(workshop, 'GET', path, { token })).body
const readRun = (id: string): Promise<DeploymentView> => read(`/api/deployments/${id}`)
const readRecord = async (machineId: string): Promise<RecordView> => {
  const { recordId } = await read<MachineView>(`/api/machines/${machineId}`)
  return read(`/api/stock/${recordId}`)
}
const done = (result: Record<string, unknown> = {}): ReportBody => ({ kind: 'done', result })
async function doSteps(agent: AgentDriver, ...types: string[]): Promise<void> {
  for (const type of types) {
    const step = await agent.step()
    expect(step.step.type).toBe(type)
    await agent.report(step, done())
  }
}
const material = (sha256: string, bearer: string, headers = {}) =>
  tlsFetch(`${workshop.tls.url}${materialPathOf(sha256)}`, {
    headers: { ...headers, authorization: `Bearer ${bearer}` },
  })

/** The environment's half, to its end; gives the key that Windows' agent gets. */
async function throughEnvironment(number: number): Promise<{ machineId: string; runId: string; key: string }> {
  const agent = await startAgent(workshop, number)
  const { machineId } = agent.welcome
  const runId = await startRun(machineId)
  await doSteps(agent, 'partition-disk', 'apply-image')
  const prepare = await agent.step()
  await agent.report(prepare, done())
  await doSteps(agent, 'restart')
  return { machineId, runId, key: prepare.agentKey ?? '' }
}

describe('the step that prepares Windows', () => {
  test('gets the agent and its key; the steps before it get neither, and no secret comes here', async () => {
    const agent = await startAgent(workshop, 1)
    const runId = await startRun(agent.welcome.machineId)
    const first = await agent.step()
    expect(first).not.toHaveProperty('agentKey')
    expect(first).not.toHaveProperty('secrets')
    expect(first).not.toHaveProperty('materials')
    await agent.report(first, done())
    await doSteps(agent, 'apply-image')
    const prepare = await agent.step()
    expect(Value.Errors(Work, prepare)).toEqual([])
    expect(prepare).not.toHaveProperty('secrets')
    expect(prepare.agentKey).toMatch(/^[\w-]{43}$/)

    const sha256 = prepare.materials?.agent?.file.sha256 ?? ''
    const whole = await material(sha256, prepare.token)
    expect(whole.status).toBe(200)
    expect(Buffer.from(await whole.arrayBuffer()).equals(executable)).toBe(true)
    const part = await material(sha256, prepare.token, { range: 'bytes=49990-' })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10])
    const refused = async (hash: string, bearer: string) => {
      const answer = await material(hash, bearer)
      return [answer.status, (await answer.json()).code]
    }
    expect(await refused('0'.repeat(64), prepare.token)).toEqual([403, 'RUN_TOKEN_FOREIGN'])
    expect(await refused(sha256, 'x'.repeat(43))).toEqual([403, 'RUN_TOKEN_UNKNOWN'])
    expect(await refused(sha256, token)).toEqual([403, 'RUN_TOKEN_UNKNOWN'])
    expect(await refused('..', prepare.token)).toEqual([404, 'NOT_FOUND'])

    await startAgent(workshop, 1)
    expect(await refused(sha256, prepare.token)).toEqual([403, 'RUN_TOKEN_UNKNOWN'])
    const again = await (await startAgent(workshop, 1)).step()
    await ask(workshop, 'POST', `/api/deployments/${runId}/cancel`, { token })
    expect(await refused(sha256, again.token)).toEqual([403, 'RUN_TOKEN_EXPIRED'])
  })

  test('cannot fetch an agent that was built anew meanwhile', async () => {
    const agent = await startAgent(workshop, 2)
    const runId = await startRun(agent.welcome.machineId)
    const step = await agent.step()
    const sha256 = createHash('sha256').update(executable).digest('hex')
    expect((await material(sha256, step.token)).status).toBe(200)
    executable = putWindowsAgent(workshop.dataDir)
    const gone = await material(sha256, step.token)
    expect([gone.status, (await gone.json()).code]).toEqual([404, 'MATERIAL_NOT_FOUND'])
    await ask(workshop, 'POST', `/api/deployments/${runId}/cancel`, { token })
  })

  test('is not even begun on a server without an agent for Windows', async () => {
    const { welcome } = await startAgent(workshop, 3)
    rmSync(join(workshop.dataDir, 'windows-agent'), { recursive: true })
    const { machineId } = welcome
    const json = { machineIds: [machineId], sequenceId: 'nuc', disksSeen: await disksSeen(workshop, token, machineId) }
    const { status, body } = await ask(workshop, 'POST', '/api/deployments', { token, json })
    expect([status, body['code']]).toEqual([503, 'WINDOWS_AGENT_NOT_BUILT'])
    executable = putWindowsAgent(workshop.dataDir)
  })
})

describe('an agent in Windows', () => {
  test('gets no work without its key, and the boot trace says why', async () => {
    const { machineId, runId, key } = await throughEnvironment(4)
    expect(await readRun(runId)).toMatchObject({ contact: { kind: 'awaiting-windows' }, state: 'running' })
    const other = await throughEnvironment(5)
    for (const wrong of [undefined, 'x'.repeat(43), other.key]) {
      const agent = await startWindowsAgent(workshop, 4, wrong)
      expect(agent.welcome.machineId).toBe(machineId)
      expect((await agent.work()).body).toEqual({ kind: 'wait' })
    }
    const trace = await read<{ items: Array<{ outcome: string; text: { en: string } }> }>(
      `/api/machines/${machineId}/trace`,
    )
    expect(trace.items.at(-1)).toMatchObject({
      outcome: 'refused',
      text: { en: expect.stringContaining('AGENT_UNPROVEN') },
    })
    // Said once for each address, however often it comes.
    expect(log.filter((line) => line.includes('AGENT_UNPROVEN') && line.includes(machineId))).toHaveLength(1)
    // Nothing it said has moved the run.
    expect(await readRun(runId)).toMatchObject({ contact: { kind: 'awaiting-windows' }, state: 'running' })
    await expect((await startWindowsAgent(workshop, 4, key)).step()).resolves.toMatchObject({
      step: { type: 'windows-update', attempt: 1 },
    })
  })

  test('proves nothing with the key of an attempt whose result was not accepted', async () => {
    const agent = await startAgent(workshop, 13)
    const runId = await startRun(agent.welcome.machineId)
    await doSteps(agent, 'partition-disk', 'apply-image')
    const first = await agent.step()
    const works = async (key: string | undefined) =>
      (await (await startWindowsAgent(workshop, 13, key)).work()).body.kind !== 'wait'
    // It may be on the disk, or with somebody who only says that he is this machine.
    expect(await works(first.agentKey)).toBe(false)
    const back = await startAgent(workshop, 13)
    const second = await back.step()
    expect(second.step).toMatchObject({ type: 'prepare-windows', attempt: 2 })
    expect((await back.report(second, done())).body).toEqual({ verdict: 'accepted' })
    // Its answer may have been lost: the repetition changes nothing.
    expect((await back.report(second, done())).body).toEqual({ verdict: 'accepted' })
    await doSteps(back, 'restart')
    expect(await works(first.agentKey)).toBe(false)
    expect(await works(second.agentKey)).toBe(true)
    await ask(workshop, 'POST', `/api/deployments/${runId}/cancel`, { token })
    expect(await works(second.agentKey)).toBe(false)
  })

  test('keeps its key over a restart of the server, and loses it when its run is cancelled', async () => {
    const { runId, key } = await throughEnvironment(6)
    await workshop.restart()
    const agent = await startWindowsAgent(workshop, 6, key)
    expect((await agent.step()).step.type).toBe('windows-update')
    await ask(workshop, 'POST', `/api/deployments/${runId}/cancel`, { token })
    const after = await startWindowsAgent(workshop, 6, key)
    expect((await after.work()).body).toEqual({ kind: 'wait' })
    await expect(startRun(after.welcome.machineId, 'pre-delivery')).rejects.toThrow('AGENT_MISSING')
  })

  test('of an older Windows is known until the new one is prepared; it only starts the machine again', async () => {
    const first = await throughEnvironment(7)
    const windows = await startWindowsAgent(workshop, 7, first.key)
    await doSteps(windows, 'windows-update', 'run-powershell')
    await windows.report(await windows.step(), done(good))
    await doSteps(windows, 'seal', 'shut-down')
    await startRun(first.machineId)
    expect((await (await startWindowsAgent(workshop, 7, first.key)).work()).body).toEqual({ kind: 'restart' })
    const environment = await startAgent(workshop, 7)
    await doSteps(environment, 'partition-disk', 'apply-image', 'prepare-windows', 'restart')
    expect((await (await startWindowsAgent(workshop, 7, first.key)).work()).body).toEqual({ kind: 'wait' })
  })

  test('boots the disk while it is there, needs a person there, and waits in the environment once cancelled', async () => {
    const { machineId, runId, key } = await throughEnvironment(8)
    const intent = async () => (await read<MachineView>(`/api/machines/${machineId}`)).boot.intent
    expect(await intent()).toBe('local-disk')
    const agent = await startWindowsAgent(workshop, 8, key)
    const failure = { code: 'COMMAND_FAILED', params: { command: 'x', code: 1 } }
    await agent.report(await agent.step(), { kind: 'failed', failure })
    expect(await readRun(runId)).toMatchObject({ state: 'attention', contact: null })
    expect(await intent()).toBe('local-disk')
    await ask(workshop, 'POST', `/api/deployments/${runId}/cancel`, { token })
    expect(await intent()).toBe('environment')
    expect((await (await startAgent(workshop, 8)).work()).body).toEqual({ kind: 'wait' })
  })
})

describe('a machine through Windows to the customer', () => {
  test('restarts in a step, fails its check, passes it, is ready with its evidence, and delivered with it', async () => {
    const { machineId, runId, key } = await throughEnvironment(9)
    let agent = await startWindowsAgent(workshop, 9, key)
    const update = await agent.step()
    await agent.report(update, { kind: 'started' })
    await agent.report(update, { kind: 'continues', memory: { pass: 1 } })
    expect(await readRun(runId)).toMatchObject({ contact: { kind: 'silent' } })
    agent = await startWindowsAgent(workshop, 9, key)
    const goesOn = await agent.step()
    expect(goesOn.step).toMatchObject({ type: 'windows-update', attempt: 2, memory: { pass: 1 } })
    await agent.report(goesOn, done({ installed: [] }))
    const script = await agent.step()
    expect(script.secrets).toEqual({ windowsKey: secrets.windowsKey, adminPassword: secrets.adminPassword })
    await agent.report(script, done({ facts: { teamViewerId: '123 456 789' } }))
    const check = await agent.step()
    expect(check.step.type).toBe('verify')
    expect(check).not.toHaveProperty('secrets')
    await agent.report(check, done(bad))

    const stopped = await readRun(runId)
    expect(Value.Errors(DeploymentView, stopped)).toEqual([])
    expect(stopped).toMatchObject({ state: 'attention', problem: { code: 'VERIFY_FAILED' } })
    const noticed = await readRecord(machineId)
    expect(Value.Errors(RecordView, noticed)).toEqual([])
    expect(noticed).toMatchObject({
      state: 'attention',
      facts: { teamViewerId: '123 456 789' },
      evidence: { runId, passed: false, holds: true },
    })

    await ask(workshop, 'POST', `/api/deployments/${runId}/retry`, { token })
    await agent.report(await agent.step(), done(good))
    await doSteps(agent, 'seal', 'shut-down')
    const ready = await readRecord(machineId)
    expect(ready).toMatchObject({ state: 'ready', evidence: { runId, passed: true, holds: true } })
    const evidence = await read<EvidenceView>(`/api/stock/${ready.id}/evidence`)
    expect(Value.Errors(EvidenceView, evidence)).toEqual([])
    expect(evidence).toMatchObject({ runId, passed: true, holds: true, sequence: { id: 'nuc' } })
    expect(evidence.items.map(({ id }) => id)).toEqual([
      ...good.items.map(({ id }) => id),
      ...['image', 'processor', 'memory', 'disk:S64D09', 'time-environment', 'time-windows', 'people'],
    ])
    expect(evidence.items.at(-1)?.measured.en).toContain('admin started the run; admin: ')
    expect(evidence.phases.map(({ phase }) => phase)).toEqual(['environment', 'windows'])

    const path = `/api/stock/${ready.id}/transitions`
    await ask(workshop, 'POST', path, { token, json: { to: 'reserved', reason: 'Dupont' } })
    const card = await read<MachineView>(`/api/machines/${machineId}`)
    expect(card).toMatchObject({ recordState: 'reserved', hasAgent: true })
    const erase = await ask(workshop, 'POST', '/api/deployments', {
      token,
      json: { machineIds: [machineId], sequenceId: 'nuc', disksSeen: await disksSeen(workshop, token, machineId) },
    })
    expect([erase.status, erase.body['code']]).toEqual([409, 'MACHINE_NOT_DEPLOYABLE'])

    const checking = await startRun(machineId, 'pre-delivery')
    agent = await startWindowsAgent(workshop, 9, key)
    const verify = await agent.step()
    expect(await readRecord(machineId)).toMatchObject({ state: 'reserved' })
    await agent.report(verify, { kind: 'started' })
    expect(await readRecord(machineId)).toMatchObject({ state: 'deploying' })
    await ask(workshop, 'POST', `/api/deployments/${checking}/cancel`, { token })
    expect(await readRecord(machineId)).toMatchObject({ state: 'reserved' })

    const delivery = await startRun(machineId, 'pre-delivery')
    agent = await startWindowsAgent(workshop, 9, key)
    await agent.report(await agent.step(), done(good))
    await doSteps(agent, 'deliver', 'shut-down')
    expect(await readRecord(machineId)).toMatchObject({ state: 'delivered', evidence: { runId: delivery } })
    expect(await readRecord(machineId)).toMatchObject({ transitions: ['reserved', 'received', 'retired'] })
    expect(await read(`/api/machines/${machineId}`)).toMatchObject({ recordState: 'delivered', hasAgent: false })
    await expect(startRun(machineId, 'pre-delivery')).rejects.toThrow('AGENT_MISSING')
    expect((await (await startWindowsAgent(workshop, 9, key)).work()).body).toEqual({ kind: 'wait' })
  })

  test('whose person says "ready" is believed as long as the evidence holds', async () => {
    const { machineId, key } = await throughEnvironment(10)
    const agent = await startWindowsAgent(workshop, 10, key)
    await doSteps(agent, 'windows-update', 'run-powershell')
    await agent.report(await agent.step(), done(good))
    await doSteps(agent, 'seal', 'shut-down')
    const { id } = await readRecord(machineId)
    const move = (to: string) =>
      ask(workshop, 'POST', `/api/stock/${id}/transitions`, { token, json: { to, reason: 'vu' } })
    await move('checking')
    expect((await move('ready')).body).toMatchObject({ state: 'ready' })
    // A new run erases what the evidence spoke of.
    const second = await startRun(machineId)
    await (await startAgent(workshop, 10)).step()
    await ask(workshop, 'POST', `/api/deployments/${second}/cancel`, { token })
    expect(await readRecord(machineId)).toMatchObject({ state: 'attention', facts: {}, evidence: { holds: false } })
    await move('checking')
    expect((await move('ready')).body).toMatchObject({ code: 'EVIDENCE_MISSING' })
  })

  test('that nobody has checked has no evidence', async () => {
    const { welcome } = await startAgent(workshop, 11)
    const record = await readRecord(welcome.machineId)
    expect(record).toMatchObject({ facts: {}, evidence: null })
    const { status, body } = await ask(workshop, 'GET', `/api/stock/${record.id}/evidence`, { token })
    expect([status, body['code']]).toEqual([404, 'EVIDENCE_UNKNOWN'])
  })
})

/** What browsers are told, until the signal. */
async function readEvents(signal: AbortSignal): Promise<string> {
  let text = ''
  try {
    const { body } = await fetch(`${workshop.url}/api/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal,
    })
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return text
}

test('secrets are in nothing that the server keeps, says or shows', async () => {
  const stop = new AbortController()
  const streaming = readEvents(stop.signal)
  const { machineId } = await throughEnvironment(12)
  stop.abort()
  const streamed = await streaming
  expect(streamed).toContain(machineId)
  await workshop.restart()
  const shown = await Promise.all(
    ['/api/deployments', '/api/machines', '/api/stock', '/api/sequences', '/api/openapi.json'].map((path) =>
      read(path),
    ),
  )
  const kept = readdirSync(workshop.dataDir)
    .filter((name) => name.startsWith('etabli.db'))
    .map((name) => readFileSync(join(workshop.dataDir, name), 'latin1'))
  expect(kept.join('')).toContain(machineId)
  expect(log.length).toBeGreaterThan(0)
  const all = [streamed, JSON.stringify(shown), ...log, ...kept].join('\n')
  expect(all).toContain('secret.windowsKey')
  for (const value of Object.values(secrets)) expect(all).not.toContain(value)
})
