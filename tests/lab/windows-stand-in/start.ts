import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openMachineFolder } from '../../windows/machine-folder.ts'
import { started, type Machine } from '../../windows/machine.ts'
import { withValues } from '../../windows/registry.ts'
import { specializeCommands, taskAction } from './answer-file.ts'
import { onDrive } from './command-line.ts'
import { openCommandRunner } from './command-runner.ts'
import { mountWindows, unmountWindows } from './windows-volume.ts'

/**
 * What Windows does with our disk, done by a Linux in its place: at the first start the commands of the answer file's
 * specialize pass, in their order; then, and at every later start, what the start-up task says. The programs of Windows
 * are stand-ins whose machine lies on the disk, so that it survives restarts.
 */
const drive = '/c'
const standIns = join(drive, 'stand-in')
/** The Windows that is played, as it is when it starts for the first time. */
const firstMachine = '/opt/stand-in/machine.json'
const taskFile = join(standIns, 'task.xml')
const setupDone = join(standIns, 'setup-finished')
const answerFile = join(drive, 'Windows/Panther/unattend.xml')
/** Windows starts an agent that has ended again after a minute (RestartOnFailure); a test has no minute. */
const startAgainMs = 3000
/** How long Windows waits for programs at its end, roughly (WaitToKillServiceTimeout). */
const finalReportMs = 5000

const machine = openMachineFolder(join(standIns, 'machine'))
const runner = openCommandRunner(drive, {
  ...process.env,
  PATH: `/opt/stand-in/programs:${process.env['PATH'] ?? ''}`,
  SystemDrive: drive,
  SystemRoot: `${drive}/Windows`,
  ProgramData: `${drive}/ProgramData`,
  ProgramFiles: `${drive}/Program Files`,
  'ProgramFiles(x86)': `${drive}/Program Files (x86)`,
  PUBLIC: `${drive}/Users/Public`,
  ETABLI_DRIVE_C: drive,
  ETABLI_STAND_IN: join(standIns, 'machine'),
  STAND_IN_TASK: taskFile,
})

const say = (text: string): void => void process.stderr.write(`ETABLI-STAND-IN: ${text}\n`)

/** `HKLM\SYSTEM\Setup`, where Windows says whether its setup is at work. */
function withSetup(before: Machine, isAtWork: boolean): Machine {
  const data = isAtWork ? '1' : '0'
  const key = 'HKLM\\SYSTEM\\Setup'
  return withValues(before, [
    { key, name: 'SystemSetupInProgress', type: 'REG_DWORD', data },
    { key, name: 'OOBEInProgress', type: 'REG_DWORD', data: '0' },
  ])
}

/** Paths as Windows writes them; stand-ins only say that these are gone. */
function forget(paths: readonly string[]): void {
  for (const path of paths) {
    const target = onDrive(drive, path)
    // MoveFileEx at the next start removes files, and folders once they are empty.
    const isFull = existsSync(target) && lstatSync(target).isDirectory() && readdirSync(target).length > 0
    if (!isFull) rmSync(target, { recursive: true, force: true })
    say(`${isFull ? 'not empty' : 'gone'}: ${path}`)
  }
}

async function firstStart(): Promise<void> {
  say('first start')
  mkdirSync(join(standIns, 'machine'), { recursive: true })
  cpSync(firstMachine, join(standIns, 'machine/machine.json'))
  const sysprep = join(drive, 'Windows/System32/Sysprep')
  mkdirSync(sysprep, { recursive: true })
  cpSync('/opt/stand-in/programs/sysprep.exe', join(sysprep, 'sysprep.exe'))
  machine.write(withSetup(machine.read(), true))
  for (const line of specializeCommands(readFileSync(answerFile, 'utf8'))) {
    say(`specialize: ${line}`)
    // As in Windows, a command that fails is noted, and setup goes on.
    say(`specialize: exit code ${await runner.run(line)}`)
  }
  machine.write(withSetup(machine.read(), false))
  writeFileSync(setupDone, '')
  say('setup finished')
}

/** Runs the start-up task's action for as long as there is one, until the machine is told to go down. */
async function runTask(): Promise<'restart' | 'off' | 'nobody'> {
  const power = () => machine.read().power
  while (existsSync(taskFile)) {
    const { command, args } = taskAction(readFileSync(taskFile).toString('utf16le'))
    const agent = runner.start(`"${command}" ${args}`)
    while (!agent.hasEnded() && power() === 'on') await sleep(200)
    if (power() !== 'on') await Promise.race([agent.ended, sleep(finalReportMs)])
    if (!agent.hasEnded()) agent.kill()
    say(`the agent ended with code ${await agent.ended}`)
    const asked = power()
    if (asked !== 'on') return asked
    await sleep(startAgainMs)
  }
  return 'nobody'
}

async function windows(): Promise<'restart' | 'off' | 'nobody'> {
  if (existsSync(setupDone)) {
    say('later start')
    const before = machine.read()
    forget(before.goAtStart)
    machine.write({ ...started(before), goAtStart: [] })
  } else if (existsSync(answerFile)) await firstStart()
  else throw new Error('there is no Windows\\Panther\\unattend.xml')
  return runTask()
}

async function main(): Promise<void> {
  const esp = /(?:^|\s)stand-in\.esp=(\S+)/.exec(readFileSync('/proc/cmdline', 'utf8'))?.[1] ?? ''
  mkdirSync('/run/stand-in', { recursive: true })
  await mountWindows(esp, drive)
  symlinkSync(drive, '/run/stand-in/C:\\')
  say('started from the disk')
  // NTFS keeps a journal, ntfs-3g does not: what was written a moment ago survives a power cut all the same.
  const flushing = setInterval(() => execFileSync('sync'), 1000)
  const how = await windows().finally(() => clearInterval(flushing))
  const { traces } = machine.read()
  const atFirst: Machine = JSON.parse(readFileSync(firstMachine, 'utf8'))
  forget(atFirst.traces.filter((path) => !traces.includes(path)))
  say(how === 'nobody' ? 'no agent: a Windows that waits for its owner' : `told to go: ${how}`)
  unmountWindows(drive)
  execFileSync(how === 'restart' ? 'reboot' : 'poweroff', ['-f'])
}

main().catch((error: unknown) => {
  say(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
})
