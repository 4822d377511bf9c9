import type { DiskChoice } from '../../../tasksequences/steps/partition-disk.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { isInternal } from '../../protocol/internal-disk.ts'
import type { Device, Disk, PinnedDisk } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { chooseDisk, isNamed, type DiskDecision } from './disk-choice.ts'
import { choiceValue, nameDisk } from './disk-identity.ts'
import { findPinned, missing, notExpected, type SortedDisks } from './pinned-disks.ts'

export type PinnedQuestion = {
  pins: readonly PinnedDisk[]
  now: SortedDisks
  devices: readonly Device[]
  rule: DiskChoice
  neededBytes: number
}

/**
 * Which disk may be erased now. The rule is decided over the disks that were seen when the run was assigned, as the person
 * saw them, and never over those that happen to be there: with one disk pulled, the other does not become the only one.
 * Then the disk so decided has to be there. Pure.
 */
export function choosePinned(question: PinnedQuestion): DiskDecision<Disk> {
  const { pins, now, rule } = question
  const decision = chooseDisk({ ...question, disks: pins })
  if (decision.kind === 'chosen') return present(decision.disk, question)
  const { failure: because } = decision
  if (because.choice !== undefined) return { kind: 'refused', failure: stillThere(because, question) }
  const named = typeof rule === 'object' && !('model' in rule) ? Object.values(rule)[0] : undefined
  const stranger = now.strangers.find((disk) => named !== undefined && isNamed(disk, now.strangers, named))
  const isForeign = because.code === 'DISK_GONE' && stranger !== undefined
  return { kind: 'refused', failure: isForeign ? notExpected(pins.filter(isInternal), [stranger]) : because }
}

function present(pin: PinnedDisk, { pins, now }: PinnedQuestion): DiskDecision<Disk> {
  const found = findPinned(pin, pins, now.allowed)
  if (found.kind === 'twins') return { kind: 'refused', failure: failure('DISK_TWINS', { disk: nameDisk(pin) }) }
  if (found.kind === 'none') return { kind: 'refused', failure: missing([pin], now.strangers) }
  const { disk } = found
  // It was neither when it was seen: today it may stand in a USB case, or the environment may come from it.
  if (disk.bootMedium) return { kind: 'refused', failure: failure('DISK_IS_BOOT_MEDIUM', { disk: nameDisk(disk) }) }
  if (isInternal(pin) && !isInternal(disk))
    return { kind: 'refused', failure: failure('DISK_REMOVABLE', { disk: nameDisk(disk) }) }
  return { kind: 'chosen', disk }
}

/** A person is asked about those only that are still there. */
function stillThere(asked: Failure, { pins, now }: PinnedQuestion): Failure {
  const offered = asked.choice?.options ?? []
  const meant = pins.filter((pin) => offered.some(({ value }) => value === choiceValue(pin, pins)))
  const here = meant.filter((pin) => findPinned(pin, pins, now.allowed).kind === 'one')
  if (here.length === 0) return missing(meant, now.strangers)
  const options = offered.filter(({ value }) => here.some((pin) => value === choiceValue(pin, pins)))
  return failure('DISK_AMBIGUOUS', { count: options.length }, { choice: { variable: 'disk', options } })
}
