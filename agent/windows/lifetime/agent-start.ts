import { randomUUID } from 'node:crypto'
import { cpus, networkInterfaces, totalmem, uptime } from 'node:os'
import { openConnection, type Connection } from '../../runtime/connection.ts'
import { runAgent } from '../../runtime/runner.ts'
import type { PowerAction } from '../../runtime/step.ts'
import { openTransport } from '../../runtime/transport.ts'
import { agentVersion } from '../../runtime/version.ts'
import { parseConfiguration, type ParsedConfiguration } from '../../protocol/windows-agent/configuration.ts'
import { windowsInventory } from '../inventory.ts'
import { removalDependencies, type Program } from '../program.ts'
import { takePowerAction } from '../system/power-action.ts'
import { windowsSteps } from '../steps/step-table.ts'
import { processTree } from '../system/process-tree.ts'
import { openSealedFile } from '../sealing/sealed-file.ts'
import { afterSetup } from './after-setup.ts'
import { isFinalReport, RunEnded, sleptEnough, untilFinalReport } from './final-report.ts'
import { remove } from './installation.ts'
import { forgetAcceptedResult, keepResults } from './kept-results.ts'
import { powerActionAfter } from './pending-result.ts'
import { resendPendingResult } from './pending-result-resend.ts'
import { longestPauseMs } from './retirement.ts'
import { openRetirementWatch } from './retirement-watch.ts'

type Configuration = Extract<ParsedConfiguration, { kind: 'valid' }>

/** Windows may refuse to go down for a while, during an installation of updates. */
const powerActionAgainMs = 30_000

/** One start of the agent, until the machine goes down or the agent retires. */
export async function runUntilPowerAction(program: Program): Promise<void> {
  const { folder, say, clock } = program
  const configuration = readConfiguration(program)
  say(`server ${configuration.server.url.href}, key ${configuration.server.pin}`)
  const watch = openRetirementWatch(folder.retirement, { now: () => clock.now(), runningMs: () => performance.now() })
  // Whoever owns the machine by now owes us no answer: nobody is asked.
  if (folder.retirement.read()?.kind === 'kept' && watch.isOver()) {
    say(`${sleptEnough}: the agent goes`)
    await remove(removalDependencies(program))
    return
  }
  const runEnded = new AbortController()
  const transport = openTransport(configuration.server)
  const connection = untilFinalReport(openConnection(transport), folder.retirement, {
    watch,
    ended: (reason) => runEnded.abort(reason),
  })
  const signal = AbortSignal.any([program.signal, runEnded.signal])
  try {
    await reportAndRun({ ...program, signal }, configuration, connection)
  } catch (error) {
    if (!(error instanceof RunEnded)) throw error
    say(`${error.message}: the agent goes`)
    await remove(removalDependencies(program))
  } finally {
    transport.close()
  }
}

function readConfiguration({ folder }: Program): Configuration {
  const text = folder.readConfiguration()
  if (text === null) throw new Error('there is no agent.json')
  const configuration = parseConfiguration(text)
  if (configuration.kind === 'invalid') throw new Error(`agent.json: ${configuration.problems.join('; ')}`)
  return configuration
}

/** First what an earlier start has left to report, then work until the machine is to go down. */
async function reportAndRun(
  program: Program,
  { server, key, machine }: Configuration,
  connection: Connection,
): Promise<void> {
  const { folder, clock, say, signal } = program
  const pause = longestPauseMs(folder.retirement.read())
  const patience = pause === null ? {} : { longestPauseMs: pause }
  const earlier = await reportEarlierResult(program, connection, patience)
  if (earlier.powerAction !== null) return goDown(earlier.powerAction, program, earlier.isFinal)
  if (earlier.isFinal) throw new RunEnded('the run is over')
  const sealedFile = openSealedFile(folder.dependencies.folder)
  const isSealed = (): boolean => folder.retirement.read()?.kind === 'retiring' || sealedFile.read() !== null
  const powerAction = await runAgent({
    server: server.url.host,
    connection: forgetAcceptedResult(connection, folder.pendingResult),
    clock,
    steps: keepResults(
      afterSetup(windowsSteps(folder.dependencies), folder.dependencies, isSealed),
      folder.pendingResult,
    ),
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
  await goDown(powerAction, program, isFinalReport(folder.retirement.read(), folder.pendingResult.read()))
}

type EarlierResult = { powerAction: PowerAction | null; isFinal: boolean }

/** Sends what an earlier start has left to report; gives what the machine has to do because of it. */
async function reportEarlierResult(
  { folder, clock, say, signal }: Program,
  connection: Connection,
  patience: { longestPauseMs?: number },
): Promise<EarlierResult> {
  const { pendingResult, retirement } = folder
  const pending = pendingResult.read()
  if (pending === null) return { powerAction: null, isFinal: false }
  const verdict = await resendPendingResult(pending, { connection, clock, signal, say, ...patience })
  const isFinal = isFinalReport(retirement.read(), pending)
  // The final report stays until the agent has gone: another start has to know.
  if (!isFinal) pendingResult.remove()
  say(`the result of ${pending.report.stepId}: ${verdict === 'accepted' ? 'accepted' : 'no longer wanted'}`)
  // When Windows was started, by its own clock.
  const startedAt = new Date(clock.now().getTime() - uptime() * 1000)
  // The token dies with the run: after the final report a refusal only means that it had been taken.
  return { powerAction: powerActionAfter(pending, isFinal ? 'accepted' : verdict, startedAt), isFinal }
}

/** Repeats the order until Windows takes it; a program that does not end then is ended by Windows itself. */
async function goDown(action: PowerAction, program: Program, isFinal: boolean): Promise<void> {
  const { folder, clock, exec, say, signal } = program
  say(action === 'restart' ? 'restarting' : 'switching off')
  // Before the order: after it there may be no time.
  if (isFinal) await remove(removalDependencies(program))
  while (!(await takePowerAction(action, exec))) {
    say('Windows does not take the order; again in 30 s')
    await clock.sleep(powerActionAgainMs, signal)
  }
  if (!isFinal) folder.pendingResult.remove()
}
