import { windowsOfBuild } from '../../../images/windows-version.ts'
import type { ImageWish } from '../../../tasksequences/steps/takes.ts'
import type { PinnedImage } from '../run/run.ts'

export type ImageChoice =
  /** The sequence puts no image on a disk. */
  | { kind: 'none' }
  | { kind: 'chosen'; image: PinnedImage }
  /** The one asked for, or named, is not in the catalogue. */
  | { kind: 'unknown'; id: string }
  /** It is there, and is another Windows than the sequence is for. */
  | { kind: 'wrong'; image: PinnedImage; wish: ImageWish }
  /** Nobody says which, or none in the catalogue is what the sequence is for. */
  | { kind: 'open'; wish: ImageWish }

/** An image's build, `26100.4349` → [26100, 4349]. */
function numbersOf(build: string): number[] {
  return build.split('.').map((part) => Number.parseInt(part, 10) || 0)
}

function isNewer(one: PinnedImage, other: PinnedImage): number {
  const [a, b] = [numbersOf(one.build), numbersOf(other.build)]
  const at = a.findIndex((number, index) => number !== (b[index] ?? 0))
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0)
}

/** Whether an image is the Windows a sequence is for. An edition is Windows' own id, `Professional`, in every language. */
export function fits({ edition, build }: Pick<PinnedImage, 'edition' | 'build'>, wish: ImageWish): boolean {
  if (wish.edition !== undefined && wish.edition.toLowerCase() !== edition.toLowerCase()) return false
  if (wish.windows === undefined) return true
  const [number = 0] = numbersOf(build)
  return windowsOfBuild(number) === wish.windows
}

/**
 * Which image a run takes: the one asked for, else the one the sequence names, else the newest of the edition and Windows
 * that it is for. Pure.
 */
export function chooseImage(
  wish: ImageWish | null,
  asked: string | undefined,
  images: readonly PinnedImage[],
): ImageChoice {
  if (wish === null) return { kind: 'none' }
  const id = asked ?? wish.image
  if (id !== undefined) {
    const image = images.find((one) => one.id === id)
    if (image === undefined) return { kind: 'unknown', id }
    return fits(image, wish) ? { kind: 'chosen', image } : { kind: 'wrong', image, wish }
  }
  if (wish.edition === undefined && wish.windows === undefined) return { kind: 'open', wish }
  const [newest] = images.filter((one) => fits(one, wish)).toSorted(isNewer)
  return newest === undefined ? { kind: 'open', wish } : { kind: 'chosen', image: newest }
}
