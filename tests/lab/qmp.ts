import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** QEMU's own control connection (QEMU Machine Protocol, docs/interop/qmp-spec). */
export type Qmp = {
  execute(command: string, args?: Record<string, unknown>): Promise<unknown>
  onEvent(listener: (event: QmpEvent) => void): void
  close(): void
}

export type QmpEvent = { event: string; data: unknown }

/** Connects to QEMU's socket, which appears a moment after QEMU starts, and leaves the negotiation mode. */
export async function connectQmp(path: string, isRunning: () => boolean): Promise<Qmp> {
  const socket = await connectWhenThere(path, isRunning)
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>()
  const listeners: ((event: QmpEvent) => void)[] = []
  let last = 0
  let unfinished = ''
  socket.on('error', () => undefined)
  socket.on('close', () => waiting.forEach(({ reject }) => reject(new Error('QEMU ended'))))
  socket.on('data', (chunk: Buffer) => {
    const lines = (unfinished + chunk.toString()).split('\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') receive(JSON.parse(line))
  })

  function receive(message: unknown): void {
    if (typeof message !== 'object' || message === null) return
    if ('event' in message) {
      const event = { event: String(message.event), data: 'data' in message ? message.data : undefined }
      listeners.forEach((listener) => listener(event))
    }
    if (!('id' in message)) return
    const request = waiting.get(Number(message.id))
    waiting.delete(Number(message.id))
    if ('error' in message) request?.reject(new Error(`QMP: ${JSON.stringify(message.error)}`))
    else request?.resolve('return' in message ? message.return : undefined)
  }

  function execute(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    last += 1
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(last, { resolve, reject })
    socket.write(`${JSON.stringify({ execute: command, arguments: args, id: last })}\n`)
    return promise
  }

  await execute('qmp_capabilities')
  return { execute, onEvent: (listener) => listeners.push(listener), close: () => socket.destroy() }
}

async function connectWhenThere(path: string, isRunning: () => boolean): Promise<Socket> {
  for (let tries = 0; tries < 200 && isRunning(); tries += 1) {
    const socket = connect(path)
    const connected = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    if (connected) return socket
    await sleep(50)
  }
  throw new Error(`QEMU did not open ${path}`)
}
