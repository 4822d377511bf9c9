import { windowsOfBuild } from '../../../images/windows-version.ts'
import type { ImageWish, LanguageWish } from '../../../tasksequences/steps/takes.ts'
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

/** What the choice goes by. */
export type Candidate = Pick<PinnedImage, 'id' | 'edition' | 'build' | 'architecture' | 'languages'>

/** What netboot starts are 64-bit PCs alone; an image that does not say is taken at its word. */
const served: ReadonlySet<Candidate['architecture']> = new Set(['x64', 'unknown'])

/** An image's build, `26100.4349` → [26100, 4349]. */
function numbersOf(build: string): number[] {
  return build.split('.').map((part) => Number.parseInt(part, 10) || 0)
}

/** The newest build first; of two with one build, by id, so that the answer is always the same. */
function compareAge(one: Candidate, other: Candidate): number {
  const [a, b] = [numbersOf(one.build), numbersOf(other.build)]
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (b[at] ?? 0) - (a[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.id < other.id ? -1 : 1
}

/** Whether an image is the Windows a sequence is for. An edition is Windows' own id, `Professional`, in every language. */
export function fits({ edition, build, architecture, languages }: Omit<Candidate, 'id'>, wish: ImageWish): boolean {
  if (!served.has(architecture) || !speaks(languages, wish)) return false
  if (wish.edition !== undefined && wish.edition.toLowerCase() !== edition.toLowerCase()) return false
  if (wish.windows === undefined) return true
  const [number = 0] = numbersOf(build)
  return windowsOfBuild(number) === wish.windows
}

/** An image that says nothing of its languages may hold any. */
function speaks(languages: readonly string[], { language, family }: LanguageWish): boolean {
  const said = languages.map((one) => one.toLowerCase())
  if (said.length === 0) return true
  if (language !== undefined) return said.includes(language.toLowerCase())
  return family === undefined || said.some((one) => familyOf(one) === familyOf(family.toLowerCase()))
}

const familyOf = (language: string): string => language.split('-')[0] ?? ''

/** The images a sequence can be started with, first the one it names, then the newest. Pure. */
export function imagesFor<Image extends Candidate>(wish: ImageWish, images: readonly Image[]): Image[] {
  const isNamed = ({ id }: Image): number => (id === wish.image ? 1 : 0)
  // Of one family the very language that was asked for: French of France before that of Canada.
  const isMeant = ({ languages }: Image): number => (wish.family !== undefined && languages[0] === wish.family ? 1 : 0)
  return images
    .filter((one) => fits(one, wish))
    .toSorted((one, other) => isNamed(other) - isNamed(one) || isMeant(other) - isMeant(one) || compareAge(one, other))
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
  const [newest] = imagesFor(wish, images)
  return newest === undefined ? { kind: 'open', wish } : { kind: 'chosen', image: newest }
}
