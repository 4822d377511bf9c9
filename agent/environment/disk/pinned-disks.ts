import type { Locale } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { isInternal } from '../../protocol/internal-disk.ts'
import type { Disk, PinnedDisk } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { describeDisk, findDisk, nameDisk, type Found } from './disk-identity.ts'

/** The disks of a machine as one run sees them. */
export type SortedDisks = {
  /** Pinned to the run, so that it may write them. */
  allowed: readonly Disk[]
  strangers: readonly Disk[]
}

/** A pinned disk among those that are there: one disk that is this pin, and no other pin. */
export function findPinned(pin: PinnedDisk, pins: readonly PinnedDisk[], present: readonly Disk[]): Found<Disk> {
  const found = findDisk(pin, present)
  if (found.kind !== 'one') return found
  const back = findDisk(found.disk, pins)
  return back.kind === 'one' && back.disk === pin ? found : { kind: 'twins' }
}

/** Which of the disks present a run with these pins may write. Pure; a disk in doubt is a stranger. */
export function sortByPins(pins: readonly PinnedDisk[], present: readonly Disk[]): SortedDisks {
  const found = pins.map((pin) => findPinned(pin, pins, present))
  const allowed = new Set(found.flatMap((one) => (one.kind === 'one' ? [one.disk] : [])))
  return { allowed: [...allowed], strangers: present.filter((disk) => !allowed.has(disk)) }
}

/** Why a run cannot write the disks it was to write: what is there instead of them. */
export function missing(expected: readonly PinnedDisk[], strangers: readonly Disk[]): Failure {
  const others = strangers.filter(isInternal)
  const [only, another] = expected
  const isGone = only !== undefined && another === undefined && others.length === 0
  return isGone ? failure('DISK_GONE', { disk: nameDisk(only) }) : notExpected(expected, others)
}

/** The refusal that names both: what the run may write, and what it was to write. */
export function notExpected(expected: readonly PinnedDisk[], found: readonly Disk[]): Failure {
  return failure('DISK_NOT_EXPECTED', { expected: listDisks(expected), found: listDisks(found) })
}

/**
 * Whether a step may begin on this machine: at least one of the disks that its run may write is there. Null when it may.
 *
 * @param writes - whether the step is of a type that writes a disk, which no run without pins may do
 */
export function judgePins(
  pins: readonly PinnedDisk[] | undefined,
  present: readonly Disk[],
  { step, writes }: { step: string; writes: boolean },
): Failure | null {
  if (pins === undefined) return writes ? failure('DISKS_NOT_PINNED', { step }) : null
  // A USB disk goes from machine to machine: it does not show that this is the one.
  const expected = pins.some(isInternal) ? pins.filter(isInternal) : pins
  const found = expected.map((pin) => findPinned(pin, pins, present).kind)
  if (found.includes('one')) return null
  const twin = expected[found.indexOf('twins')]
  if (twin !== undefined) return failure('DISK_TWINS', { disk: nameDisk(twin) })
  // Where there was no disk and there is none, the step itself knows best why.
  return expected.length === 0 && !present.some(isInternal) ? null : missing(expected, present)
}

/** What a sentence has room for; an agent's sentences are cut at 1024 characters. */
const mostListed = 4
const longestList = 800

/** `Samsung SSD 980 500GB, 500 GB, S64DNX0R123456; …`. */
function listDisks(disks: ReadonlyArray<PinnedDisk>): Sentence {
  if (disks.length === 0) return { fr: 'aucun disque interne', en: 'no internal disk' }
  const inLocale = (locale: Locale): string[] => {
    const named = disks.slice(0, mostListed).map((disk) => describeDisk(disk, locale))
    return disks.length > mostListed ? [...named, '…'] : named
  }
  return {
    fr: inLocale('fr').join('\u202f; ').slice(0, longestList),
    en: inLocale('en').join('; ').slice(0, longestList),
  }
}
