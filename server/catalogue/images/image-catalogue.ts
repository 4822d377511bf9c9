import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { spaceOf } from '../files/disk.ts'
import { openPreparedImages, type ImageChange } from './prepared-images.ts'
import { ImageImports } from './imports/imports.ts'
import type { ImportChange } from './imports/open-imports.ts'
import type { Image } from './manifest.ts'
import { runWimlib, type RunWimlib } from './imports/wimlib.ts'

export type ImageCatalogueChange = ImageChange | ImportChange

/** The images that can be deployed, and the sources on their way to become some. What it refuses it throws as CatalogueError. */
export type ImageCatalogue = {
  list(): readonly Image[]
  find(id: string): Image | undefined
  /** The prepared file of an image: never changes as long as the image is there; its SHA-256 is its ETag. */
  filePath(id: string): string | undefined
  /** Leaves runs that are reading it alone: they read to the end. Throws IMAGE_NOT_FOUND. */
  remove(id: string): Promise<void>
  /** Sources on their way to become images. */
  readonly imports: Pick<ImageImports, 'list' | 'fromPath' | 'beginUpload' | 'append' | 'choose' | 'cancel'>
  space(): Promise<{ freeBytes: number; totalBytes: number; imagesBytes: number }>
  /** Calls back at every change, progress at most four times a second; returns how to stop it. */
  onChange(listener: (change: ImageCatalogueChange) => void): () => void
  /** Stops all work; imports go on at the next start. */
  close(): Promise<void>
}

export type ImageCatalogueOptions = {
  /** Made when missing: `images/` and `imports/` in it. Both want to be on one disk. */
  readonly dir: string
  readonly now: () => Date
  readonly runWimlib?: RunWimlib
  /** What went wrong and belongs to no import, for the log. */
  readonly onError?: (error: unknown) => void
}

/** Opens the catalogue in a folder: sweeps what a kill left, reads the images, goes on with imports. One per folder. */
export async function openImageCatalogue(options: ImageCatalogueOptions): Promise<ImageCatalogue> {
  const listeners = new Set<(change: ImageCatalogueChange) => void>()
  const onChange = (change: ImageCatalogueChange): void => listeners.forEach((listener) => listener(change))
  const imagesFolder = join(options.dir, 'images')
  const importsFolder = join(options.dir, 'imports')
  await mkdir(imagesFolder, { recursive: true })
  await mkdir(importsFolder, { recursive: true })
  const onError = options.onError ?? (() => undefined)
  const prepared = await openPreparedImages(imagesFolder, onChange)
  for (const name of prepared.unreadable)
    onError(new Error(`${join(imagesFolder, name)} holds no whole image; it is left alone`))
  const imports = new ImageImports({
    folder: importsFolder,
    images: prepared,
    now: options.now,
    runWimlib: options.runWimlib ?? runWimlib,
    onChange,
    onError,
  })
  await imports.resume()
  return {
    list: prepared.list,
    find: prepared.find,
    filePath: prepared.filePath,
    remove: prepared.remove,
    imports,
    space: async () => ({
      ...(await spaceOf(options.dir)),
      imagesBytes: prepared.list().reduce((sum, image) => sum + image.sizeBytes, 0),
    }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => imports.close(),
  }
}
