import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { serverFlags } from '../../setup/server-flags.mjs'
import { parsePinnedServer, type PinnedServer } from '../../agent/protocol/pinned-server.ts'

const Ready = Type.Object({ port: Type.Number(), tls: Type.Object({ port: Type.Number(), pin: Type.String() }) })
type Ready = Static<typeof Ready>

/** `server/main.ts` as a program of its own. */
export type ServerProgram = {
  process: ChildProcess
  /** What it said to the operator, line by line. */
  lines: string[]
  /** Its log. */
  errors(): string
  exit: Promise<number | null>
  /** Its address once it is ready, on the port the kernel gave it; throws when it ends before. */
  ready(): Promise<string>
  /** Where agents reach it once it is ready, and what they know it by. */
  agents(): Promise<PinnedServer>
}

/** Starts it as `npm start` does, with nothing of our environment but these variables. */
export function launchServer(env: Record<string, string>): ServerProgram {
  const child = spawn(process.execPath, [...serverFlags, 'server/main.ts'], {
    env: { PATH: process.env['PATH'] ?? '', ETABLI_LISTEN: '127.0.0.1:0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const log: string[] = []
  const started = Promise.withResolvers<Ready>()
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line)
    if (line.includes('"msg":"ready"')) started.resolve(Value.Parse(Ready, JSON.parse(line)))
  })
  const errors = (): string => log.join('\n')
  const exit = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  const ended = exit.then((code) => Promise.reject(new Error(`the server ended with ${code}: ${errors()}`)))
  // It also ends when a test wants it to: that is nobody's error unless somebody waits for the port.
  ended.catch(() => undefined)
  return {
    process: child,
    lines,
    errors,
    exit,
    ready: async () => `http://127.0.0.1:${(await Promise.race([started.promise, ended])).port}`,
    agents: async () => {
      const { tls } = await Promise.race([started.promise, ended])
      const server = parsePinnedServer(`https://127.0.0.1:${tls.port}`, tls.pin)
      if (server.kind === 'invalid') throw new Error(`no ${server.what}`)
      return server
    },
  }
}
