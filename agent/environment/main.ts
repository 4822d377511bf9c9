import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { Inventory } from '../protocol/inventory.ts'
import { systemClock } from '../runtime/clock.ts'
import { openConnection } from '../runtime/connection.ts'
import { openExec, type Exec } from '../runtime/exec.ts'
import { runAgent } from '../runtime/runner.ts'
import type { PowerAction } from '../runtime/step.ts'
import { openTransport } from '../runtime/transport.ts'
import { agentVersion } from '../runtime/version.ts'
import { openMachineClock, untouchedClock } from './clock/machine-clock.ts'
import { isBootEnvironment, serverFrom } from './command-line.ts'
import { readDisks, readInventory, type InventoryDependencies } from './inventory/read-inventory.ts'
import { openSourceFiles, type SourceFiles } from './inventory/source-files.ts'
import { askTpmDevice } from './inventory/tpm.ts'
import { openScreen } from './screen/screen.ts'
import { environmentSteps } from './steps/step-table.ts'

const mountFolder = '/mnt/etabli'

/** Log on standard error, one line an event: the environment puts it into a file and on the serial port. */
function say(text: string): void {
  process.stderr.write(`etabli: ${text}\n`)
}

function addressOf(name: string): string | null {
  return networkInterfaces()[name]?.find(({ family }) => family === 'IPv4')?.address ?? null
}

/** Standard output is the machine's screen; anything else (a pipe, a file) gets none. */
function openOwnScreen(): ReturnType<typeof openScreen> {
  const { stdout } = process
  if (!stdout.isTTY) return { show: () => undefined, close: () => undefined }
  return openScreen({
    write: (text) => stdout.write(text),
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
  })
}

/** Nothing may be left unwritten; then the machine goes, without the init system, which has nothing to stop but us. */
async function takePowerAction(how: PowerAction, exec: Exec): Promise<void> {
  say(how === 'restart' ? 'restarting' : 'switching off')
  await exec('sync', [], { quiet: true })
  await exec(how === 'restart' ? 'reboot' : 'poweroff', ['-f'])
}

/**
 * Of this start of the machine and of this program: an agent that was started anew has lost the step it was at, just as a
 * machine has, so the server must hear of a new start and not of the same attempt going on.
 */
async function startId(files: SourceFiles): Promise<string> {
  const boot = (await files.text('proc/sys/kernel/random/boot_id')) ?? randomUUID()
  return `${boot}.${randomUUID().slice(0, 8)}`
}

function withClock(inventory: Inventory, clock: Inventory['clock']): Inventory {
  return clock === undefined ? inventory : { ...inventory, clock }
}

async function main(): Promise<void> {
  say(`etabli agent ${agentVersion}, Node ${process.versions.node}`)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)))
  const files = openSourceFiles('/')
  const { ETABLI_SERVER: address, ETABLI_PIN: pin } = process.env
  const kernelCommandLine = (await files.text('proc/cmdline')) ?? ''
  const server = serverFrom(kernelCommandLine, { address, pin })
  if (server.kind === 'invalid') {
    const given = `etabli.tls= and etabli.pin= on the kernel command line, or ETABLI_SERVER and ETABLI_PIN`
    throw new Error(`no server, its ${server.what === 'url' ? 'https address' : 'pin'} is missing or wrong: ${given}`)
  }
  say(`server ${server.url.href}, key ${server.pin}`)
  const { signal } = stop
  const clock = systemClock
  const exec = openExec(signal, (_level, text) => say(text))
  const machineClock = isBootEnvironment(kernelCommandLine) ? openMachineClock({ clock, exec, say }) : untouchedClock
  const sources: InventoryDependencies = { files, clock, signal, mountFolder, exec, addressOf, askTpm: askTpmDevice }
  const screen = openOwnScreen()
  const transport = openTransport(server)
  try {
    const powerAction = await runAgent({
      server: server.url.host,
      connection: openConnection(transport),
      clock,
      steps: environmentSteps({
        ...{ server, files, mountFolder, machineClock },
        readDisks: () => readDisks(sources),
        newGuid: randomUUID,
      }),
      phase: 'environment',
      agentVersion,
      bootId: await startId(files),
      readInventory: async () => withClock(await readInventory(sources), machineClock.fact()),
      heardTime: machineClock.heard,
      show: screen.show,
      say,
      signal,
    })
    screen.close()
    await takePowerAction(powerAction, exec)
  } catch (error) {
    if (!signal.aborted) throw error
    say('stopped')
  } finally {
    screen.close()
    transport.close()
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
