import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureWindowsAgent } from '../../agent/windows/build.ts'
import { executableFile } from '../../agent/windows/build-manifest.ts'
import type { EvidenceView, RecordView } from '../../server/api/stock/schema.ts'
import { ask, openWorkshop, putImage, signIn, type Workshop } from '../unit/server/api/workshop.ts'
import { layCable, type Cable } from '../windows/cable.ts'
import { assembleComputer, type Computer } from '../windows/computer.ts'
import { named, told } from '../windows/machine-folder.ts'
import { nucMachine } from '../windows/nuc-machine.ts'
import { fillShelf } from '../windows/nuc-shelf.ts'
import { orderRun, type OrderedRun } from '../windows/order.ts'
import { whyNoWine } from './wine.ts'

const outputDir = join(import.meta.dirname, '../../build/windows')
const cacheDir = join(outputDir, 'cache')
const seconds = 1000
const noWine = whyNoWine()
if (noWine !== null) console.log(`skipped: the Windows half of a sequence under Wine (${noWine})`)

const environment = `environment:
  - partition-disk: { disk: only }
  - apply-image: {}
  - inject-drivers: { packs: matching }
  - prepare-windows: { account: local, name: Utilisateur }
  - write-boot-files: {}
  - restart: {}
`

const sequences: Record<string, string> = {
  whole: `name: Du premier démarrage à la vente
${environment}
windows:
  - install-drivers: {}
  - windows-update: { passes: 5 }
  - install-software: { package: teamviewer-host, shortcut: desktop }
  - run-command: { shell: cmd, command: 'echo bonjour' }
  - run-powershell: { script: 'Write-Output bonjour' }
  - verify: { profile: ready-for-sale }
  - shut-down: {}
`,
  stubborn: `name: Logiciel qui ne finit pas
${environment}
windows:
  - install-software: { package: stubborn, stalledAfterMinutes: 0.02 }
  - shut-down: {}
`,
}

describe.skipIf(noWine !== null)('the Windows half of a run', () => {
  let workshop: Workshop
  let computer: Computer
  let cable: Cable
  let token: string
  let limit: AbortSignal

  beforeAll(async () => {
    const signal = AbortSignal.timeout(60 * seconds)
    await ensureWindowsAgent({ outputDir, cacheDir, signal })
    computer = await assembleComputer({ agent: join(outputDir, executableFile), cacheDir, signal })
    workshop = await openWorkshop({
      env: { ETABLI_WINDOWS_AGENT_DIR: outputDir },
      prepare: (dataDir) => {
        mkdirSync(join(dataDir, 'sequences'), { recursive: true })
        for (const [name, text] of Object.entries(sequences))
          writeFileSync(join(dataDir, 'sequences', `${name}.yaml`), text)
        putImage(dataDir, 'win11')
        fillShelf(dataDir)
      },
    })
    token = await signIn(workshop)
  }, 60 * seconds)
  afterAll(async () => {
    await computer?.close()
    await workshop?.close()
  })
  beforeEach(async () => {
    limit = AbortSignal.timeout(90 * seconds)
    cable = await layCable(() => new URL(workshop.url))
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      console.log(`${computer.console()}\n${computer.machine.calls().map(told).join('\n')}`)
    await computer.switchOff()
    await cable.unplug()
  })

  async function until(what: () => boolean): Promise<void> {
    while (!what()) await sleep(50, undefined, { signal: limit })
  }
  /** A PC on whose disk the environment has laid a Windows for a run of this sequence. */
  async function deployed(number: number, sequence: string): Promise<OrderedRun> {
    const run = await orderRun(workshop, { token, number, sequence, image: 'win11' })
    computer.lay(nucMachine(), { server: cable.url, ...run.configuration })
    return run
  }
  const onDisk = (path: string): string => join(computer.drive, 'ProgramData/Etabli', path)
  const began = (name: string): boolean => computer.machine.calls().some((one) => named(one) === name)

  test('ends with the record ready and complete evidence, killed twice', { timeout: 100 * seconds }, async () => {
    const run = await deployed(1, 'whole')
    await cable.unplug()
    const off = computer.runUntilOff(limit)

    // No network after the first start: it waits, and takes its work up when there is one.
    await until(() => computer.console().includes('cannot reach the server'))
    await cable.plugIn()

    // The power goes while Windows installs an update.
    await until(() => existsSync(onDisk('updates/begun.json')))
    computer.cutPower()

    // The network goes while TeamViewer is installed, then the power before the result could be told.
    await until(() => began('msiexec.exe'))
    await cable.unplug()
    await until(() => existsSync(onDisk('pending-end.json')))
    computer.cutPower()
    await until(() => computer.console().includes('sending the end of'))
    await cable.plugIn()

    await off
    expect(await run.read()).toMatchObject({ state: 'done' })
    const record = await recordOf(run)
    expect(record).toMatchObject({ state: 'ready', facts: { teamViewerId: '1234567890' } })
    const evidence = await ask<EvidenceView>(workshop, 'GET', `/api/stock/${record.id}/evidence`, { token })
    console.log(JSON.stringify(evidence.body, null, 1))
  })

  test('names an installer that hangs, ends it, and waits for a person', { timeout: 60 * seconds }, async () => {
    const run = await deployed(2, 'stubborn')
    const off = computer.runUntilOff(limit)
    const { problem } = await run.until('attention', limit)
    expect(problem).toMatchObject({ code: 'SOFTWARE_STALLED', message: { fr: expect.stringContaining('Logiciel qui') } })
    await computer.switchOff()
    await off
  })

  test('says that the disk is full', { timeout: 60 * seconds }, async () => {
    const run = await deployed(3, 'stubborn')
    mkdirSync(onDisk('software/stubborn'), { recursive: true })
    symlinkSync('/dev/full', onDisk('software/stubborn/Stubborn.msi.part'))
    const off = computer.runUntilOff(limit)
    const { problem } = await run.until('attention', limit)
    expect(problem).toMatchObject({ code: 'MATERIAL_DISK_FULL', message: { fr: expect.stringContaining('plein') } })
    await computer.switchOff()
    await off
  })

  async function recordOf({ machineId }: OrderedRun): Promise<RecordView> {
    const { body } = await ask<{ items: RecordView[] }>(workshop, 'GET', '/api/stock', { token })
    const record = body.items.find((one) => one.machineId === machineId)
    if (record === undefined) throw new Error(JSON.stringify(body))
    return record
  }
})
