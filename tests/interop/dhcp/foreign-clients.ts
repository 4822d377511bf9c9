import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Wire } from './wire.ts'

/** What a DHCP client was told, in its own words, and what else it said. */
export type Heard = {
  readonly status: number | null
  readonly output: string
  readonly told: Readonly<Record<string, string>>
}

const UDHCPC_SCRIPT = `#!/bin/sh
# Takes the address without touching anything else, and notes what udhcpc was told.
case "$1" in
  bound|renew)
    env > "$NOTES"
    ip address replace "$ip/$mask" dev "$interface"
    ;;
  # udhcpc -R sends its RELEASE just before: without an address the kernel could not even ask for the server's.
  deconfig) sleep 0.3; ip address flush dev "$interface" ;;
esac
`

/** Runs busybox udhcpc until it has a lease or gives up. */
export function runUdhcpc(wire: Wire, host: string, args: readonly string[] = []): Promise<Heard> {
  return udhcpc(wire, host, ['udhcpc', '-q'], args)
}

/** Lets busybox udhcpc have its lease for three seconds and then give it back: with `-q` it would keep it. */
export function runUdhcpcAndRelease(wire: Wire, host: string, args: readonly string[] = []): Promise<Heard> {
  return udhcpc(wire, host, ['timeout', '--preserve-status', '3', 'udhcpc', '-R'], args)
}

async function udhcpc(wire: Wire, host: string, program: readonly string[], args: readonly string[]): Promise<Heard> {
  const script = `${wire.folder}/udhcpc-script`
  const notes = `${wire.folder}/udhcpc-${host}`
  writeFileSync(script, UDHCPC_SCRIPT)
  chmodSync(script, 0o755)
  rmSync(notes, { force: true })
  const options = ['-i', 'eth0', '-f', '-n', '-t', '3', '-T', '2', '-s', script, ...args]
  const { status, output } = await wire.run(host, ['env', `NOTES=${notes}`, ...program, ...options])
  return { status, output, told: readNotes(notes) }
}

const DHCLIENT_SCRIPT = `#!/bin/sh
# ISC's own script would write resolv.conf; this one only notes.
case "$reason" in
  BOUND|RENEW|REBIND|REBOOT)
    env > "$NOTES"
    ip address replace "$new_ip_address/24" dev "$interface"
    ;;
  EXPIRE|FAIL|RELEASE|STOP) ip address flush dev "$interface" ;;
esac
exit 0
`

/** Runs ISC dhclient until it has a lease; it stays in the background until `release` is called. */
export async function runDhclient(wire: Wire, host: string, configuration = ''): Promise<Heard> {
  const notes = `${wire.folder}/dhclient-${host}`
  const script = `${wire.folder}/dhclient-script`
  writeFileSync(script, DHCLIENT_SCRIPT)
  chmodSync(script, 0o755)
  writeFileSync(`${wire.folder}/dhclient-${host}.conf`, `timeout 10;\nretry 1;\n${configuration}\n`)
  rmSync(notes, { force: true })
  const { status, output } = await wire.run(host, [...dhclient(wire, host), '-1', '-e', `NOTES=${notes}`, 'eth0'])
  return { status, output, told: readNotes(notes) }
}

/** Ends the dhclient of a host: with `-r` it gives its lease back, with `-x` it keeps it and leaves. */
export async function endDhclient(wire: Wire, host: string, how: '-r' | '-x'): Promise<void> {
  await wire.run(host, [...dhclient(wire, host), how, 'eth0'])
}

function dhclient(wire: Wire, host: string): string[] {
  const file = `${wire.folder}/dhclient-${host}`
  return [
    'dhclient',
    '-4',
    '-v',
    '-sf',
    `${wire.folder}/dhclient-script`,
    '-cf',
    `${file}.conf`,
    '-lf',
    `${file}.leases`,
    '-pf',
    `${file}.pid`,
  ]
}

function readNotes(path: string): Record<string, string> {
  if (!existsSync(path)) return {}
  const lines = readFileSync(path, 'latin1').split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
