import type { ImageView } from '../../api/images/schema.ts'
import type { SequenceView } from '../../api/sequences/schema.ts'

/** Newest first: the shop usually wants the latest Windows. */
export function imagesByAge(images: readonly ImageView[]): ImageView[] {
  return images.toSorted((a, b) =>
    a.preparedAt === b.preparedAt ? (a.id < b.id ? -1 : 1) : a.preparedAt < b.preparedAt ? 1 : -1,
  )
}

/** The sequence a person picked here or the last time, if it can still be started; else the first that can. */
export function chosenSequence(usable: readonly SequenceView[], wanted: string | null): SequenceView | null {
  return usable.find((sequence) => sequence.id === wanted) ?? usable[0] ?? null
}

/** The image a person picked, else the one the sequence names, else the newest; null when the sequence takes none. */
export function chosenImage(sequence: SequenceView, images: readonly ImageView[], wanted: string | null) {
  if (!sequence.needsImage) return null
  const picked = images.find((image) => image.id === wanted)
  return picked ?? images.find((image) => image.id === sequence.imageId) ?? images[0] ?? null
}
