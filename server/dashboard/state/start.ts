import type { MachineSummary } from '../../api/machines/schema.ts'
import type { ImageView } from '../../api/images/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'

type Standing = Pick<MachineSummary, 'recordState' | 'hasAgent'>

/** States of machines that are sold, or as good as sold: the server lets nobody erase them. */
const sold: ReadonlySet<MachineSummary['recordState']> = new Set(['reserved', 'delivered'])

/** What is offered for a machine: a preparation, no more than the check of one that is sold, or nothing. */
export function offerFor({ recordState, hasAgent }: Standing): 'prepare' | 'check' | null {
  if (recordState === 'retired') return null
  if (!sold.has(recordState)) return 'prepare'
  return hasAgent ? 'check' : null
}

/** Whether the server would let this sequence begin on this machine, as far as its file and the machine's record say. */
export function canBegin({ steps }: Pick<SequenceView, 'steps'>, machine: Standing): boolean {
  if (offerFor(machine) === null) return false
  if (sold.has(machine.recordState) && steps.some(({ writesDisk }) => writesDisk)) return false
  return steps[0]?.phase !== 'windows' || machine.hasAgent
}

/** The sequences that can begin on all of these machines; first, for machines that are sold, those their agents wait for. */
export function sequencesFor(sequences: readonly SequenceView[], machines: readonly Standing[]): SequenceView[] {
  const usable = sequences.filter(
    (one) => one.problems.length === 0 && machines.every((machine) => canBegin(one, machine)),
  )
  if (!machines.some((machine) => offerFor(machine) === 'check')) return usable
  const isAwaited = ({ steps }: SequenceView): boolean => steps[0]?.phase === 'windows'
  return [...usable.filter(isAwaited), ...usable.filter((one) => !isAwaited(one))]
}

/** The sequence a person picked here or the last time, if it can still be started; else the first that can. */
export function chosenSequence(usable: readonly SequenceView[], wanted: string | null): SequenceView | null {
  return usable.find((sequence) => sequence.id === wanted) ?? usable[0] ?? null
}

/** The images a sequence can be started with, in the server's order; one that has just been removed is not among them. */
export function offeredImages(sequence: SequenceView, images: Readonly<Record<string, ImageView>>): ImageView[] {
  return sequence.imageIds.flatMap((id) => images[id] ?? [])
}

/** The image a person picked, else the one the server would take; null when there is none. */
export function chosenImage(offered: readonly ImageView[], wanted: string | null): ImageView | null {
  return offered.find((image) => image.id === wanted) ?? offered[0] ?? null
}

/** What the button of a start does, or what has to be mended first since the server would refuse, and where. */
export type Go =
  | { kind: 'nothing' }
  | { kind: 'press' }
  /** A disk is erased. */
  | { kind: 'hold' }
  | { kind: 'mend'; what: 'image' | 'catalogue'; href: string }
  /** It asks for a value that this page cannot give. */
  | { kind: 'mend'; what: 'variable'; name: string; href: string }

/** Whether this sequence with this image would be refused on any machine, as far as its file and the catalogue say. */
export function goOf(sequence: SequenceView | null, image: ImageView | null): Go {
  if (sequence === null) return { kind: 'nothing' }
  if (sequence.needsImage && image === null) return { kind: 'mend', what: 'image', href: '/images' }
  const [name] = sequence.asks
  if (name !== undefined) return { kind: 'mend', what: 'variable', name, href: `/sequences/${sequence.id}` }
  if (sequence.lacking.some(({ conditional }) => !conditional))
    return { kind: 'mend', what: 'catalogue', href: '/images' }
  return { kind: sequence.steps.some(({ writesDisk }) => writesDisk) ? 'hold' : 'press' }
}

/** By machine, which disks this page shows: the server pins these to the run, or refuses when there are others by now. */
export function disksSeen(machines: ReadonlyArray<Pick<MachineSummary, 'id' | 'hardware'>>): Record<string, string> {
  return Object.fromEntries(
    machines.flatMap(({ id, hardware }) => (hardware === null ? [] : [[id, hardware.disksRevision]])),
  )
}
