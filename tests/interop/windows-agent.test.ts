import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isEnd, type Report, type StepWork, type Work } from '../../agent/protocol/messages.ts'
import { agentVersion } from '../../agent/runtime/version.ts'
import { ensureWindowsAgent } from '../../agent/windows/build/build.ts'
import { executableFile } from '../../agent/protocol/windows-agent/manifest.ts'
import { readExecutable } from '../../agent/windows/build/executable.ts'
import { startFakeServer, type FakeServer } from '../unit/agent/fake-server.ts'
import { whyNoRuntime } from './windows-runtime.ts'
import { writeAgent, openWine, whyNoWine, type Wine, type WineProgram } from './wine.ts'
import { canRun } from '../machine/requirements.ts'
import { standInExecutables } from '../windows/stand-in-executable.ts'
import { startRogue, whyNoRogue } from '../machine/rogue-server.ts'

const outputDir = join(import.meta.dirname, '../../build/windows')
const cacheDir = join(outputDir, 'cache')
const signal = AbortSignal.timeout(240_000)

const noRuntime = await whyNoRuntime(cacheDir, signal)
const noWine = whyNoWine() ?? noRuntime

describe.runIf(canRun('the Windows agent’s executable', noRuntime))('the executable', () => {
  const folders: string[] = []
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  test('is the same bytes wherever it is built, and is built again only for a reason', async () => {
    const made = []
    for (const name of ['one-', 'another-']) {
      const folder = mkdtempSync(join(tmpdir(), `etabli-${name}`))
      folders.push(folder)
      made.push(await ensureWindowsAgent({ outputDir: folder, cacheDir, signal }))
    }
    expect(made[1]).toEqual(made[0])
    // Without the runtime at hand it could not be built, and need not be.
    const [outputFolder = ''] = folders
    const elsewhere = join(outputFolder, 'no-cache')
    expect(await ensureWindowsAgent({ outputDir: outputFolder, cacheDir: elsewhere, signal })).toEqual(made[0])
    expect(existsSync(elsewhere)).toBe(false)
  })

  test('carries the program, says its name, and no signature that no longer fits', () => {
    const [folder = ''] = folders
    const about = readExecutable(readFileSync(join(folder, executableFile)))
    expect(about?.isSigned).toBe(false)
    expect(about?.blobBytes).toBeGreaterThan(10_000)
    expect(about?.strings).toMatchObject({ ProductName: 'Établi', FileVersion: expect.stringContaining(agentVersion) })
  })
})

describe.runIf(canRun('the Windows agent under Wine', noWine))('the agent in a Windows by Wine', () => {
  const executable = 'C:\\ProgramData\\Etabli\\etabli-agent.exe'
  let wine: Wine
  let server: FakeServer
  let folder: string
  let running: WineProgram[]

  beforeAll(async () => {
    // Wine's own PowerShell does nothing and says that all went well.
    const environment = { WINEPATH: 'C:\\stand-in', ETABLI_STAND_IN: 'C:\\stand-in\\machine' }
    const [opened] = await Promise.all([openWine(environment), ensureWindowsAgent({ outputDir, cacheDir, signal })])
    wine = opened
    await standInExecutables(join(wine.drive, 'stand-in'), cacheDir, signal, ['powershell.exe'])
  })
  afterAll(() => wine.close())
  beforeEach(async () => {
    running = []
    server = await startFakeServer()
    const machine = { id: 'm1', uuid: null, serial: 'G6BN226001', macs: ['88:ae:dd:00:00:01'] }
    folder = writeAgent(wine, join(outputDir, executableFile), { server: server.url.href, pin: server.pin, machine })
    rmSync(join(folder, 'pending-result.json'), { force: true })
  })
  afterEach(async () => {
    for (const program of running) program.kill()
    await Promise.all(running.map(({ ended }) => ended))
    await server.die()
  })

  function start(...args: string[]): WineProgram {
    const program = wine.start(executable, args)
    running.push(program)
    return program
  }

  function stepWork(type: string, input: Record<string, unknown>, differences: Partial<StepWork['step']> = {}): Work {
    const name = { fr: 'Étape', en: 'Step' }
    return {
      kind: 'step',
      runId: 'r1',
      token: 'token-1',
      step: { id: 'windows-0', index: 0, of: 2, attempt: 1, type, name, input, memory: {}, ...differences },
      weight: { before: 0, share: 0.5 },
      variables: {},
      results: {},
    }
  }

  const cmd = (command: string, differences: Partial<StepWork['step']> = {}): Work =>
    stepWork('run-command', { shell: 'cmd', command }, differences)
  const ends = (): Report[] => server.reports.filter(({ body }) => isEnd(body))
  const lines = (): string[] =>
    server.reports.flatMap(({ body }) => (body.kind === 'log' ? body.lines.map(({ text }) => text) : []))

  test('says hello, runs a command, restarts Windows, and ends', async () => {
    server.work = [cmd('echo "here & there" && cmd /c exit 0'), stepWork('restart', {}, { id: 'windows-1' })]
    const agent = start('run')
    await server.until(() => ends().length === 2, 'two results')
    expect(await agent.ended).toBe(0)
    expect(server.hellos[0]).toMatchObject({ phase: 'windows', agentVersion })
    expect(server.hellos[0]?.inventory.system.serial).toBe('G6BN226001')
    expect(server.hellos[0]?.inventory.networkInterfaces.map(({ mac }) => mac)).toContain('88:ae:dd:00:00:01')
    expect(lines().some((line) => line.includes('"here & there"'))).toBe(true)
    expect(agent.output()).toContain('$ shutdown.exe /r /t 0')
    expect(existsSync(join(folder, 'pending-result.json'))).toBe(false)
    expect(readFileSync(join(folder, 'agent.log'), 'utf8')).toContain('restarting\r\n')
  })

  test('tells a code that was not expected', async () => {
    server.work = [cmd('cmd /c exit 7'), { kind: 'wait' }]
    start('run')
    await server.until(() => ends().length === 1, 'a failure')
    expect(ends()[0]?.body).toMatchObject({ kind: 'failed', failure: { code: 'COMMAND_FAILED', params: { code: 7 } } })
  })

  test('killed in the middle of a step, it takes the next attempt and finishes', async () => {
    server.work = [cmd('echo begun & ping -n 60 127.0.0.1 >nul')]
    const first = start('run')
    await server.until(() => lines().includes('begun'), 'the step begun')
    first.kill()
    await first.ended
    expect(existsSync(join(folder, 'pending-result.json'))).toBe(false)
    server.work = [cmd('echo again', { attempt: 2 }), { kind: 'wait' }]
    start('run')
    await server.until(() => ends().length === 1, 'a result')
    expect(ends()[0]).toMatchObject({ attempt: 2, body: { kind: 'done', result: { code: 0 } } })
    expect(new Set(server.hellos.map(({ bootId }) => bootId)).size).toBe(2)
  })

  test('cancelled by the server, it lets go of the step although a grandchild keeps its output open', async () => {
    server.work = [cmd('echo begun & ping -n 60 127.0.0.1'), { kind: 'wait' }]
    server.verdict = ({ body }) => (body.kind === 'progress' && lines().includes('begun') ? 'cancel' : 'accepted')
    const agent = start('run')
    await server.until(() => server.polls >= 2, 'the next poll')
    expect(agent.output()).toContain('the server says cancel')
    expect(ends()).toEqual([])
  })

  test('a result the server did not get is told by the next start before its hello, and the step is not done twice', async () => {
    server.work = [cmd('ping -n 3 127.0.0.1 >nul & echo once >>C:\\times.txt'), { kind: 'wait' }]
    const first = start('run')
    await server.until(() => server.reports.length > 0, 'the step begun')
    await server.die()
    await expect.poll(() => existsSync(join(folder, 'pending-result.json')), { timeout: 20_000 }).toBe(true)
    first.kill()
    await first.ended
    let hellosAtEnd = -1
    server.verdict = ({ body }) => {
      if (body.kind === 'done') hellosAtEnd = server.hellos.length
      return 'accepted'
    }
    server.work = [{ kind: 'wait' }]
    await server.comeBack()
    start('run')
    await server.until(() => server.hellos.length === 2, 'a second hello')
    expect(ends()).toHaveLength(1)
    expect(hellosAtEnd).toBe(1)
    expect(readFileSync(join(wine.drive, 'times.txt'), 'utf8').trim().split(/\s+/)).toEqual(['once'])
    expect(existsSync(join(folder, 'pending-result.json'))).toBe(false)
  })

  test('says what is wrong with its configuration', async () => {
    writeAgent(wine, join(outputDir, executableFile), { server: 'ftp://10.0.0.1' })
    const agent = start('run')
    expect(await agent.ended).toBe(1)
    expect(agent.output()).toContain('agent.json: ')
  })

  describe('once its run has sealed the machine', () => {
    const retiring = { kind: 'retiring', runId: 'r1', since: new Date().toISOString(), result: {} }
    beforeEach(() => {
      writeFileSync(join(folder, 'retirement.json'), JSON.stringify(retiring))
      mkdirSync(join(folder, 'drivers'), { recursive: true })
    })
    const gone = () => expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false)

    test('goes with the run’s final report, and switches the machine off', async () => {
      server.work = [stepWork('shut-down', {})]
      const agent = start('run')
      await server.until(() => ends().length === 1, 'the final report')
      expect(await agent.ended).toBe(0)
      const said = agent.output()
      expect(said.indexOf('schtasks.exe /delete')).toBeGreaterThan(0)
      expect(said.indexOf('shutdown.exe /s')).toBeGreaterThan(said.indexOf('schtasks.exe /delete'))
      await gone()
    })

    test('stays for as long as the server has not heard it', async () => {
      server.verdict = ({ body }) => (body.kind === 'done' ? 503 : 'accepted')
      server.work = [stepWork('shut-down', {})]
      const agent = start('run')
      await expect.poll(() => existsSync(join(folder, 'pending-result.json')), { timeout: 20_000 }).toBe(true)
      agent.kill()
      await agent.ended
      expect(existsSync(join(folder, 'agent.json'))).toBe(true)
      // The next start tells it, before a hello, and goes.
      server.verdict = () => 'accepted'
      const hellos = server.hellos.length
      const again = start('run')
      expect(await again.ended).toBe(0)
      expect(server.hellos).toHaveLength(hellos)
      await gone()
    })

    test('killed between the final report and its going, it goes at the next start, though the run’s token is dead', async () => {
      server.work = [stepWork('shut-down', {})]
      const body = { kind: 'done', result: {} }
      const report = { runId: 'r1', stepId: 'windows-0', attempt: 1, at: '2026-01-01T00:00:00.000Z', body }
      writeFileSync(
        join(folder, 'pending-result.json'),
        JSON.stringify({ token: 'dead', report, afterwards: 'shut-down' }),
      )
      server.verdict = () => 401
      const agent = start('run')
      expect(await agent.ended).toBe(0)
      expect(agent.output()).toContain('the run is over: the agent goes')
      // It has been started anew since: what greets the owner now must not be switched off.
      expect(agent.output()).not.toContain('shutdown.exe')
      await gone()
    })

    test('goes when the server has no more work, and leaves the machine on', async () => {
      server.work = [{ kind: 'wait' }]
      const agent = start('run')
      expect(await agent.ended).toBe(0)
      expect(agent.output()).not.toContain('shutdown.exe')
      await gone()
    })
  })

  test('kept, it waits for work like any other, and takes it', async () => {
    writeFileSync(join(folder, 'retirement.json'), JSON.stringify({ kind: 'kept', account: 'Utilisateur' }))
    server.work = [{ kind: 'wait' }, { kind: 'wait' }, cmd('echo awake')]
    start('run')
    await server.until(() => ends().length === 1, 'a result')
    expect(lines()).toContain('awake')
    rmSync(join(folder, 'retirement.json'))
  })

  test('kept for longer than its sequence says, it goes without asking anybody', async () => {
    const waited = { seen: new Date(Date.now() - 181 * 24 * 3600_000).toISOString(), ms: 0 }
    writeFileSync(
      join(folder, 'retirement.json'),
      JSON.stringify({ kind: 'kept', account: 'Utilisateur', asleepForDays: 180, waited }),
    )
    const agent = start('run')
    expect(await agent.ended).toBe(0)
    expect(agent.output()).toContain('it has slept for its time: the agent goes')
    expect(agent.output()).toContain('schtasks.exe /delete')
    expect(server.hellos).toEqual([])
    await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false)
  })

  test.runIf(canRun('a rogue in the server’s place', whyNoRogue()))(
    'asleep, it tells somebody else in the server’s place nothing, and goes on when the server is back',
    async () => {
      writeFileSync(join(folder, 'retirement.json'), JSON.stringify({ kind: 'kept', account: 'Utilisateur' }))
      await server.die()
      const rogue = await startRogue(server.url)
      const agent = start('run')
      try {
        await expect.poll(() => agent.output(), { timeout: 20_000 }).toContain('SERVER_KEY_WRONG')
        await expect.poll(() => rogue.handshakes(), { timeout: 20_000 }).toBeGreaterThan(1)
      } finally {
        await rogue.stop()
      }
      expect(rogue.told()).toBe('')
      server.work = [cmd('echo awake'), { kind: 'wait' }]
      await server.comeBack()
      await server.until(() => ends().length === 1, 'a result')
      rmSync(join(folder, 'retirement.json'))
    },
  )

  test('removes itself: task and folder', async () => {
    expect(await start('install').ended).toBe(0)
    expect(await start('remove').ended).toBe(0)
    await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false)
  })
})
