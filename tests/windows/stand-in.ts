/**
 * The programs of Windows that the agent calls, played by one program of ours: `pnputil.exe`, `powershell.exe`,
 * `msiexec.exe` and so on, whichever name it goes by. It answers as recorded or documented of the real ones, out of a
 * machine kept in a folder, and logs every call.
 *
 * For tests:
 *   standInFolder(target, names?)       stand-in-folder.ts      makes a folder of such programs for Linux
 *   standInExecutables(target, …)       stand-in-executable.ts  the same for Windows, under Wine
 *   openMachineFolder(folder)           machine-folder.ts       reads and writes the machine, reads the calls
 *   freshMachine(), started(machine)    machine.ts              the machine, and the machine after a restart
 *   programNames                        stand-in-folder.ts      every name that can be played
 *
 * The machine's folder is `ETABLI_STAND_IN`, or `machine` beside the program. A restart or a power-off that was asked
 * for is `machine.power` there; whoever plays the power writes `started(machine)` back. Linux keeps eight bits of an exit
 * code: 3010 and 1641 are known as such only under Wine.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer } from './answer.ts'
import type { Answer, Call } from './call.ts'
import type { Machine } from './machine.ts'
import { openMachineFolder, type LoggedCall } from './machine-folder.ts'
import { putFiles } from './new-files.ts'

const progressMark = '##etabli-progress '

/** In Windows the executable's own name; elsewhere the wrapper gives it first. */
function readCommandLine(): { own: string; program: string; args: string[]; folder: string } {
  const isWindows = process.platform === 'win32'
  const own = isWindows ? process.execPath : (process.argv[1] ?? '')
  const program = isWindows ? basename(own) : (process.argv[2] ?? '')
  const args = process.argv.slice(isWindows ? 2 : 3)
  return {
    own,
    program: program.toLowerCase(),
    args,
    folder: process.env['ETABLI_STAND_IN'] ?? join(dirname(own), 'machine'),
  }
}

/** The argument after a switch, whatever its case. */
function after(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg.toLowerCase() === name)
  return at < 0 ? undefined : args[at + 1]
}

function readScript(program: string, args: readonly string[]): Call['script'] {
  const ofPowershell = after(args, '-workshopscript') ?? after(args, '-file')
  const file = program === 'powershell.exe' ? ofPowershell : program === 'cmd.exe' ? args.at(-1) : undefined
  if (file === undefined || !existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const name = /^# etabli: (\S+)/m.exec(text)?.[1]
  const inputFile = after(args, '-inputfile')
  if (name === undefined || inputFile === undefined) return { text }
  return { name, input: JSON.parse(readFileSync(inputFile, 'utf8')) }
}

function readInfFile(args: readonly string[]): Uint8Array | null {
  const path = args.find((arg) => /\.inf$/i.test(arg))
  return path !== undefined && existsSync(path) ? readFileSync(path) : null
}

async function passTime({ takesMs = 0, progress = [], hangs = false }: Answer, write: (machine: Machine) => void) {
  const steps = Math.max(progress.length, 1)
  for (let step = 0; step < steps; step += 1) {
    if (takesMs > 0) await sleep(takesMs / steps)
    const told = progress[step]
    if (told?.machine !== undefined) write(told.machine)
    if (told !== undefined) process.stdout.write(`${progressMark}${JSON.stringify(told.value)}\n`)
  }
  while (hangs) await sleep(60_000)
}

async function main(): Promise<number> {
  const { own, program, args, folder } = readCommandLine()
  const machines = openMachineFolder(folder)
  const script = readScript(program, args)
  const call: Call = { program, args, script, file: readInfFile(args), atMs: Date.now() }
  const logged: Omit<LoggedCall, 'at' | 'what' | 'code'> = {
    program,
    args,
    script: script !== null && 'name' in script ? script.name : null,
  }
  const log = (what: LoggedCall['what'], code: number | null): void =>
    machines.log({ at: new Date().toISOString(), what, ...logged, code })
  log('begins', null)
  // One long call at a time: what is asked meanwhile changes nothing.
  const before = machines.read()
  const given = answer(before, call)
  await passTime(given, (machine) => machines.write(machine))
  putFiles(given.files ?? [], own)
  if (given.machine !== before) machines.write(given.machine)
  const resultFile = after(args, '-resultfile')
  if (given.result !== undefined && resultFile !== undefined) writeFileSync(resultFile, JSON.stringify(given.result))
  if (given.stdout !== undefined) process.stdout.write(`${given.stdout}\n`)
  if (given.stderr !== undefined) process.stderr.write(`${given.stderr}\n`)
  log('ends', given.code)
  return given.code
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 99
  },
)
