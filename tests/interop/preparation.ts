import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noMaterials, type MaterialFile } from '../../agent/protocol/materials.ts'
import type { Failure, StepWork } from '../../agent/protocol/messages.ts'
import { StepError, type StepContext } from '../../agent/runtime/step.ts'
import {
  attachDisk,
  canMakeDisks,
  onWindows,
  openBench,
  resultOf,
  withNtfs,
  type Bench,
  type BenchOptions,
  type TestDisk,
} from './agent-bench.ts'
import type { ImageServer } from './agent-image-server.ts'
import { putFiles, windowsFiles } from './applied-windows.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'
import { injectDrivers, partitionDisk, prepareWindows, writeBootFiles } from './environment-steps.ts'

const mebibyte = 2 ** 20
const programs = ['setfattr', 'getfattr', 'hivexsh', 'xmllint', 'ntfssecaudit']

export function canPrepare(): boolean {
  return canRun('preparing Windows on loop devices', missingPrograms(programs)) && canMakeDisks()
}

const hasVfat = readFileSync('/proc/filesystems', 'utf8').includes('vfat')

function material(path: string, bytes: Buffer): MaterialFile {
  return { path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** 24 MB, so that a pipe and its buffers do not swallow it before anything can happen. */
export const agentBytes = randomBytes(24 * mebibyte)
export const driverFiles: ReadonlyMap<string, Buffer> = new Map([
  ['e1d.inf', Buffer.from('[Version]\r\nClass=Net\r\n')],
  ['e1d.sys', randomBytes(200_000)],
  ['fr-FR/Lisez moi (à lire).txt', Buffer.from('bonjour')],
])
export const agent = { version: '0.1.0-test', file: material('etabli-agent-0.1.0.exe', agentBytes) }
export const drivers = [
  {
    pack: 'NUC 11 réseau',
    infs: ['e1d.inf'],
    files: [...driverFiles].map(([path, bytes]) => material(path, bytes)),
  },
]
/** What the server has, by its SHA-256. */
export const served: ReadonlyMap<string, Buffer> = new Map(
  [agentBytes, ...driverFiles.values()].map((bytes) => [material('', bytes).sha256, bytes]),
)
export const agentKey = 'the-agents-own-key'

export const firmwareKey = 'BCDFG-HJKMN-PQRTV-WXY23-46789'

/** An MSDM table with that key (ACPI §5.2.6; "Microsoft Software Licensing Tables"). */
export function msdmTable(): Uint8Array {
  const bytes = Buffer.alloc(85)
  bytes.write('MSDM', 0)
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.writeUInt32LE(1, 44)
  bytes.writeUInt32LE(29, 52)
  bytes.write(firmwareKey, 56)
  bytes.writeUInt8((256 - (bytes.reduce((sum, byte) => sum + byte, 0) % 256)) % 256, 9)
  return bytes
}

export const paths = {
  answer: 'Windows/Panther/unattend.xml',
  etabli: 'ProgramData/Etabli',
  agent: 'ProgramData/Etabli/etabli-agent.exe',
  configuration: 'ProgramData/Etabli/agent.json',
  drivers: 'ProgramData/Etabli/drivers',
  setupComplete: 'Windows/Setup/Scripts/SetupComplete.cmd',
  hive: 'Windows/System32/config/SYSTEM',
} as const

export async function failureOf(running: Promise<unknown>): Promise<Failure> {
  const error: unknown = await running.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof StepError) return error.failure
  throw error
}

type Result = Record<string, unknown>

/** A disk this run has partitioned, and the steps that make its Windows come up by itself. */
export type Preparation = {
  disk: TestDisk
  /** The Windows volume as an image leaves it. `sectors` makes it smaller than its partition. */
  applyWindows(sectors?: number): void
  bench(server: ImageServer, type: string, options?: BenchOptions): Bench
  inject(bench: Bench): Promise<Result>
  /** `table` is what the firmware has as MSDM. */
  prepare(bench: Bench, table?: Uint8Array | null): Promise<Result>
  /** Without FAT in this kernel, a folder stands for the mounted ESP: `esp`. */
  boot(bench: Bench, esp: string): Promise<Result>
  text(path: string): string
  bytes(path: string): Buffer
  list(path: string): string[]
  isThere(path: string): boolean
  /** What ntfssecaudit, which knows nothing of us, reads of a file's security. */
  security(path: string): string
  /** A copy of the SYSTEM hive as a file. */
  hiveFile(): string
}

export async function makePreparation(sectorBytes: 512 | 4096): Promise<Preparation> {
  const disk = attachDisk(1536 * mebibyte, sectorBytes)
  const first = openBench(disk, { input: { disk: 'only', recoverySize: '0 B' } })
  const results: StepWork['results'] = {
    'partition-disk': await resultOf(partitionDisk(first.dependencies)(first.context)),
  }
  const at = (folder: string, path: string): string => join(folder, path)
  const bytes = (path: string): Buffer => withNtfs(disk, 3, (folder) => readFileSync(at(folder, path)))
  const image = { id: 'i1', name: 'Windows 11 Pro', path: '/x', sizeBytes: 1, contentBytes: 1, sha256: 'x' }
  return {
    disk,
    applyWindows: (sectors) => {
      const size = sectors === undefined ? [] : [String(sectors)]
      execFileSync('mkntfs', ['-Q', '-F', `${disk.device}p3`, ...size], { stdio: 'ignore' })
      onWindows(disk, (folder) => putFiles(folder, windowsFiles()))
    },
    bench: (server, type, options = {}) =>
      openBench(disk, {
        ...{ type, input: {}, server },
        image: { ...image, edition: 'Professional', languages: ['fr-FR', 'en-US'] },
        variables: { computerName: 'PC-{serial}', locale: 'fr-FR', timezone: 'Europe/Paris' },
        ...options,
        results: { ...results, ...options.results },
        work: { materials: { ...noMaterials, agent, drivers }, agentKey, ...options.work },
      }),
    inject: (one) => resultOf(injectDrivers(one.dependencies)(one.context)),
    prepare: ({ dependencies, context }, table = null) => {
      const read = (path: string) => (path.endsWith('/MSDM') ? Promise.resolve(table) : dependencies.files.bytes(path))
      return resultOf(prepareWindows({ ...dependencies, files: { ...dependencies.files, bytes: read } })(context))
    },
    boot: ({ dependencies, context }, esp) => {
      const exec: StepContext['exec'] = (command, args, options) =>
        command === 'mount' && !hasVfat
          ? context.exec('mount', ['--bind', esp, args.at(-1) ?? ''], options)
          : context.exec(command, args, options)
      return resultOf(writeBootFiles(dependencies)({ ...context, exec }))
    },
    text: (path) => bytes(path).toString('utf8'),
    bytes,
    list: (path) => withNtfs(disk, 3, (folder) => readdirSync(at(folder, path)).toSorted()),
    isThere: (path) => withNtfs(disk, 3, (folder) => existsSync(at(folder, path))),
    security: (path) => spawnSync('ntfssecaudit', ['-v', `${disk.device}p3`, `/${path}`], { encoding: 'utf8' }).stdout,
    hiveFile: () => {
      const file = join(mkdtempSync(join(disk.folder, 'hive-')), 'SYSTEM')
      writeFileSync(file, bytes(paths.hive))
      return file
    },
  }
}
