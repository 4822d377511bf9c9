import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { pause } from './pause.ts'

/** A file as a block device. */
export type LoopDevice = {
  /** `loop3` */
  name: string
  /** `/dev/loop3` */
  path: string
  /** Takes the device's partitions away and lets go of the file; throws when something still holds one of them. */
  detach(): void
}

export type LoopOptions = { sectorBytes?: 512 | 4096; readOnly?: boolean; offset?: number; sizeBytes?: number }

/** As long as another program may keep taking the device we were about to take, or hold ours for a moment. */
const patienceMs = 30_000

/** Why no file can be made a device here; null when one can. */
export function loopProblem(): string | null {
  if (process.getuid?.() !== 0) return 'loop devices need root'
  const { status, stderr } = spawnSync('losetup', ['--find'], { encoding: 'utf8' })
  return status === 0 ? null : `no loop devices: ${stderr.trim()}`
}

/**
 * Attaches a file to a loop device that nobody uses. Other programs look for one too, and may take ours between
 * the search and the taking: then the next is tried.
 */
export function attachLoopDevice(file: string, options: LoopOptions = {}): LoopDevice {
  const args = [
    ...(options.sectorBytes === undefined ? [] : ['--sector-size', String(options.sectorBytes)]),
    ...(options.offset === undefined ? [] : ['--offset', String(options.offset)]),
    ...(options.sizeBytes === undefined ? [] : ['--sizelimit', String(options.sizeBytes)]),
    ...(options.readOnly === true ? ['--read-only'] : []),
  ]
  const path = until(`a loop device for ${file}`, () => {
    makeNextNode()
    const { status, stdout, stderr } = spawnSync('losetup', ['--find', '--show', ...args, file], { encoding: 'utf8' })
    return status === 0 ? { done: stdout.trim() } : { problem: stderr.trim() }
  })
  const name = path.replace('/dev/', '')
  // Its last user may have left partitions behind, and they would pass for ours.
  removePartitions(name)
  return { name, path, detach: () => detach(name) }
}

/** Makes the nodes of a device's partitions, where neither the kernel nor udev does: /dev of a container is a plain folder. */
export function makePartitionNodes(name: string): void {
  for (const partition of partitionsOf(name)) makeNode(partition, `/sys/class/block/${partition}/dev`)
}

/**
 * Copies the file behind a device as it is between two writes. The kernel writes back what it holds whenever any program
 * calls `sync`: a copy made in the middle of that would be a mixture that no power cut leaves.
 */
export function copyAtRest(name: string, file: string, copy: string): void {
  until(`copy of ${file} at rest`, () => {
    const before = writesOf(name)
    execFileSync('cp', ['--sparse=always', file, copy])
    return writesOf(name) === before ? { done: null } : { problem: 'it was written to all the time' }
  })
}

/** Writes done so far and under way (Documentation/block/stat.rst). */
function writesOf(name: string): string {
  const numbers = readFileSync(`/sys/block/${name}/stat`, 'utf8').trim().split(/\s+/)
  const underWay = readFileSync(`/sys/block/${name}/inflight`, 'utf8').trim().split(/\s+/)[1]
  return `${numbers[4]} ${underWay === '0' ? 'at rest' : `writing since ${performance.now()}`}`
}

function makeNextNode(): void {
  const next = spawnSync('losetup', ['--find'], { encoding: 'utf8' }).stdout.trim().replace('/dev/', '')
  if (next !== '') makeNode(next, `/sys/class/block/${next}/dev`)
}

function makeNode(name: string, numbers: string): void {
  if (existsSync(`/dev/${name}`) || !existsSync(numbers)) return
  spawnSync('mknod', [`/dev/${name}`, 'b', ...readFileSync(numbers, 'utf8').trim().split(':')])
}

function detach(name: string): void {
  removePartitions(name)
  execFileSync('losetup', ['--detach', `/dev/${name}`], { stdio: 'pipe' })
}

/** The kernel refuses as long as one of them is in use: a program that just ended may hold it for a moment. */
function removePartitions(name: string): void {
  until(`/dev/${name} without partitions`, () => {
    if (partitionsOf(name).length === 0) return { done: null }
    const { stderr } = spawnSync('partx', ['--delete', `/dev/${name}`], { encoding: 'utf8' })
    return partitionsOf(name).length === 0 ? { done: null } : { problem: stderr.trim() }
  })
}

function partitionsOf(name: string): string[] {
  return readdirSync(`/sys/block/${name}`).filter((entry) => entry.startsWith(`${name}p`))
}

function until<Value>(wanted: string, attempt: () => { done: Value } | { problem: string }): Value {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const outcome = attempt()
    if ('done' in outcome) return outcome.done
    if (Date.now() > deadline) throw new Error(`no ${wanted}: ${outcome.problem}`)
    pause(50)
  }
}
