import type { Edition } from '../../../images/wim/editions.ts'
import type { Image } from './manifest.ts'

/**
 * The name sequences call an image by: "windows-11-pro"; with its build when that is taken, then with a number.
 *
 * @param isTaken - whether an id is in use
 */
export function imageIdFor(edition: Edition, isTaken: (id: string) => boolean): string {
  const name = slug(edition.displayName) || 'image'
  const wanted = [name, ...(edition.build === '' ? [] : [`${name}-${slug(edition.build)}`])]
  for (const id of wanted) if (!isTaken(id)) return id
  const last = wanted.at(-1) ?? name
  for (let number = 2; ; number += 1) if (!isTaken(`${last}-${number}`)) return `${last}-${number}`
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
}

/** The image that is already this one: made from the same place of the same file, or with the same metadata. */
export function findDuplicate(
  images: readonly Image[],
  candidate: { readonly sourceSha256?: string; readonly index: number; readonly contentSha1: string },
): Image | undefined {
  return images.find(
    (image) =>
      image.contentSha1 === candidate.contentSha1 ||
      (image.source.sha256 === candidate.sourceSha256 && image.source.index === candidate.index),
  )
}
