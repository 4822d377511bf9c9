import { describe, expect, test } from 'vitest'
import { untouchedClock } from '../../../../../agent/environment/clock/machine-clock.ts'
import { openSourceFiles } from '../../../../../agent/environment/inventory/source-files.ts'
import { environmentSteps } from '../../../../../agent/environment/steps/step-table.ts'
import { pinOf } from '../../../../../agent/protocol/key-pin.ts'
import type { Disk, PinnedDisk } from '../../../../../agent/protocol/inventory.ts'
import { StepError } from '../../../../../agent/runtime/step.ts'
import { stepDefinitions } from '../../../../../tasksequences/steps/definitions.ts'
import { makeDisk } from '../../machines.ts'
import { recordedExec, windowsContext, windowsWork } from '../../windows/programs.ts'

const seen = makeDisk()
const other = makeDisk({ serial: 'ANOTHER', wwn: 'eui.1' })

/** What becomes of a step on a machine with these disks, and which programs it ran. */
async function begin(type: string, pins: PinnedDisk[] | undefined, present: Disk[]): Promise<[string, string[][]]> {
  const { exec, asked } = recordedExec([])
  const steps = environmentSteps({
    server: { url: new URL('https://127.0.0.1'), pin: pinOf(new Uint8Array()) },
    readDisks: () => Promise.resolve(present),
    files: openSourceFiles('/nowhere'),
    mountFolder: '/nowhere',
    machineClock: untouchedClock,
    newGuid: () => '',
  })
  const work = { ...windowsWork(type), ...(pins === undefined ? {} : { disks: pins }) }
  const ended = await steps
    .get(type)?.(windowsContext(work, exec))
    .then(
      () => 'done',
      (error: unknown) => (error instanceof StepError ? error.failure.code : String(error)),
    )
  return [ended ?? 'no such step', asked]
}

const inEnvironment = stepDefinitions.filter(({ phases }) => phases.includes('environment'))

describe('whatever the environment can do', () => {
  test.each(inEnvironment.map(({ type }) => type))('%s does not begin where another disk is', async (type) => {
    expect(await begin(type, [seen], [other])).toEqual(['DISK_NOT_EXPECTED', []])
  })

  test.each(inEnvironment.filter(({ writesDisk }) => writesDisk).map(({ type }) => type))(
    '%s, which writes a disk, does not begin where nobody said which were seen',
    async (type) => {
      expect(await begin(type, undefined, [seen])).toEqual(['DISKS_NOT_PINNED', []])
    },
  )

  test('what writes nothing is done where nobody said it', async () => {
    expect(await begin('check-hardware', undefined, [seen])).toEqual(['done', []])
    expect(await begin('restart', undefined, [seen])).toEqual(['done', []])
  })
})
