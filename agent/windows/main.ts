import { agentVersion } from '../runtime/version.ts'
import { runUntilPowerAction } from './lifetime/agent-start.ts'
import { install, isInstalled, remove } from './lifetime/installation.ts'
import { openProgram, removalDependencies, type Program } from './program.ts'

/** `etabli-agent.exe run | install [--start] | remove | present`; gives the exit code. */
async function main(command: string, options: readonly string[], program: Program): Promise<number> {
  const dependencies = removalDependencies(program)
  switch (command) {
    case 'run':
      await runUntilPowerAction(program)
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

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)))
const program = openProgram(process.env['ProgramData'], stop.signal)
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
