import { randomUUID } from 'node:crypto'
import { cpus, networkInterfaces, totalmem, uptime } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../runtime/clock.ts'
import { openExec, type Exec } from '../runtime/exec.ts'
import { runAgent } from '../runtime/runner.ts'
import type { PowerAction } from '../runtime/step.ts'
import { openTransport, type Transport } from '../runtime/transport.ts'
import { agentVersion } from '../runtime/version.ts'
import { afterSetup } from './lifetime/after-setup.ts'
import { openAgentFolder, type AgentFolder } from './lifetime/agent-folder.ts'
import { longestPauseMs } from './lifetime/retirement.ts'
import { parseConfiguration, type ParsedConfiguration } from '../protocol/windows-agent/configuration.ts'
import { forgetAtRestart } from './lifetime/forget-at-restart.ts'
import { install, isInstalled, remove, type RemovalDependencies } from './lifetime/installation.ts'
import { windowsInventory } from './inventory.ts'
import { isFinalReport, RunEnded, untilFinalReport } from './lifetime/final-report.ts'
import { powerActionAfter } from './lifetime/pending-result.ts'
import { processTree } from './system/process-tree.ts'
import { resendPendingResult, type ResendDependencies } from './lifetime/pending-result-resend.ts'
import { forgetAcceptedResult, keepResults } from './lifetime/kept-results.ts'
import { takePowerAction } from './steps/power-actions.ts'
import { windowsSteps } from './steps/step-table.ts'

type ValidConfiguration = Extract<ParsedConfiguration, { kind: 'valid' }>

type Program = { folder: AgentFolder; path: string; exec: Exec; signal: AbortSignal; say(text: string): void }

const clock = systemClock
/** Windows may refuse to go down for a while, during an installation of updates. */
const leaveAgainMs = 30_000

/** When Windows was started, by its own clock. */
function startedAt(): Date {
  return new Date(clock.now().getTime() - uptime() * 1000)
}

/** Until Windows takes the order; a program that does not end is ended by Windows itself. */
async function leave(how: PowerAction, program: Program, isLast: boolean): Promise<void> {
  const { folder, exec, say, signal } = program
  say(how === 'restart' ? 'restarting' : 'switching off')
  // Before the order: after it there may be no time.
  if (isLast) await remove(removalDependencies(program))
  while (!(await takePowerAction(how, exec))) {
    say('Windows does not take the order; again in 30 s')
    await clock.sleep(leaveAgainMs, signal)
  }
  if (!isLast) folder.pendingResult.remove()
}

type Leftovers = { powerAction: PowerAction | null; isLast: boolean }

/** What an earlier start has left to tell; gives what the machine has to do because of it. */
async function tellLeftovers(
  program: Program,
  dependencies: Omit<ResendDependencies, 'clock' | 'say'>,
): Promise<Leftovers> {
  const { pendingResult, retirement } = program.folder
  const end = pendingResult.read()
  if (end === null) return { powerAction: null, isLast: false }
  const verdict = await resendPendingResult(end, { ...dependencies, say: program.say, clock })
  const isLast = isFinalReport(retirement.read(), end)
  // The last word stays until the agent has gone: another start has to know.
  if (!isLast) pendingResult.remove()
  program.say(`the end of ${end.report.stepId}: ${verdict === 'accepted' ? 'accepted' : 'no longer wanted'}`)
  // The token dies with the run: after its last word a refusal says no more than that the word had been taken.
  return { powerAction: powerActionAfter(end, isLast ? 'accepted' : verdict, startedAt()), isLast }
}

async function work(program: Program): Promise<void> {
  const { folder, say } = program
  const text = folder.readConfiguration()
  if (text === null) throw new Error('there is no agent.json')
  const configuration = parseConfiguration(text)
  if (configuration.kind === 'invalid') throw new Error(`agent.json: ${configuration.problems.join('; ')}`)
  say(`server ${configuration.server.href}`)
  const over = new AbortController()
  const plain = openTransport(configuration.server)
  const transport = untilFinalReport(plain, folder.retirement, {
    now: () => clock.now(),
    over: (reason) => over.abort(reason),
  })
  const signal = AbortSignal.any([program.signal, over.signal])
  try {
    await workFor(program, configuration, transport, signal)
  } catch (error) {
    if (!(error instanceof RunEnded)) throw error
    say(`${error.message}: the agent goes`)
    await remove(removalDependencies(program))
  } finally {
    plain.close()
  }
}

async function workFor(
  program: Program,
  { server, key, machine }: ValidConfiguration,
  transport: Transport,
  signal: AbortSignal,
): Promise<void> {
  const { folder, say } = program
  const pause = longestPauseMs(folder.retirement.read())
  const patience = pause === null ? {} : { longestPauseMs: pause }
  const left = await tellLeftovers(program, { transport, signal, ...patience })
  if (left.powerAction !== null) return leave(left.powerAction, program, left.isLast)
  if (left.isLast) throw new RunEnded('the run is over')
  const isSealed = (): boolean => folder.retirement.read()?.kind === 'retiring'
  const powerAction = await runAgent({
    server: server.host,
    transport: forgetAcceptedResult(transport, folder.pendingResult),
    clock,
    steps: keepResults(afterSetup(windowsSteps(folder.dependencies), isSealed), folder.pendingResult),
    phase: 'windows',
    agentVersion,
    ...(key === null ? {} : { key }),
    ...patience,
    // Of this start of this program: an agent that was started anew has lost the step it was at.
    bootId: randomUUID(),
    readInventory: () => {
      const facts = { networkInterfaces: networkInterfaces(), totalBytes: totalmem(), processors: cpus() }
      return Promise.resolve(windowsInventory(machine, facts))
    },
    show: () => undefined,
    say,
    signal,
    group: processTree,
  })
  await leave(powerAction, program, isFinalReport(folder.retirement.read(), folder.pendingResult.read()))
}

function removalDependencies({ folder, path, exec, say }: Program): RemovalDependencies {
  return {
    ...{ exec, say, folder: path, executable: process.execPath },
    forgetAtRestart: (paths) => forgetAtRestart(exec, folder.dependencies, paths),
    close: () => folder.close(),
  }
}

/** `etabli-agent.exe run | install [--start] | remove | present`; gives the exit code. */
async function main(command: string, options: readonly string[], program: Program): Promise<number> {
  const dependencies = removalDependencies(program)
  switch (command) {
    case 'run':
      await work(program)
      return 0
    case 'install':
      return (await install(dependencies, options.includes('--start'))) ? 0 : 1
    case 'remove':
      return (await remove(dependencies)) ? 0 : 1
    case 'present':
      return (await isInstalled(dependencies)) ? 0 : 1
    default:
      program.say(`unknown command ${command}: run, install [--start], remove or present`)
      return 2
  }
}

function open(signal: AbortSignal): Program {
  const path = join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Etabli')
  const folder = openAgentFolder(path)
  const say = (text: string): void => {
    process.stderr.write(`etabli: ${text}\n`)
    folder.say(text, clock.now())
  }
  return { folder, path, signal, say, exec: openExec(signal, (_level, text) => say(text), processTree) }
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)))
const program = open(stop.signal)
// A single executable repeats its own path where a script's would be.
const [command = 'run', ...options] = process.argv.slice(2)
program.say(`etabli agent ${agentVersion}, Node ${process.versions.node}, ${command}`)
main(command, options, program).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    if (stop.signal.aborted) return program.say('stopped')
    program.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  },
)
