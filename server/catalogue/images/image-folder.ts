import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncPath } from '../files/disk.ts'
import { parseManifest, type Image } from './manifest.ts'
import { isErrno } from '../files/system-error.ts'

/**
 * The folder of prepared images: one folder each, named by its id, with `image.wim` and `manifest.json`.
 * What a name with a leading dot holds is not an image: it is being made, or being removed.
 */
const preparing = '.preparing-'
const removing = '.removing-'

/** Images, and folders that should be one and are not. */
export type FoundImages = { readonly images: readonly Image[]; readonly unreadable: readonly string[] }

/** Reads every manifest; a folder whose manifest or image does not hold what it should is named, not shown. */
export async function readImages(folder: string): Promise<FoundImages> {
  const images: Image[] = []
  const unreadable: string[] = []
  for (const name of (await readdir(folder)).toSorted()) {
    if (name.startsWith('.')) continue
    const image = await readImage(join(folder, name))
    if (image === undefined || image.id !== name) unreadable.push(name)
    else images.push(image)
  }
  return { images, unreadable }
}

async function readImage(folder: string): Promise<Image | undefined> {
  try {
    const image = parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8'))
    const { size } = await stat(join(folder, 'image.wim'))
    return image?.sizeBytes === size ? image : undefined
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return undefined
    throw error
  }
}

/** Where the file of an image lies. */
export function imagePath(folder: string, id: string): string {
  return join(folder, id, 'image.wim')
}

/** Makes the folder an image is prepared in; it is not in the catalogue. */
export async function beginImage(folder: string, id: string): Promise<string> {
  const place = join(folder, preparing + id)
  await rm(place, { recursive: true, force: true })
  await mkdir(place, { recursive: true })
  return place
}

/** Puts a finished image into the catalogue in one step: whatever happens, it is there whole or not at all. */
export async function publishImage(folder: string, id: string): Promise<void> {
  const place = join(folder, preparing + id)
  await syncPath(join(place, 'image.wim'))
  await syncPath(place)
  await rename(place, join(folder, id))
  await syncPath(folder)
}

/** Throws away what `beginImage` began. */
export async function abandonImage(folder: string, id: string): Promise<void> {
  await rm(join(folder, preparing + id), { recursive: true, force: true })
}

/** Takes an image out of the catalogue in one step, then frees its space; whoever is reading it reads on to its end. */
export async function removeImageFolder(folder: string, id: string): Promise<void> {
  const place = join(folder, removing + id)
  await rm(place, { recursive: true, force: true })
  await rename(join(folder, id), place)
  await syncPath(folder)
  await rm(place, { recursive: true })
}

/** Clears what a killed server left half made or half removed; returns the names. To call once, before anything else. */
export async function sweep(folder: string): Promise<readonly string[]> {
  const leftovers = (await readdir(folder)).filter((name) => name.startsWith(preparing) || name.startsWith(removing))
  for (const name of leftovers) await rm(join(folder, name), { recursive: true, force: true })
  return leftovers
}
