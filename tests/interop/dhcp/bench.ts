import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerOrder } from './server.ts'
import type { Wire } from './wire.ts'

const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url))
const CLIENT = fileURLToPath(new URL('./client.ts', import.meta.url))

/** A line our server process said: an event, or `ready`, `closed`, `refused-to-start`. */
export type Said = { readonly type: string; readonly [field: string]: unknown }

export type RunningServer = {
  readonly said: readonly Said[]
  /** Waits for a line that has these fields. */
  saw(fields: Partial<Said>): Promise<Said>
  close(): Promise<void>
  kill(): Promise<void>
}

/** Starts our server on a host and waits until it answers, or has said why it will not. */
export async function startServer(
  wire: Wire,
  host: string,
  order: Omit<ServerOrder, 'leases'>,
): Promise<RunningServer> {
  const whole: ServerOrder = { ...order, leases: `${wire.folder}/leases-${host}` }
  const child = wire.start(host, [process.execPath, SERVER, JSON.stringify(whole)])
  const said: Said[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push({ type: 'stderr', text: chunk.toString() }))
  if (child.stdout) createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line)))
  const server: RunningServer = {
    said,
    saw: (fields) =>
      sawLine(child, said, (line) => Object.entries(fields).every(([name, value]) => line[name] === value)),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'close')
    },
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
  await sawLine(child, said, ({ type }) => type === 'ready' || type === 'refused-to-start')
  return server
}

async function sawLine(child: ChildProcess, said: readonly Said[], isIt: (line: Said) => boolean): Promise<Said> {
  // Once more after the end: the last lines come in behind it.
  for (let waited = 0, ended = 0; waited < 20_000 && ended < 10; waited += 20) {
    const found = said.find(isIt)
    if (found) return found
    if (child.exitCode !== null || child.signalCode !== null) ended += 1
    await delay(20)
  }
  throw new Error(`the server never said it, but ${JSON.stringify(said)}`)
}

export type ClientOrder = {
  readonly port: 67 | 68
  readonly to: string
  /** Datagrams in hexadecimal, sent one after another; or the path of a file with one a line. */
  readonly messages: readonly string[] | string
  /** How long answers are waited for. */
  readonly waitMs: number
}

/** Sends crafted datagrams from a host and gives the datagrams that came back. */
export async function exchange(wire: Wire, host: string, order: ClientOrder): Promise<Buffer[]> {
  const { status, output } = await wire.run(host, [process.execPath, CLIENT, JSON.stringify(order)])
  if (status !== 0) throw new Error(output)
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'hex'))
}
