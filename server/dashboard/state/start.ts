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

/** The first build of Windows 11; all before it are Windows 10. */
const firstBuildOf11 = 22_000

/** The images a sequence is for: all, unless it says which edition or Windows; the server judges it anew. */
export function fittingImages(sequence: SequenceView, images: readonly ImageView[]): ImageView[] {
  const { imageEdition, imageWindows } = sequence
  return images.filter(({ edition, build }) => {
    if (imageEdition !== null && imageEdition.toLowerCase() !== edition.toLowerCase()) return false
    const number = Number(build.split('.')[0] ?? 0)
    return imageWindows === null || (number >= firstBuildOf11 ? 11 : 10) === imageWindows
  })
}

/** The image a person picked, else the one the sequence names, else the newest that fits; null when there is none or it takes none. */
export function chosenImage(sequence: SequenceView, images: readonly ImageView[], wanted: string | null) {
  if (!sequence.needsImage) return null
  const fitting = fittingImages(sequence, images)
  const picked = fitting.find((image) => image.id === wanted)
  return picked ?? fitting.find((image) => image.id === sequence.imageId) ?? fitting[0] ?? null
}
