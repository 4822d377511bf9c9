import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { environmentSteps } from '../../agent/environment/steps/step-table.ts'
import { describeFailure } from '../../agent/protocol/failures/failures.ts'
import type { Disk } from '../../agent/protocol/inventory.ts'
import type { Failure } from '../../agent/protocol/messages.ts'
import { StepError } from '../../agent/runtime/step.ts'
import { stepDefinitions } from '../../tasksequences/steps/definitions.ts'
import { attachDisk, canMakeDisks, openBench, resultOf, type Bench, type TestDisk } from './agent-bench.ts'
import { partitionDisk } from './environment-steps.ts'

const mebibyte = 2 ** 20
const sizeBytes = 1536 * mebibyte
const input = { disk: 'only', recoverySize: '0 B' }

async function failureOf(running: Promise<unknown>): Promise<Failure> {
  try {
    await running
  } catch (error) {
    if (error instanceof StepError) return error.failure
    throw error
  }
  throw new Error('the step was done')
}

/** Writes and discards that ever reached the disk, as the kernel counts them (Documentation/block/stat). */
function writesTo({ name, device }: TestDisk): string {
  execFileSync('blockdev', ['--flushbufs', device])
  const [, , , , writes, , , , , , , discards] = readFileSync(`/sys/block/${name}/stat`, 'utf8').trim().split(/\s+/)
  return `${writes} writes, ${discards} discards`
}

/** A step of a run on a machine that shows these disks now. */
function begin(bench: Bench, present: readonly Disk[]): Promise<unknown> {
  const dependencies = { ...bench.dependencies, readDisks: () => Promise.resolve([...present]) }
  const step = environmentSteps(dependencies).get(bench.context.work.step.type)
  if (step === undefined) throw new Error(`no step ${bench.context.work.step.type}`)
  return step(bench.context)
}

/** Its type writes no disk of its own accord; with `mount` it is given one. */
const runCommand = ['run-command', { mount: true, command: 'touch $WINDOWS/here' }] as const

const writingTypes = stepDefinitions
  .filter(({ writesDisk, phases }) => writesDisk && phases.includes('environment'))
  .map(({ type }) => type)

describe.runIf(canMakeDisks())('a run that was assigned to one disk', () => {
  let seen: TestDisk
  let other: TestDisk
  beforeEach(() => {
    seen = attachDisk(sizeBytes)
    other = attachDisk(sizeBytes)
  })
  afterEach(() => {
    seen.detach()
    other.detach()
  })

  test('writes nothing to another disk, whichever its step, though that is a copy to the last byte', async () => {
    const done = await resultOf(partitionDisk(openBench(seen).dependencies)(openBench(seen, { input }).context))
    execFileSync('blockdev', ['--flushbufs', seen.device])
    execFileSync('cp', ['--sparse=always', join(seen.folder, 'disk.img'), join(other.folder, 'disk.img')])
    execFileSync('partx', ['--update', other.device])
    const guidsOf = ({ device }: TestDisk) => execFileSync('sgdisk', ['--info=3', device], { encoding: 'utf8' })
    expect(guidsOf(other)).toBe(guidsOf(seen))
    const before = writesTo(other)
    const results = { 'partition-disk': done }
    expect(writingTypes).toHaveLength(5)
    for (const [type, stepInput] of [...writingTypes.map((each) => [each, input] as const), runCommand]) {
      const bench = openBench(other, { type, input: stepInput, results, work: { disks: [seen.disk] } })
      const failure = await failureOf(begin(bench, [other.disk]))
      expect([type, failure.code, bench.commands]).toEqual([type, 'DISK_NOT_EXPECTED', []])
      const { fr, en } = describeFailure(failure).message
      for (const sentence of [fr, en]) {
        expect(sentence).toContain(seen.disk.serial)
        expect(sentence).toContain(other.disk.serial)
      }
    }
    expect(writesTo(other)).toBe(before)
  })

  test('erases that disk and no other, when another one has been put beside it', async () => {
    const before = writesTo(other)
    const untouched = writesTo(seen)
    const bench = openBench(seen, { input, work: { disks: [seen.disk] } })
    await begin(bench, [other.disk, seen.disk])
    expect(writesTo(seen)).not.toBe(untouched)
    expect(execFileSync('sgdisk', ['--verify', seen.device], { encoding: 'utf8' })).toContain('No problems found')
    expect(writesTo(other)).toBe(before)
  })

  test('writes nothing at all when nobody has said which disks were seen', async () => {
    const before = writesTo(seen)
    for (const type of writingTypes) {
      const bench = openBench(seen, { type, input })
      const { disks: _, ...work } = bench.context.work
      const failure = await failureOf(begin({ ...bench, context: { ...bench.context, work } }, [seen.disk]))
      expect([type, failure.code, bench.commands]).toEqual([type, 'DISKS_NOT_PINNED', []])
    }
    expect(writesTo(seen)).toBe(before)
  })
})
