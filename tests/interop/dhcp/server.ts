/**
 * Our DHCP server as a process of its own, for tests: `node server.ts '{"config": …, "leases": "/path"}'`.
 * Says each event as a line of JSON; ends orderly on SIGTERM.
 */
import { readFileSync } from 'node:fs'
import type { BootAnswer } from '../../../server/dhcp/boot.ts'
import { DhcpError } from '../../../server/dhcp/errors.ts'
import { systemClocks, type Clocks } from '../../../server/dhcp/lease-clock.ts'
import { listen } from '../../../server/dhcp/listener.ts'
import type { DhcpConfig } from '../../../server/dhcp/settings.ts'
import { fileLeaseStore } from './file-lease-store.ts'

export type ServerOrder = {
  readonly config: DhcpConfig
  readonly leases: string
  readonly boot: BootAnswer
  /** Believe every address to be free, so that the client has to find out. */
  readonly blind?: boolean
  /** A file that says how many milliseconds the calendar is wrong; it may be set while the server runs. */
  readonly calendar?: string
}

const order: ServerOrder = JSON.parse(process.argv[2] ?? '{}')

/** The calendar as somebody set it; what elapses is the computer's own. */
function clocksOf(file: string): Clocks {
  return { ...systemClocks, wall: () => new Date(Date.now() + Number(readFileSync(file, 'utf8'))) }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

try {
  const listener = await listen(order.config, {
    store: fileLeaseStore(order.leases),
    bootFor: () => order.boot,
    onEvent: (event) => say(event.type === 'failed' ? { ...event, error: String(event.error) } : event),
    ...(order.calendar === undefined ? {} : { clocks: clocksOf(order.calendar) }),
    ...(order.blind ? { openProber: () => ({ probe: async () => ({ kind: 'free' }) as const, close: () => {} }) } : {}),
  })
  process.once('SIGTERM', () => {
    void listener.close().then(() => say({ type: 'closed' }))
  })
  say({ type: 'ready' })
} catch (error) {
  if (!(error instanceof DhcpError)) throw error
  say({ type: 'refused-to-start', code: error.code, message: error.message })
  process.exitCode = 2
}
