import { randomUUID } from 'node:crypto'
import { cpus, networkInterfaces, totalmem, uptime } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { openExec, type Exec } from '../exec.ts'
import { runAgent } from '../runner.ts'
import type { Departure } from '../step.ts'
import { openTransport, type Transport } from '../transport.ts'
import { agentVersion } from '../version.ts'
import { afterSetup } from './after-setup.ts'
import { openAgentFolder, type AgentFolder } from './agent-folder.ts'
import { parseConfiguration } from './configuration.ts'
import { install, isInstalled, remove } from './installation.ts'
import { windowsInventory } from './inventory.ts'
import { departureOf } from './pending-end.ts'
import { processTree } from './process-tree.ts'
import { redeliver } from './redelivery.ts'
import { forgetAccepted, rememberEnds } from './remembered-steps.ts'
import { depart } from './steps/departures.ts'
import { windowsSteps } from './steps/registry.ts'

type Program = { folder: AgentFolder; path: string; exec: Exec; signal: AbortSignal; say(text: string): void }

const clock = systemClock
/** Windows may refuse to go down for a while, during an installation of updates. */
const leaveAgainMs = 30_000

/** When Windows was started, by its own clock. */
function startedAt(): Date {
  return new Date(clock.now().getTime() - uptime() * 1000)
}

/** Until Windows takes the order; a program that does not end is ended by Windows itself. */
async function leave(how: Departure, { folder, exec, say, signal }: Program): Promise<void> {
  say(how === 'restart' ? 'restarting' : 'switching off')
  while (!(await depart(how, exec))) {
    say('Windows does not take the order; again in 30 s')
    await clock.sleep(leaveAgainMs, signal)
  }
  folder.pendingEnds.remove()
}

/** What an earlier start has left to tell; gives what the machine has to do because of it. */
async function tellLeftovers(program: Program, transport: Transport): Promise<Departure | null> {
  const { pendingEnds } = program.folder
  const end = pendingEnds.read()
  if (end === null) return null
  const verdict = await redeliver(end, { ...program, transport, clock })
  pendingEnds.remove()
  program.say(`the end of ${end.report.stepId}: ${verdict === 'accepted' ? 'accepted' : 'no longer wanted'}`)
  return departureOf(end, verdict, startedAt())
}

async function work(program: Program): Promise<void> {
  const { folder, say, signal } = program
  const text = folder.readConfiguration()
  if (text === null) throw new Error('there is no agent.json')
  const configuration = parseConfiguration(text)
  if (configuration.kind === 'invalid') throw new Error(`agent.json: ${configuration.problems.join('; ')}`)
  const { server, key, machine } = configuration
  say(`server ${server.href}`)
  const transport = openTransport(server)
  try {
    const due = await tellLeftovers(program, transport)
    const departure =
      due ??
      (await runAgent({
        server: server.host,
        transport: forgetAccepted(transport, folder.pendingEnds),
        clock,
        steps: rememberEnds(afterSetup(windowsSteps(folder.doors)), folder.pendingEnds),
        habitat: 'windows',
        agentVersion,
        ...(key === null ? {} : { key }),
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
      }))
    await leave(departure, program)
  } finally {
    transport.close()
  }
}

/** `etabli-agent.exe run | install [--start] | remove | present`; gives the exit code. */
async function main(command: string, options: readonly string[], program: Program): Promise<number> {
  const doors = { ...program, folder: program.path, executable: process.execPath }
  switch (command) {
    case 'run':
      await work(program)
      return 0
    case 'install':
      return (await install(doors, options.includes('--start'))) ? 0 : 1
    case 'remove':
      return (await remove(doors)) ? 0 : 1
    case 'present':
      return (await isInstalled(doors)) ? 0 : 1
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
