import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureWindowsAgent } from '../../agent/windows/build/build.ts'
import { executableFile } from '../../agent/protocol/windows-agent/manifest.ts'
import type { DeploymentView } from '../../server/api/deployments/schema.ts'
import type { EvidenceView, RecordView } from '../../server/api/stock/schema.ts'
import { ask, openWorkshop, putImage, signIn, type Workshop } from '../unit/server/api/workshop.ts'
import { layCable, type Cable } from '../windows/cable.ts'
import { assembleComputer, type Computer } from '../windows/computer.ts'
import { named, told } from '../windows/machine-folder.ts'
import { started, type Machine } from '../windows/machine.ts'
import { completeEvidence } from '../windows/nuc-evidence.ts'
import { failingDriver, nucMachine } from '../windows/nuc-machine.ts'
import { assignment, fillCatalogue } from '../windows/nuc-catalogue.ts'
import { orderRun, type OrderedRun } from '../windows/order.ts'
import { whyNoRuntime } from './windows-runtime.ts'
import { whyNoWine } from './wine.ts'
import { canRun } from '../machine/requirements.ts'

const outputDir = join(import.meta.dirname, '../../build/windows')
const cacheDir = join(outputDir, 'cache')
const seconds = 1000
type LogPage = { items: Array<{ line: { text: string } }>; next: string | null }

const noWine = whyNoWine() ?? (await whyNoRuntime(cacheDir, AbortSignal.timeout(60 * seconds)))

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
  - remove-apps: { profile: essai }
  - set-windows:
      power: balanced
      oem: { manufacturer: Atelier d’essai, supportPhone: '+41 27 000 00 00' }
      tidyDesktop: true
      driveLabel: Windows
  - run-command: { shell: cmd, command: 'echo bonjour' }
  - run-powershell: { script: 'Write-Output bonjour' }
  - verify: { profile: ready-for-sale }
  - seal: { for: customer, agent: remove }
  - shut-down: {}
`,
  shelf: `name: Pour l’étagère
${environment}
windows:
  - verify: { profile: ready-for-sale, allow: ['report:teamViewerId'] }
  - seal: { for: account, agent: keep }
  - shut-down: {}
`,
  delivery: `name: Avant livraison
windows:
  - verify: { profile: delivery, allow: ['report:teamViewerId'] }
  - seal: { for: customer, agent: remove }
  - deliver: {}
  - shut-down: {}
`,
  sealed: `name: Pour le client
${environment}
windows:
  - seal: { for: customer, agent: remove }
  - shut-down: {}
`,
  stubborn: `name: Logiciel qui ne finit pas
${environment}
windows:
  - install-software: { package: stubborn, stalledAfterMinutes: 0.02 }
  - shut-down: {}
`,
}

describe.runIf(canRun('the Windows half of a sequence under Wine', noWine))('the Windows half of a run', () => {
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
        fillCatalogue(dataDir)
      },
    })
    token = await signIn(workshop)
  }, 60 * seconds)
  afterAll(async () => {
    await computer?.close()
    await workshop?.close()
  })
  beforeEach(async () => {
    limit = AbortSignal.timeout(180 * seconds)
    cable = await layCable(() => new URL(workshop.tls.url))
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
  async function deployed(number: number, sequence: string, different: Partial<Machine> = {}): Promise<OrderedRun> {
    const run = await orderRun(workshop, { token, number, sequence, image: 'win11' })
    computer.lay({ ...nucMachine(), ...different }, { server: cable.url, pin: workshop.tls.pin, ...run.configuration })
    return run
  }
  const onDisk = (path: string): string => join(computer.drive, 'ProgramData/Etabli', path)
  const began = (name: string): boolean => computer.machine.calls().some((one) => named(one) === name)

  test('ends with the record ready and complete evidence, killed twice', { timeout: 190 * seconds }, async () => {
    const run = await deployed(1, 'whole')
    await cable.unplug()
    await Promise.all([computer.runUntilOff(limit), interrupt()])
    const done = await run.read()
    expect(done).toMatchObject({ state: 'done', problem: null })
    const record = await recordOf(run)
    expect(record).toMatchObject({ state: 'ready', facts: { teamViewerId: '1234567890' } })

    const evidence = await ask<EvidenceView>(workshop, 'GET', `/api/stock/${record.id}/evidence`, { token })
    expect(evidence.body).toMatchObject({ runId: run.id, passed: true, holds: true })
    const verdicts = new Map(evidence.body.items.map(({ id, verdict }) => [id, verdict]))
    expect(Object.fromEntries(verdicts)).toEqual(completeEvidence)

    // The driver that fails each time is named, and nobody waits for it.
    const update = done.steps.find(({ type }) => type === 'windows-update')
    expect(update?.result).toMatchObject({ failed: [{ title: failingDriver, times: 2, code: '0x80070643' }] })

    // For its owner: nothing of the workshop is left, and Windows will greet.
    const { installed, updates, ...left } = computer.machine.read()
    expect(left).toMatchObject({ sealed: true, accounts: [], traces: [], driveLabel: 'Windows' })
    expect(left.goAtStart).toContain('C:\\ProgramData\\Etabli')
    expect(installed).toEqual({ 'TeamViewer_Host.msi': 1 })
    expect(updates.map(({ tries, state }) => `${state} ${tries}`)).toEqual([
      'installed 1',
      'installed 1',
      'available 2',
      'installed 1',
    ])
    expect(deeds()).toEqual([
      ...['pnputil.exe', 'dism.exe', 'shutdown.exe /r'],
      // Killed at the first one; the second pass brings what the first has made possible.
      ...['update-install', 'update-install', 'shutdown.exe /r', 'update-install', 'shutdown.exe /r', 'first-sign-in'],
      ...['msiexec.exe', 'create-shortcuts', 'teamviewer.exe', 'remove-appx', 'remove-capabilities'],
      ...['powercfg.exe', 'powercfg.exe', 'label-drive'],
      // Sysprep wants an administrator's own session: Windows is restarted into one.
      ...['seal-session', 'seal-session', 'shutdown.exe /r', 'seal-session', 'run-sysprep'],
      ...['seal-traces', 'seal-account', 'forget-at-restart', 'schtasks.exe', 'shutdown.exe /s'],
    ])
    // What the shop alone may know has reached TeamViewer, and nothing that people read.
    const shown = JSON.stringify([done, record, await logOf(run)]) + computer.console()
    expect(shown).not.toContain(assignment)
    expect(computer.machine.calls().some(({ args }) => args.includes(assignment))).toBe(true)
    expect(shown).toContain('bonjour')
    overhearsNothing(run)
  })

  /** Whoever listens on the network has the addresses and the amounts. */
  function overhearsNothing({ id, configuration }: OrderedRun): void {
    const heard = cable.overheard().toString('latin1')
    expect(heard.length).toBeGreaterThan(100_000)
    const { key, machine } = configuration
    for (const secret of [
      assignment,
      String(key),
      id,
      JSON.stringify(machine).slice(1, 60),
      'G6BN2260',
      'Bearer',
      'HTTP/1.1',
    ])
      expect(heard.includes(secret) ? secret : null).toBeNull()
  }

  /** What may happen to a machine in a workshop, at the worst moments. */
  async function interrupt(): Promise<void> {
    // No network after the first start: it waits, and takes its work up when there is one.
    await until(() => computer.console().includes('cannot reach the server'))
    await cable.plugIn()

    // The power goes while Windows installs an update.
    await until(() => existsSync(onDisk('updates/begun.json')))
    computer.cutPower()

    // The network goes while TeamViewer is installed, then the power before the result could be told, then the server.
    await until(() => began('msiexec.exe'))
    await cable.unplug()
    await until(() => existsSync(onDisk('pending-result.json')))
    computer.cutPower()
    await workshop.restart()
    await until(() => computer.console().includes('sending the result of'))
    await cable.plugIn()
  }

  /** What has changed Windows, in order. */
  function deeds(): string[] {
    const all = computer.machine.calls().filter(({ what }) => what === 'begins')
    const questions =
      /^(reg\.exe|powershell\.exe|read-registry|measure-.*|.*-search|pending-.*|problem-.*|installed-.*|.*-effort|seal-readiness|sysprep-outcome)$/
    return all
      .filter((one) => !questions.test(named(one)))
      .map((one) => `${named(one)} ${one.program === 'shutdown.exe' ? one.args[0] : ''}`.trimEnd())
  }

  async function logOf({ id }: OrderedRun): Promise<string[]> {
    const lines: string[] = []
    for (let next: string | null = '0'; next !== null;) {
      const path: string = `/api/deployments/${id}/log?after=${next}`
      const { body }: { body: LogPage } = await ask<LogPage>(workshop, 'GET', path, { token })
      lines.push(...body.items.map(({ line }) => line.text))
      next = body.next
    }
    return lines
  }

  test('sleeps on the shelf, wakes up for its customer, and is delivered', { timeout: 120 * seconds }, async () => {
    const run = await deployed(4, 'shelf', { devices: [], updates: [] })
    await computer.runUntilOff(limit)
    expect(await recordOf(run)).toMatchObject({ state: 'ready' })
    const { accounts, sealed } = computer.machine.read()
    expect({ accounts, sealed }).toEqual({ accounts: [{ name: 'Utilisateur', password: false }], sealed: false })

    const json = { machineIds: [run.machineId], sequenceId: 'delivery' }
    const { status, body } = await ask(workshop, 'POST', '/api/deployments', { token, json })
    expect([status, body]).toEqual([201, expect.anything()])
    computer.machine.write(started(computer.machine.read()))
    await computer.runUntilOff(limit)
    expect(await recordOf(run)).toMatchObject({ state: 'delivered' })
    expect(computer.machine.read()).toMatchObject({ accounts: [], sealed: true })
    expect(computer.machine.read().goAtStart).toContain('C:\\ProgramData\\Etabli')
  })

  test(
    'tries sysprep again after a restart, and keeps the account when it fails twice',
    { timeout: 120 * seconds },
    async () => {
      const once = { devices: [], updates: [], faults: { 'run-sysprep': { code: 1, stderr: '0x800F0975', times: 1 } } }
      const run = await deployed(5, 'sealed', once)
      await computer.runUntilOff(limit)
      expect(await run.read()).toMatchObject({ state: 'done' })
      expect(computer.machine.read()).toMatchObject({ accounts: [], traces: [], sealed: true })

      const twice = { devices: [], updates: [], faults: { 'run-sysprep': { code: 1, stderr: '0x800F0975' } } }
      const failing = await deployed(6, 'sealed', twice)
      const waits = computer.runUntilOff(limit).catch(() => undefined)
      for (let state = ''; state !== 'attention'; state = (await failing.read()).state)
        await sleep(200, undefined, { signal: limit })
      expect((await failing.read()).problem?.detail).toContain('0x800F0975')
      const { accounts, traces, sealed } = computer.machine.read()
      expect({ accounts, sealed }).toEqual({ accounts: [{ name: 'Utilisateur', password: false }], sealed: false })
      expect(traces).toHaveLength(1)
      await computer.switchOff()
      await waits
    },
  )

  test('names an installer that hangs, ends it, and waits for a person', { timeout: 90 * seconds }, async () => {
    const run = await deployed(2, 'stubborn')
    const { problem } = await untilAttention(run)
    expect(problem).toMatchObject({
      code: 'SOFTWARE_STALLED',
      message: { fr: expect.stringContaining('Logiciel qui') },
    })
  })

  test('says that the disk is full', { timeout: 90 * seconds }, async () => {
    const run = await deployed(3, 'stubborn')
    mkdirSync(onDisk('software/stubborn'), { recursive: true })
    symlinkSync('/dev/full', onDisk('software/stubborn/Stubborn.msi.part'))
    const { problem } = await untilAttention(run)
    expect(problem).toMatchObject({ code: 'MATERIAL_DISK_FULL', message: { fr: expect.stringContaining('plein') } })
  })

  /** Lets the computer run until a person is needed; it goes on waiting for one until it is switched off. */
  async function untilAttention(run: OrderedRun): Promise<DeploymentView> {
    const seen = run.until('attention', limit).finally(() => computer.switchOff())
    const [view] = await Promise.all([seen, computer.runUntilOff(limit)])
    return view
  }

  async function recordOf({ machineId }: OrderedRun): Promise<RecordView> {
    const { body } = await ask<{ items: RecordView[] }>(workshop, 'GET', '/api/stock', { token })
    const record = body.items.find((one) => one.machineId === machineId)
    if (record === undefined) throw new Error(JSON.stringify(body))
    return record
  }
})
