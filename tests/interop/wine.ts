import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why the Windows agent cannot run here; null when it can. */
export function whyNoWine(): string | null {
  const { status } = spawnSync('wine', ['--version'], { stdio: 'ignore' })
  return status === 0 ? null : 'wine is not installed (apt-get install wine wine64)'
}

/** A program under Wine. Its output goes into files: Node under Wine cannot write to pipes ("open EBADF"). */
export type WineProgram = {
  ended: Promise<number | null>
  output(): string
  /** As a power cut does to it: no signal it could answer. */
  kill(): void
}

export type Wine = {
  /** Drive C: of this Windows. */
  drive: string
  start(executable: string, args: readonly string[]): WineProgram
  /** Ends every program of this Windows at once, as a power cut does; the next one that is started starts Windows anew. */
  cutPower(): Promise<void>
  /** Ends every program of this Windows and removes it. */
  close(): Promise<void>
}

/**
 * A Windows of its own in a temporary folder, saying that it is Windows 10: a fresh one says 7, and Node refuses that.
 *
 * @param environment - for its programs; `WINEPATH` stands before `System32` in their `PATH`
 */
export async function openWine(environment: Readonly<Record<string, string>> = {}): Promise<Wine> {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-wine-'))
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    WINEPREFIX: join(folder, 'prefix'),
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    ...environment,
  }
  let count = 0
  const start = (executable: string, args: readonly string[]): WineProgram => {
    const file = join(folder, `output-${(count += 1)}`)
    const output = openSync(file, 'w')
    const child = spawn('wine', [executable, ...args], { env, stdio: ['ignore', output, output], detached: true })
    closeSync(output)
    return { ended: endOf(child), output: () => readFileSync(file, 'utf8'), kill: () => killGroup(child) }
  }
  const server = async (option: string): Promise<void> => {
    await endOf(spawn('wineserver', [option], { env, stdio: 'ignore' }))
  }
  const cutPower = async (): Promise<void> => {
    await server('-k')
    await server('-w')
  }
  const code = await start('reg', ['add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']).ended
  if (code !== 0) throw new Error(`wine cannot make a prefix: code ${code}`)
  return {
    drive: join(folder, 'prefix/drive_c'),
    start,
    cutPower,
    close: async () => {
      await cutPower()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 })
    },
  }
}

/** Puts the agent where the boot environment puts it, with its configuration. */
export function writeAgent(wine: Wine, executable: string, configuration: unknown): string {
  const folder = join(wine.drive, 'ProgramData/Etabli')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'etabli-agent.exe'))) cpSync(executable, join(folder, 'etabli-agent.exe'))
  writeFileSync(join(folder, 'agent.json'), JSON.stringify(configuration))
  return folder
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  process.kill(-child.pid, 'SIGKILL')
}
