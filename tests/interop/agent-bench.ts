import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EnvironmentDependencies } from '../../agent/environment/dependencies.ts'
import { openSourceFiles } from '../../agent/environment/inventory/source-files.ts'
import { systemClock } from '../../agent/runtime/clock.ts'
import { openExec, type Exec } from '../../agent/runtime/exec.ts'
import type { Disk, Inventory } from '../../agent/protocol/inventory.ts'
import type { Progress, StepWork } from '../../agent/protocol/messages.ts'
import type { Outcome, StepContext } from '../../agent/runtime/step.ts'
import { openConnection } from '../../agent/runtime/connection.ts'
import { openTransport } from '../../agent/runtime/transport.ts'
import { pinOf } from '../../agent/protocol/key-pin.ts'
import type { PinnedServer } from '../../agent/protocol/pinned-server.ts'
import { attachLoopDevice, loopProblem, makePartitionNodes } from '../machine/loop-device.ts'
import { mountNtfs } from '../machine/ntfs-mount.ts'
import { makeDisk, makeInventory } from '../unit/agent/machines.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

const needed = ['losetup', 'partx', 'sgdisk', 'wipefs', 'mkntfs', 'mkfs.vfat', 'wimlib-imagex', 'ntfs-3g', 'ntfsinfo']

/** Whether disks can be made of files here; says why not. */
export function canMakeDisks(): boolean {
  return canRun('disks on loop devices', missingPrograms(needed) ?? loopProblem())
}

export type TestDisk = { name: string; device: string; disk: Disk; folder: string; detach(): void }

/** A sparse file as a disk. Its serial is its own, so no real disk can be meant. */
export function attachDisk(sizeBytes: number, sectorBytes: 512 | 4096 = 512): TestDisk {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-disk-'))
  const file = join(folder, 'disk.img')
  writeFileSync(file, '')
  truncateSync(file, sizeBytes)
  const loop = attachLoopDevice(file, { sectorBytes })
  const { name, path: device } = loop
  const serial = `ETABLI-TEST-${randomUUID()}`
  const identity = { name, model: 'Etabli test disk', serial, wwn: null, sizeBytes, logicalSectorBytes: sectorBytes }
  const detach = (): void => {
    for (const target of mountsOf(name)) spawnSync('umount', [target])
    loop.detach()
    rmSync(folder, { recursive: true })
  }
  return { name, device, disk: makeDisk({ ...identity, transport: 'sata' }), folder, detach }
}

function mountsOf(name: string): string[] {
  const lines = readFileSync('/proc/mounts', 'utf8').split('\n')
  return lines.filter((line) => line.startsWith(`/dev/${name}p`)).map((line) => line.split(' ')[1] ?? '')
}

export type Bench = {
  dependencies: EnvironmentDependencies
  context: StepContext
  commands: string[]
  log: string[]
  progress: Progress[]
  cancel(reason: string): void
}

export type BenchOptions = {
  type?: string
  input?: Record<string, unknown>
  variables?: StepWork['variables']
  results?: StepWork['results']
  image?: NonNullable<StepWork['image']>
  server?: PinnedServer
  /** What the server gives beside these: materials, the agent's key, secrets. */
  work?: Partial<StepWork>
  inventory?: Partial<Inventory>
}

/** A step's context and dependencies, in which the only disk is `disk`; any other device in a command's arguments is an error. */
export function openBench(disk: TestDisk, options: BenchOptions = {}): Bench {
  const cancel = new AbortController()
  const commands: string[] = []
  const log: string[] = []
  const progress: Progress[] = []
  const write = (_level: string, text: string): void => void log.push(text)
  const real = openExec(cancel.signal, write)
  const exec: Exec = async (command, args, execOptions) => {
    const foreign = args.find((arg) => arg.startsWith('/dev/') && !arg.startsWith(disk.device))
    if (foreign !== undefined) throw new Error(`a step of the test wants ${foreign}`)
    commands.push([command, ...args].join(' '))
    const ended = await real(command, args, execOptions)
    if (command === 'partx') makePartitionNodes(disk.name)
    return ended
  }
  const connection = options.server === undefined ? null : openConnection(openTransport(options.server))
  const work: StepWork = {
    kind: 'step',
    runId: 'r1',
    token: 'run-token',
    step: {
      id: 'environment-0',
      index: 0,
      of: 1,
      attempt: 1,
      type: options.type ?? 'partition-disk',
      name: { fr: 'Étape', en: 'Step' },
      input: options.input ?? { disk: 'only' },
      memory: {},
    },
    weight: { before: 0, share: 1 },
    variables: options.variables ?? {},
    disks: [disk.disk],
    results: options.results ?? {},
    ...(options.image === undefined ? {} : { image: options.image }),
    ...options.work,
  }
  const context: StepContext = {
    work,
    inventory: makeInventory({ disks: [disk.disk], ...options.inventory }),
    signal: cancel.signal,
    clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 100), signal) },
    exec,
    progress: (one) => progress.push(one),
    log: write,
    open: (path, offset) => {
      if (connection === null) throw new Error('no server')
      return connection.open(path, work.token, offset, cancel.signal)
    },
  }
  const dependencies: EnvironmentDependencies = {
    server: options.server ?? { url: new URL('https://127.0.0.1:9'), pin: pinOf(new Uint8Array()) },
    readDisks: () => Promise.resolve([disk.disk]),
    files: openSourceFiles('/'),
    mountFolder: join(disk.folder, 'mnt'),
    // Never this machine's own: what it was asked for is kept.
    machineClock: {
      setForWindows: (_exec, biasMinutes) => {
        commands.push(`firmware clock, bias ${biasMinutes}`)
        return Promise.resolve({ kind: 'set' })
      },
    },
    newGuid: randomUUID,
  }
  return { dependencies, context, commands, log, progress, cancel: (reason) => cancel.abort(new Error(reason)) }
}

/** SHA-256 of every file below a folder, by relative path. */
export function hashTree(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path): [string, string] => [
        path.slice(folder.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  )
}

/** Opens an NTFS volume with ntfs-3g, read only, and closes it again. */
export function withNtfs<Value>(disk: TestDisk, number: number, use: (folder: string) => Value): Value {
  return mounted(disk, number, 'ro', use)
}

/** Changes the Windows volume as somebody else would. */
export function onWindows(disk: TestDisk, change: (folder: string) => void): void {
  mounted(disk, 3, 'rw', change)
}

function mounted<Value>(disk: TestDisk, number: number, access: 'ro' | 'rw', use: (folder: string) => Value): Value {
  const folder = mkdtempSync(join(disk.folder, 'look-'))
  mountNtfs(`${disk.device}p${number}`, folder, access)
  try {
    return use(folder)
  } finally {
    execFileSync('umount', [folder])
  }
}

/** What a step found and did; one that wants to go on after a restart has not. */
export async function resultOf(outcome: Promise<Outcome>): Promise<Record<string, unknown>> {
  const ended = await outcome
  if ('continueWith' in ended) throw new Error('the step goes on after a restart')
  return ended.result
}
