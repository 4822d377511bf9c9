import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ReportBody } from '../../../../agent/protocol/messages.ts'
import type { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import { nucInventory, startAgent, startWindowsAgent, type AgentDriver } from './agent-driver.ts'
import { ask, disksSeen, openWorkshop, putImage, putWindowsAgent, signIn, type Workshop } from './workshop.ts'

const sequence = `
name: Clé par poste
environment:
  - partition-disk: { disk: only }
  - apply-image: { image: win11 }
  - prepare-windows: {}
  - restart: {}
windows:
  - run-command: { command: "slmgr /ipk \${secret.windowsKey} \${secret.word}" }
  - shut-down: {}
`
const keys = { one: 'FIRST-NOBOD-YSEES-THISK-EY111', two: 'OTHER-NOBOD-YSEES-THISK-EY222' }
const right = `word: tournesol
windowsKey:
  G6BN226001: ${keys.one}
  g6bn226002: ${keys.two}
`

let workshop: Workshop
let token: string
let folder: string
const log: string[] = []
const write = (text: string): void => writeFileSync(join(folder, 'secrets.yaml'), text, { mode: 0o600 })
beforeAll(async () => {
  workshop = await openWorkshop({
    holdMs: 300,
    log: (line) => log.push(line),
    prepare(dataDir) {
      folder = dataDir
      putImage(dataDir, 'win11')
      putWindowsAgent(dataDir)
      mkdirSync(join(dataDir, 'sequences'))
      writeFileSync(join(dataDir, 'sequences/keyed.yaml'), sequence)
    },
  })
  token = await signIn(workshop)
})
beforeEach(() => write(right))
afterAll(() => workshop.close())

type Started = { items: DeploymentView[]; code: string; message: string; fix: string }
async function start(...agents: AgentDriver[]) {
  const seen = await Promise.all(agents.map(({ welcome }) => disksSeen(workshop, token, welcome.machineId)))
  const json = {
    machineIds: agents.map(({ welcome }) => welcome.machineId),
    sequenceId: 'keyed',
    disksSeen: Object.assign({}, ...seen) as Record<string, string>,
  }
  return ask<Started>(workshop, 'POST', '/api/deployments', { token, json })
}
const runsOf = async (agent: AgentDriver): Promise<DeploymentView[]> => {
  const path = `/api/deployments?machineId=${agent.welcome.machineId}`
  return (await ask<{ items: DeploymentView[] }>(workshop, 'GET', path, { token })).body.items
}
const done: ReportBody = { kind: 'done', result: {} }

/** To the step that needs the secrets, in Windows; gives what it was given. */
async function secretsInWindows(agent: AgentDriver, number: number): Promise<Record<string, string> | undefined> {
  let key = ''
  for (let step = 0; step < 4; step += 1) {
    const work = await agent.step()
    expect(work).not.toHaveProperty('secrets')
    key = work.agentKey ?? key
    await agent.report(work, done)
  }
  return (await (await startWindowsAgent(workshop, number, key)).step()).secrets
}

describe('a secret with a value for each machine', () => {
  test('reaches the Windows of each machine as its own, and stands in nothing else', async () => {
    const [one, two] = [await startAgent(workshop, 1), await startAgent(workshop, 2)]
    const started = await start(one, two)
    expect(started.status).toBe(201)
    expect(await secretsInWindows(one, 1)).toEqual({ windowsKey: keys.one, word: 'tournesol' })
    expect(await secretsInWindows(two, 2)).toEqual({ windowsKey: keys.two, word: 'tournesol' })
    const paths = started.body.items.flatMap(({ id }) => [`/api/deployments/${id}`, `/api/deployments/${id}/log`])
    const said = await Promise.all(
      [...paths, '/api/sequences/keyed', '/api/machines'].map((path) => ask(workshop, 'GET', path, { token })),
    )
    const told = JSON.stringify([started.body, said.map(({ body }) => body), log])
    expect(told).toContain('secret.windowsKey')
    for (const secret of [keys.one, keys.two, 'tournesol']) expect(told).not.toContain(secret)
  })

  test('is refused to a machine that is not in the map, before anything is begun, with file, serial and name', async () => {
    const [known, unknown] = [await startAgent(workshop, 1), await startAgent(workshop, 3)]
    for (const run of await runsOf(known)) await ask(workshop, 'POST', `/api/deployments/${run.id}/cancel`, { token })
    const before = (await runsOf(known)).length
    const { status, body } = await start(known, unknown)
    expect([status, body.code]).toEqual([422, 'SECRET_NOT_FOR_MACHINE'])
    expect(body.message).toContain('G6BN226003')
    expect(body.fix).toContain('secrets.yaml')
    expect(body.fix).toMatch(/sous «.windowsKey.» la ligne «.G6BN226003:/)
    expect(JSON.stringify(body)).not.toContain('NOBOD')
    expect(await runsOf(unknown)).toEqual([])
    expect(await runsOf(known)).toHaveLength(before)
    write(`${right}  G6BN226003: a-key-of-its-own\n`)
    expect((await start(unknown)).status).toBe(201)
  })

  test('is refused to a machine without a serial number', async () => {
    const { system, board, ...rest } = nucInventory(4)
    const inventory = { ...rest, system: { ...system, serial: null }, board: { ...board, serial: null } }
    const { body } = await start(await startAgent(workshop, 4, 'boot-without-serial', inventory))
    expect(body.code).toBe('SECRET_NEEDS_SERIAL')
  })

  test('goes by the serial number the run was started with, whatever the machine says of itself later', async () => {
    const agent = await startAgent(workshop, 5, 'boot-of-5')
    write(`${right}  G6BN226005: the-fifth-key\n  NOBODYS-9: the-ninth-key\n`)
    expect((await start(agent)).status).toBe(201)
    const { system, ...rest } = nucInventory(5)
    const liar = await startAgent(workshop, 5, 'boot-of-5', { ...rest, system: { ...system, serial: 'NOBODYS-9' } })
    const { body } = await ask(workshop, 'GET', `/api/machines/${agent.welcome.machineId}`, { token })
    expect(body).toMatchObject({ serial: 'NOBODYS-9' })
    expect(await secretsInWindows(liar, 5)).toEqual({ windowsKey: 'the-fifth-key', word: 'tournesol' })
  })
})

test.each<[string, string, string, string]>([
  ['is not there', 'word: tournesol\n', 'SECRET_NOT_SET', 'windowsKey'],
  ['is a list', 'word: tournesol\nwindowsKey: [hidden]\n', 'SECRET_WRONG', 'ligne 2'],
  ['is there twice for a machine', `${right}  G6BN226001X: a\n  g6bn226001x: hidden\n`, 'SECRET_WRONG', 'deux fois'],
  ['stands in a file that is no YAML', 'word: tournesol\nb: [hidden', 'SECRETS_UNREADABLE', 'ligne 2'],
  ['stands in a file of a megabyte', `word: ${'hidden'.repeat(200_000)}\n`, 'SECRETS_TOO_LARGE', 'secrets.yaml'],
])('a run whose secret %s is not started, and what is said holds none of it', async (_what, text, code, words) => {
  write(text)
  const agent = await startAgent(workshop, 6)
  const { body } = await start(agent)
  expect(body.code).toBe(code)
  expect(body.message).toContain(words)
  expect(await runsOf(agent)).toEqual([])
  expect(JSON.stringify([body, log])).not.toContain('hidden')
})
