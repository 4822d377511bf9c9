import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingPrograms } from '../../machine/requirements.ts'

/** Outcome of a program that ran to its end. */
export type Outcome = { readonly status: number | null; readonly output: string }

/** Hosts on one switch, each in a network namespace of its own; nothing of it touches a real interface. */
export type Wire = {
  /** Scratch folder, removed with the wire. */
  readonly folder: string
  /** Adds a host whose interface is `eth0`; `address` with its prefix length, none for a client. */
  addHost(name: string, address?: string): void
  /** Adds an address to a host. */
  addAddress(host: string, address: string): void
  /** Sets how long the packets may be that a host's interface takes, or the port of the switch that it is plugged into. */
  setMtu(host: string, mtu: number, end: 'interface' | 'port'): void
  macOf(host: string): string
  /** The name the system knows a host's namespace by. */
  namespaceOf(host: string): string
  /** Runs a program on a host to its end. */
  run(host: string, command: readonly string[], timeoutMs?: number): Promise<Outcome>
  /** Starts a program on a host; it ends with the wire. */
  start(host: string, command: readonly string[]): ChildProcess
  remove(): Promise<void>
}

let wires = 0

/** Why namespaces cannot be made here; null when they can. */
export function obstacleToWire(programs: readonly string[]): string | null {
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  const missing = missingPrograms(programs)
  if (missing !== null) return missing
  const probe = `edh${process.pid}p`
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return 'the system refuses network namespaces'
  execFileSync('ip', ['netns', 'delete', probe])
  return null
}

export function createWire(): Wire {
  wires += 1
  const prefix = `edh${process.pid}w${wires}`
  const folder = mkdtempSync(join(tmpdir(), `${prefix}-`))
  const namespaces = new Set<string>()
  const children = new Set<ChildProcess>()
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' })
  const inside = (host: string, ...args: string[]) => ip('-n', `${prefix}-${host}`, ...args)

  function addNamespace(host: string): void {
    ip('netns', 'add', `${prefix}-${host}`)
    namespaces.add(host)
    inside(host, 'link', 'set', 'lo', 'up')
  }

  function start(host: string, command: readonly string[]): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', `${prefix}-${host}`, ...command], { stdio: ['pipe', 'pipe', 'pipe'] })
    children.add(child)
    child.once('exit', () => children.delete(child))
    return child
  }

  addNamespace('switch')
  inside('switch', 'link', 'add', 'br0', 'type', 'bridge', 'forward_delay', '0')
  inside('switch', 'link', 'set', 'br0', 'up')

  return {
    folder,
    addHost(host, address) {
      addNamespace(host)
      inside(
        'switch',
        'link',
        'add',
        `to-${host}`,
        'type',
        'veth',
        'peer',
        'name',
        'eth0',
        'netns',
        `${prefix}-${host}`,
      )
      inside('switch', 'link', 'set', `to-${host}`, 'master', 'br0', 'up')
      inside(host, 'link', 'set', 'eth0', 'up')
      if (address) inside(host, 'address', 'add', address, 'dev', 'eth0')
    },
    addAddress(host, address) {
      inside(host, 'address', 'add', address, 'dev', 'eth0')
    },
    setMtu(host, mtu, end) {
      if (end === 'interface') inside(host, 'link', 'set', 'eth0', 'mtu', String(mtu))
      else inside('switch', 'link', 'set', `to-${host}`, 'mtu', String(mtu))
    },
    namespaceOf: (host) => `${prefix}-${host}`,
    macOf(host) {
      return /link\/ether (\S+)/.exec(inside(host, 'link', 'show', 'dev', 'eth0'))?.[1] ?? ''
    },
    async run(host, command, timeoutMs = 30_000) {
      const child = start(host, command)
      let output = ''
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
      await once(child, 'close')
      clearTimeout(timer)
      return { status: child.exitCode, output }
    },
    start,
    async remove() {
      await Promise.all([...children].map(ended))
      for (const host of namespaces) ip('netns', 'delete', `${prefix}-${host}`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
