import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A place on the lab's wire: a network namespace of its own. */
export type LabHost = {
  namespace: string
  /** Starts a program there; it is ended with the network if it is still running then. */
  spawn(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess
  /** Runs a program there to its end and gives what it printed; throws with its standard error when it fails. */
  run(command: string, args: readonly string[]): Promise<string>
}

export type LabNetwork = LabHost & {
  /** The bridge all are plugged into; it carries the address. */
  bridge: string
  address: string
  /** A new tap device on the bridge, for a virtual machine started in the namespace. */
  addTap(): string
  /** Another host on the same wire; its interface is called `wire`. `addressWithPrefix` like `10.77.0.2/24`. */
  addHost(name: string, addressWithPrefix?: string): LabHost
  /** Ends every program in the namespaces and removes them. Safe to call twice. */
  close(): Promise<void>
}

let made = 0

/**
 * A wire of our own: a network namespace with a bridge, cut off from every real interface. It goes with `close`, and when this
 * process ends without it.
 *
 * @param addressWithPrefix - the bridge's address, where a server in the namespace is reached
 */
export function openLabNetwork(addressWithPrefix = '10.77.0.1/24'): LabNetwork {
  made += 1
  const namespace = `etabli-lab-${process.pid}-${made}`
  const bridge = 'br0'
  const namespaces: string[] = []
  let taps = 0
  const removeAll = (): void => namespaces.splice(0).forEach(removeNamespace)
  const endOnSignal = (): void => {
    removeAll()
    process.exit(143)
  }
  process.once('exit', removeAll)
  process.once('SIGTERM', endOnSignal)
  removeAbandoned()

  try {
    addNamespace(namespace, namespaces)
    inNamespace(namespace, 'link', 'add', bridge, 'type', 'bridge')
    // A bridge that waits for a spanning tree would swallow the first DHCP packets of every machine.
    inNamespace(namespace, 'link', 'set', bridge, 'up', 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0')
    inNamespace(namespace, 'address', 'add', addressWithPrefix, 'dev', bridge)
  } catch (error) {
    removeAll()
    throw error
  }

  return {
    ...hostOf(namespace),
    bridge,
    address: addressWithPrefix.replace(/\/.*/, ''),
    addTap() {
      const tap = `tap${taps++}`
      inNamespace(namespace, 'tuntap', 'add', tap, 'mode', 'tap')
      inNamespace(namespace, 'link', 'set', tap, 'master', bridge, 'up')
      return tap
    },
    addHost(name, hostAddress) {
      const hostNamespace = `${namespace}-${name}`
      addNamespace(hostNamespace, namespaces)
      const port = `to-${name}`
      inNamespace(namespace, 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'wire', 'netns', hostNamespace)
      inNamespace(namespace, 'link', 'set', port, 'master', bridge, 'up')
      inNamespace(hostNamespace, 'link', 'set', 'wire', 'up')
      if (hostAddress !== undefined) inNamespace(hostNamespace, 'address', 'add', hostAddress, 'dev', 'wire')
      return hostOf(hostNamespace)
    },
    async close() {
      process.removeListener('exit', removeAll)
      process.removeListener('SIGTERM', endOnSignal)
      const left = namespaces.splice(0)
      left.forEach((name) => endPrograms(name, 'SIGTERM'))
      for (let tries = 0; tries < 30 && left.some((name) => programsIn(name).length > 0); tries += 1) await sleep(100)
      left.forEach(removeNamespace)
    },
  }
}

function hostOf(namespace: string): LabHost {
  return {
    namespace,
    spawn: (command, args, options = {}) => spawn('ip', ['netns', 'exec', namespace, command, ...args], options),
    async run(command, args) {
      const child = spawn('ip', ['netns', 'exec', namespace, command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      const ended: unknown[] = await once(child, 'close')
      if (ended[0] !== 0) throw new Error(`${command} in ${namespace} ended with ${String(ended[0])}: ${stderr.trim()}`)
      return stdout
    },
  }
}

function addNamespace(namespace: string, namespaces: string[]): void {
  ip('netns', 'add', namespace)
  namespaces.push(namespace)
  inNamespace(namespace, 'link', 'set', 'lo', 'up')
}

function removeNamespace(namespace: string): void {
  endPrograms(namespace, 'SIGKILL')
  spawnSync('ip', ['netns', 'delete', namespace])
}

/** Clears what a run that was killed has left: our namespaces carry the number of the process that made them. */
function removeAbandoned(): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' })
  for (const [namespace, pid] of stdout.matchAll(/^etabli-lab-(\d+)-\S+/gm)) {
    if (!existsSync(`/proc/${pid}`)) removeNamespace(namespace)
  }
}

function programsIn(namespace: string): number[] {
  const { stdout } = spawnSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' })
  return stdout.split('\n').filter(Boolean).map(Number)
}

/** Only programs that we started can be in a namespace that we made. */
function endPrograms(namespace: string, signal: NodeJS.Signals): void {
  for (const pid of programsIn(namespace)) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      // It ended by itself meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

function inNamespace(namespace: string, ...args: string[]): void {
  ip('-n', namespace, ...args)
}

function ip(...args: string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim()}`)
}
