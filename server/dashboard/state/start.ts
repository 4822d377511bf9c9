import type { MachineSummary } from '../../api/machines/schema.ts'
import type { ImageView } from '../../api/images/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'

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

/** By machine, which disks this page shows: the server pins these to the run, or refuses when there are others by now. */
export function disksSeen(machines: ReadonlyArray<Pick<MachineSummary, 'id' | 'hardware'>>): Record<string, string> {
  return Object.fromEntries(
    machines.flatMap(({ id, hardware }) => (hardware === null ? [] : [[id, hardware.disksRevision]])),
  )
}
