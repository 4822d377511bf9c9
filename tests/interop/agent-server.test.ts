import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { untouchedClock } from '../../agent/environment/clock/machine-clock.ts'
import { openSourceFiles } from '../../agent/environment/inventory/source-files.ts'
import { environmentSteps } from '../../agent/environment/steps/step-table.ts'
import { systemClock } from '../../agent/runtime/clock.ts'
import type { Exec } from '../../agent/runtime/exec.ts'
import { runAgent } from '../../agent/runtime/runner.ts'
import type { ScreenState } from '../../agent/runtime/screen-state.ts'
import type { PowerAction, Step, StepContext } from '../../agent/runtime/step.ts'
import { openConnection } from '../../agent/runtime/connection.ts'
import { openTransport } from '../../agent/runtime/transport.ts'
import { agentVersion } from '../../agent/runtime/version.ts'
import { launchServer, type ServerProgram } from '../machine/server-program.ts'
import { makeInventory } from '../unit/agent/machines.ts'
import type { PinnedServer } from '../../agent/protocol/pinned-server.ts'
import { layCable, type Cable } from '../windows/cable.ts'
import { attachDisk, canMakeDisks, hashTree, withNtfs, type TestDisk } from './agent-bench.ts'

const mebibyte = 2 ** 20
const hasVfat = readFileSync('/proc/filesystems', 'utf8').includes('vfat')
const Item = Type.Object({
  id: Type.String(),
  state: Type.Optional(Type.String()),
  hardware: Type.Optional(Type.Union([Type.Object({ disksRevision: Type.String() }), Type.Null()])),
})
const Items = Type.Object({ items: Type.Array(Item) })
const sequence = `name: Petit disque
environment:
  - partition-disk: { disk: only, recoverySize: 0 B }
  - apply-image: {}
  - write-boot-files: {}
  - run-command: { command: "echo bonjour" }
  - restart: {}
`

/** Of a request to start a run: the machine, and that its disks were seen as the API shows them. */
function onDisksOf(machine: Static<typeof Item> | undefined) {
  return { machineIds: [machine?.id], disksSeen: { [machine?.id ?? '']: machine?.hardware?.disksRevision } }
}

describe.runIf(canMakeDisks())('agent and server', () => {
  let folder: string
  let disk: TestDisk
  let url: string
  let server: ServerProgram
  /** The server has another port each time it is started: the agent goes by a cable that leads to the one of now. */
  let cable: Cable
  let agents: PinnedServer
  let cookie = ''

  async function startServer(): Promise<void> {
    const env = { ETABLI_DATA_DIR: join(folder, 'data'), ETABLI_ADMIN_PASSWORD: 'atelier-de-test' }
    server = launchServer(env)
    url = await server.ready()
    agents = await server.agents()
  }

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const answer = await fetch(url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const parsed: unknown = await answer.json()
    return parsed
  }
  const items = async (path: string) => Value.Parse(Items, await call('GET', path)).items

  async function importImage(): Promise<string> {
    await call('POST', '/api/imports', { path: join(folder, 'source.wim') })
    for (;;) {
      const [found] = await items('/api/images')
      if (found !== undefined) return found.id
      const [one] = await items('/api/imports')
      if (one?.state === 'failed') throw new Error(JSON.stringify(await call('GET', '/api/imports')))
      if (one?.state === 'choose')
        await call('POST', `/api/imports/${one.id}/prepare`, { editions: [1] }).catch(() => null)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  /** The bench's steps, confined to the test's disk; a folder stands for the ESP where the kernel has no FAT. */
  function confined(steps: ReadonlyMap<string, Step>): Map<string, Step> {
    const esp = mkdtempSync(join(folder, 'esp-'))
    return new Map(
      [...steps].map(([type, step]) => [
        type,
        (context) => {
          const exec: Exec = (command, args, options) => {
            const foreign = args.find((arg) => arg.startsWith('/dev/') && !arg.startsWith(disk.device))
            if (foreign !== undefined) throw new Error(`a step of the test wants ${foreign}`)
            const isEsp = command === 'mount' && !hasVfat
            return context.exec(command, isEsp ? ['--bind', esp, args.at(-1) ?? ''] : args, options)
          }
          const inside: StepContext = Object.assign(Object.create(context), { exec })
          return step(inside)
        },
      ]),
    )
  }

  function startAgent(
    show: (state: ScreenState) => void,
    signal: AbortSignal,
    disks = [disk.disk],
  ): Promise<PowerAction> {
    const inventory = makeInventory({ disks })
    const dependencies = {
      server: { url: new URL(cable.url), pin: agents.pin },
      readDisks: () => Promise.resolve(disks),
      files: openSourceFiles('/'),
      mountFolder: join(disk.folder, 'mnt'),
      machineClock: untouchedClock,
      newGuid: randomUUID,
    }
    return runAgent({
      server: cable.url,
      connection: openConnection(openTransport(dependencies.server)),
      clock: systemClock,
      steps: confined(environmentSteps(dependencies)),
      phase: 'environment',
      agentVersion,
      bootId: randomUUID(),
      readInventory: () => Promise.resolve(inventory),
      show,
      say: () => undefined,
      signal,
    })
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-road-'))
    disk = attachDisk(1536 * mebibyte)
    cable = await layCable(() => agents.url)
    mkdirSync(join(folder, 'data/sequences'), { recursive: true })
    writeFileSync(join(folder, 'data/sequences/petit.yaml'), sequence)
    const tree = join(folder, 'tree')
    mkdirSync(join(tree, 'Windows/Boot/EFI'), { recursive: true })
    writeFileSync(join(tree, 'Windows/Boot/EFI/bootmgfw.efi'), randomBytes(100_000))
    for (let index = 0; index < 100; index += 1)
      writeFileSync(join(tree, 'Windows', `${index}.dll`), randomBytes(2 * mebibyte))
    execFileSync('wimlib-imagex', ['capture', tree, join(folder, 'source.wim'), 'Windows', '--compress=none'], {
      stdio: 'ignore',
    })
    await startServer()
    await call('POST', '/api/session', { user: 'admin', password: 'atelier-de-test' })
  })
  afterAll(async () => {
    server.process.kill('SIGTERM')
    await server.exit
    await cable.unplug()
    disk.detach()
    rmSync(folder, { recursive: true })
  })

  test(
    'put an image on a disk together, although the server is killed in the middle of it',
    { timeout: 120_000 },
    async () => {
      const imageId = await importImage()
      const stop = new AbortController()
      const states: ScreenState[] = []
      const agent = startAgent((state) => states.push(state), stop.signal)
      const seen = (find: (state: ScreenState) => boolean): boolean => states.some(find)
      const until = async (find: (state: ScreenState) => boolean): Promise<void> => {
        while (!seen(find)) await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), agent])
      }
      try {
        await until(({ work }) => work.kind === 'waiting')
        const [machine] = await items('/api/machines')
        await call('POST', '/api/deployments', { ...onDisksOf(machine), sequenceId: 'petit', imageId })
        await until(({ work }) => work.kind === 'step' && (work.progress?.bytesDone ?? 0) > 10 * mebibyte)
        server.process.kill('SIGKILL')
        await server.exit
        await until(({ connection }) => connection.kind === 'lost')
        await startServer()
        expect(await agent).toBe('restart')
      } finally {
        stop.abort(new Error('the test ends'))
        await agent.catch(() => undefined)
      }
      expect(seen(({ connection }) => connection.kind === 'lost')).toBe(true)
      const [run] = await items('/api/deployments')
      expect(run).toMatchObject({ state: 'done' })
      const log = JSON.stringify(await call('GET', `/api/deployments/${run?.id ?? ''}/log`))
      expect(log).toContain('image verified')
      expect(log).toContain('bonjour')
      expect(log.split('$ wimlib-imagex')).toHaveLength(2)
      expect(withNtfs(disk, 3, hashTree)).toEqual(hashTree(join(folder, 'tree')))
    },
  )

  test(
    'ask which of two disks, and begin anew at the partitions when the machine starts again in the middle',
    { timeout: 120_000 },
    async () => {
      const [image] = await items('/api/images')
      const disks = [disk.disk, { ...disk.disk, name: 'none', serial: 'OTHER' }]
      const states: ScreenState[] = []
      const first = new AbortController()
      const cut = startAgent((state) => states.push(state), first.signal, disks).catch(() => 'cut')
      const until = async (find: (state: ScreenState) => boolean): Promise<void> => {
        while (!states.some(find)) await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await until(({ work }) => work.kind === 'waiting')
      const [machine] = await items('/api/machines')
      const request = { ...onDisksOf(machine), sequenceId: 'petit', imageId: image?.id }
      const { items: started } = Value.Parse(Items, await call('POST', '/api/deployments', request))
      const run = `/api/deployments/${started[0]?.id ?? ''}`
      await until(({ work }) => work.kind === 'attention' && work.message.fr.includes('2 disques'))
      await call('POST', `${run}/retry`, { variables: { disk: disk.disk.serial } })
      await until(({ work }) => work.kind === 'step' && (work.progress?.bytesDone ?? 0) > 10 * mebibyte)
      first.abort(new Error('power cut'))
      expect(await cut).toBe('cut')
      const second = new AbortController()
      expect(await startAgent(() => undefined, second.signal, disks)).toBe('restart')
      expect(await call('GET', run)).toMatchObject({ state: 'done', disk: { serial: disk.disk.serial } })
      const log = JSON.stringify(await call('GET', `${run}/log`))
      expect(log.split('erasing Etabli test disk')).toHaveLength(3)
      expect(withNtfs(disk, 3, hashTree)).toEqual(hashTree(join(folder, 'tree')))
    },
  )
})
