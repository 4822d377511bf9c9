import { mkdirSync, writeFileSync } from 'node:fs'
import { tlsFetch } from '../../../machine/tls-request.ts'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Inventory } from '../../../../agent/protocol/inventory.ts'
import { imagePathOf } from '../../../../agent/protocol/paths.ts'
import type { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import type { MachineView } from '../../../../server/api/machines/schema.ts'
import { nucInventory, startAgent, startWindowsAgent, type AgentDriver } from './agent-driver.ts'
import { ask, disksSeen, openWorkshop, putImage, putWindowsAgent, signIn, type Workshop } from './workshop.ts'

const sequence = `
name: NUC
environment:
  - partition-disk: { disk: only }
  - apply-image: { image: win11 }
  - prepare-windows: {}
  - restart: {}
windows:
  - windows-update: {}
  - run-powershell: { script: "\${secret.word}" }
`
const patience = { silenceMs: 40_000, overlapMs: 5000 }

let workshop: Workshop
let token: string
/** The server's clock of what is awaited: tests say how the time passes. */
let elapsedMs = 0
const seconds = (count: number): void => void (elapsedMs += count * 1000)

beforeEach(async () => {
  elapsedMs = 0
  workshop = await openWorkshop({
    holdMs: 100,
    patience,
    elapsedMs: () => elapsedMs,
    prepare(dataDir) {
      putImage(dataDir, 'win11')
      putWindowsAgent(dataDir)
      mkdirSync(join(dataDir, 'sequences'))
      writeFileSync(join(dataDir, 'sequences/nuc.yaml'), sequence)
      writeFileSync(join(dataDir, 'secrets.yaml'), 'word: tournesol\n', { mode: 0o600 })
    },
  })
  token = await signIn(workshop)
})
afterEach(() => workshop.close())

const read = async <T>(path: string): Promise<T> => (await ask<T>(workshop, 'GET', path, { token })).body
const readRun = (id: string): Promise<DeploymentView> => read(`/api/deployments/${id}`)
const readMachine = (id: string): Promise<MachineView> => read(`/api/machines/${id}`)
const done = { kind: 'done', result: {} } as const

async function startRun(machineId: string): Promise<string> {
  const json = { machineIds: [machineId], sequenceId: 'nuc', disksSeen: await disksSeen(workshop, token, machineId) }
  const { body } = await ask<{ items?: DeploymentView[] }>(workshop, 'POST', '/api/deployments', { token, json })
  const id = body.items?.[0]?.id
  if (id === undefined) throw new Error(JSON.stringify(body))
  return id
}

/** A machine whose step runs. */
async function atWork(number: number) {
  const agent = await startAgent(workshop, number)
  const { machineId } = agent.welcome
  const runId = await startRun(machineId)
  const step = await agent.step()
  await agent.report(step, { kind: 'started' })
  return { agent, machineId, runId, step }
}

/** A machine whose Windows does a step, with its key. */
async function inWindows(number: number) {
  const { agent, machineId, runId, step } = await atWork(number)
  await agent.report(step, done)
  await agent.report(await agent.step(), done)
  const prepare = await agent.step()
  await agent.report(prepare, done)
  await agent.report(await agent.step(), done)
  const key = prepare.agentKey ?? ''
  const windows = await startWindowsAgent(workshop, number, key)
  const update = await windows.step()
  await windows.report(update, { kind: 'started' })
  return { windows, machineId, runId, key, update }
}

/** Somebody on the network who knows the machine's UUID and MAC address, and speaks as its environment. */
function neighbour(number: number): Promise<AgentDriver> {
  const known = nucInventory(number)
  const inventory: Inventory = { ...known, disks: [], memory: { ...known.memory, totalBytes: 1 } }
  return startAgent(workshop, number, randomUUID(), inventory)
}

const secondStart = { kind: 'wait', notice: { message: { en: expect.stringContaining('Another start') } } }

describe('a hello without proof', () => {
  test('ends nobody’s session: nine steps go on under twice as many of them', async () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const busy = await Promise.all(numbers.map(atWork))
    for (const number of numbers) {
      const other = await neighbour(number)
      expect((await other.work()).body).toMatchObject(secondStart)
      const unproven = await startWindowsAgent(workshop, number, 'x'.repeat(43))
      expect((await unproven.work()).body).toEqual({ kind: 'wait' })
    }
    seconds(20)
    for (const { agent, step, runId, machineId } of busy) {
      const progress = { kind: 'progress', progress: { fraction: 0.5 } } as const
      expect((await agent.report(step, progress)).body).toEqual({ verdict: 'accepted' })
      expect(await readRun(runId)).toMatchObject({ state: 'running', fraction: expect.any(Number) })
      // Nothing it told of the hardware, and nothing of where it is, is taken for the machine's.
      expect(await readMachine(machineId)).toMatchObject({
        presence: { kind: 'present', phase: 'environment' },
        inventory: { memory: { totalBytes: nucInventory(1).memory.totalBytes } },
      })
    }
    for (const { agent, step } of busy) {
      expect((await agent.report(step, done)).body).toEqual({ verdict: 'accepted' })
      expect((await agent.step()).step).toMatchObject({ type: 'apply-image', attempt: 1 })
    }
  })

  test('gets no image, no key and no secret, although it goes on asking', async () => {
    const { windows, runId, update } = await inWindows(1)
    const other = await neighbour(1)
    const got: unknown[] = [other.welcome]
    for (const _ of [1, 2, 3]) {
      seconds(10)
      got.push((await other.work()).body)
      expect((await windows.report(update, { kind: 'progress', progress: { fraction: null } })).body).toEqual({
        verdict: 'accepted',
      })
    }
    expect((await windows.report(update, done)).body).toEqual({ verdict: 'accepted' })
    got.push((await other.work()).body)
    const script = await windows.step()
    expect(script.secrets).toEqual({ word: 'tournesol' })
    const all = JSON.stringify(got)
    for (const word of ['token', 'agentKey', 'tournesol', imagePathOf('win11')]) expect(all).not.toContain(word)
    // A Windows that has shown its key needs no person to be believed.
    expect(await readRun(runId)).toMatchObject({ state: 'running', stepId: script.step.id })
  })

  test('of the environment moves no run that goes on in Windows, even when Windows is away', async () => {
    const { windows, runId, key, update } = await inWindows(2)
    seconds(60)
    for (const _ of [1, 2, 3, 4, 5]) {
      const other = await neighbour(2)
      expect((await other.work()).body).toEqual({ kind: 'restart' })
      seconds(60)
    }
    expect(await readRun(runId)).toMatchObject({ state: 'running', stepId: update.step.id })
    expect((await windows.report(update, done)).body).toEqual({ verdict: 'stale' })
    const back = await startWindowsAgent(workshop, 2, key)
    expect((await back.step()).step).toMatchObject({ type: 'windows-update', attempt: 2 })
  })
})

describe('a machine that starts anew', () => {
  test('in the middle of a step goes on by itself once its last start is silent', async () => {
    const { runId } = await atWork(1)
    seconds(30)
    const bootId = randomUUID()
    const early = await startAgent(workshop, 1, bootId)
    expect((await early.work()).body).toMatchObject(secondStart)
    seconds(10.1)
    // Its hello counts from now on, and it is said again: what it told of the hardware was not taken in before.
    expect((await early.work()).status).toBe(401)
    const back = await startAgent(workshop, 1, bootId)
    expect((await back.step()).step).toMatchObject({ type: 'partition-disk', attempt: 2 })
    expect(await readRun(runId)).toMatchObject({ state: 'running' })
  })

  test('as it was told to, waits for nothing', async () => {
    const { windows, update, key } = await inWindows(3)
    await windows.report(update, { kind: 'continues', memory: { pass: 1 } })
    const back = await startWindowsAgent(workshop, 3, key)
    expect((await back.step()).step).toMatchObject({ type: 'windows-update', attempt: 2, memory: { pass: 1 } })
  })

  test('after the server was started anew, has its place before whoever came first', async () => {
    const { runId, step } = await atWork(4)
    await workshop.restart()
    const other = await neighbour(4)
    expect((await other.work()).body).toMatchObject(secondStart)
    seconds(41)
    expect((await other.work()).status).toBe(401)
    expect(await readRun(runId)).toMatchObject({ state: 'running', stepId: step.step.id })
  })
})

describe('two live starts of one machine', () => {
  async function dispute(number: number) {
    const real = await atWork(number)
    const other = await neighbour(number)
    await other.work()
    seconds(6)
    await other.work()
    const { body } = await real.agent.report(real.step, { kind: 'progress', progress: { fraction: 0.1 } })
    return { ...real, other, verdict: body }
  }
  const choices = async (runId: string) => (await readRun(runId)).problem?.choice?.options ?? []
  const retry = (runId: string, json: unknown) =>
    ask(workshop, 'POST', `/api/deployments/${runId}/retry`, { token, json })

  test('stop the run for a person, who is told both addresses; neither has work, files or a say', async () => {
    const { agent, other, runId, step, verdict } = await dispute(1)
    expect(verdict).toEqual({ verdict: 'stale' })
    expect(await readRun(runId)).toMatchObject({ state: 'attention', problem: { code: 'MACHINE_CLAIMED_TWICE' } })
    const [first, second] = await choices(runId)
    expect(first?.label.en).toBe('127.0.0.1, in the boot environment, there first')
    expect(second?.label.en).toBe('127.0.0.1, in the boot environment, came later')
    for (const one of [agent, other]) expect((await one.work()).body).toMatchObject({ kind: 'attention', runId })
    const image = await tlsFetch(`${workshop.tls.url}${imagePathOf('win11')}`, {
      headers: { authorization: `Bearer ${step.token}` },
    })
    expect([image.status, (await image.json()).code]).toEqual([403, 'RUN_TOKEN_UNKNOWN'])
    expect((await agent.report(step, done)).body).toEqual({ verdict: 'stale' })
  })

  test('the one that the person chooses goes on, the other gets nothing', async () => {
    const { agent, other, runId } = await dispute(2)
    const [first] = await choices(runId)
    expect((await retry(runId, { variables: { claimant: first?.value ?? '' } })).status).toBe(200)
    expect((await other.work()).body).toMatchObject(secondStart)
    expect((await agent.step()).step).toMatchObject({ type: 'partition-disk', attempt: 2 })
    seconds(10)
    expect((await other.work()).body).toMatchObject(secondStart)
    expect(await readRun(runId)).toMatchObject({ state: 'running' })
  })

  test('when the second is the machine, it says hello again and begins', async () => {
    const { agent, other, runId } = await dispute(3)
    const [, second] = await choices(runId)
    await retry(runId, { variables: { claimant: second?.value ?? '' } })
    expect((await other.work()).status).toBe(401)
    expect((await agent.work()).body).toMatchObject(secondStart)
  })

  test('going on without a choice asks again', async () => {
    const { agent, other, runId } = await dispute(4)
    await retry(runId, {})
    for (const one of [other, agent]) expect((await one.work()).body).toMatchObject({ kind: 'attention' })
    expect(await choices(runId)).toHaveLength(2)
  })

  test('without a run get nothing to do, and stop one that is assigned', async () => {
    const agent = await startAgent(workshop, 5)
    const other = await neighbour(5)
    await other.work()
    seconds(6)
    await other.work()
    expect((await agent.work()).body).toMatchObject(secondStart)
    const runId = await startRun(agent.welcome.machineId)
    expect((await other.work()).body).toMatchObject({ kind: 'attention' })
    expect(await readRun(runId)).toMatchObject({ state: 'attention', problem: { code: 'MACHINE_CLAIMED_TWICE' } })
  })

  test('whose disk was cloned, with its key, stop the run too', async () => {
    const { windows, runId, key, update } = await inWindows(6)
    const clone = await startWindowsAgent(workshop, 6, key)
    await clone.work()
    seconds(6)
    await windows.report(update, { kind: 'progress', progress: { fraction: null } })
    expect((await clone.work()).body).toMatchObject({ kind: 'attention' })
    expect(await readRun(runId)).toMatchObject({ state: 'attention', problem: { code: 'MACHINE_CLAIMED_TWICE' } })
  })
})
