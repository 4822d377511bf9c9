import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureWindowsAgent } from '../../agent/windows/build.ts'
import { executableFile } from '../../agent/windows/build-manifest.ts'
import type { DeploymentView } from '../../server/api/deployments/schema.ts'
import { startAgent } from '../unit/server/api/agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from '../unit/server/api/workshop.ts'
import { layCable, type Cable } from '../windows/cable.ts'
import { assembleComputer, type Computer } from '../windows/computer.ts'
import { whyNoWine } from './wine.ts'

const outputDir = join(import.meta.dirname, '../../build/windows')
const cacheDir = join(outputDir, 'cache')
const signal = AbortSignal.timeout(240_000)
const noWine = whyNoWine()

const sequence = `name: Essai
environment:
  - run-command: { shell: sh, command: 'true' }
windows:
  - run-command: { shell: cmd, command: 'echo once' }
  - restart: {}
  - run-command: { shell: cmd, command: 'echo twice' }
  - shut-down: {}
`

describe.skipIf(noWine !== null)('the Windows half', () => {
  let workshop: Workshop
  let computer: Computer
  let cable: Cable
  let token: string
  beforeAll(async () => {
    await ensureWindowsAgent({ outputDir, cacheDir, signal })
    computer = await assembleComputer({ agent: join(outputDir, executableFile), cacheDir, signal })
    workshop = await openWorkshop({
      prepare: (dataDir) => {
        mkdirSync(join(dataDir, 'sequences'), { recursive: true })
        writeFileSync(join(dataDir, 'sequences', 'essai.yaml'), sequence)
      },
    })
    cable = await layCable(() => new URL(workshop.url))
    token = await signIn(workshop)
  }, 60_000)
  afterAll(async () => {
    await cable?.unplug()
    await computer?.close()
    await workshop?.close()
  })

  test('goes', async () => {
    const agent = await startAgent(workshop, 1)
    const json = { machineIds: [agent.welcome.machineId], sequenceId: 'essai' }
    const { body } = await ask<{ items: DeploymentView[] }>(workshop, 'POST', '/api/deployments', { token, json })
    const step = await agent.step()
    await agent.report(step, { kind: 'done', result: {} })
    computer.lay(
      {},
      {
        server: cable.url,
        machine: {
          id: 'm1',
          uuid: '4c4c4544-0000-4000-8000-000000000001',
          serial: 'G6BN226001',
          macs: ['1c:69:7a:00:00:01'],
        },
      },
    )
    try {
      await computer.runUntilOff(AbortSignal.timeout(40_000))
    } finally {
      console.log(computer.console())
      console.log(computer.machine.calls())
    }
    const id = body.items?.[0]?.id ?? ''
    const run = await ask<DeploymentView>(workshop, 'GET', `/api/deployments/${id}`, { token })
    expect(run.body).toMatchObject({ state: 'done' })
  })
})
