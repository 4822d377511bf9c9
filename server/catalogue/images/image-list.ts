import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { spaceOf } from './disk.ts'
import { openShelf, type ImageChange } from './image-catalogue.ts'
import { ImportDesk, type ImportChange } from './imports.ts'
import type { ImportStatus } from './import-status.ts'
import type { Image } from './manifest.ts'
import { runWimlib, type RunWimlib } from './wimlib.ts'

export type CatalogueChange = ImageChange | ImportChange

/** The images that can be deployed, and the sources on their way to become some. Everything it throws for a reason is a CatalogueError. */
export type Catalogue = {
  images(): readonly Image[]
  image(id: string): Image | undefined
  /** The prepared file of an image: never changes as long as the image is there; its SHA-256 is its ETag. */
  filePath(id: string): string | undefined
  /** Leaves runs that are reading it alone: they read to the end. Throws IMAGE_NOT_FOUND. */
  removeImage(id: string): Promise<void>
  imports(): readonly ImportStatus[]
  /** Throws SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE. All else that may be wrong with it becomes the import's `problem`. */
  importFromPath(path: string): Promise<ImportStatus>
  /** Throws NO_SPACE. */
  beginUpload(upload: { fileName: string; sizeBytes: number }): Promise<ImportStatus>
  /** Throws IMPORT_NOT_FOUND, UPLOAD_OFFSET, UPLOAD_TOO_LARGE, UPLOAD_COMPLETE, NO_SPACE; the stream's error when it breaks off. */
  appendUpload(id: string, offset: number, content: Readable): Promise<ImportStatus>
  /** Throws IMPORT_NOT_FOUND, IMPORT_BUSY, EDITION_NOT_FOUND, IMAGE_DUPLICATE, SOURCE_NOT_FOUND. */
  prepareEditions(id: string, indexes: readonly number[]): Promise<ImportStatus>
  /** Stops an import, or clears a finished one from the list. Throws IMPORT_NOT_FOUND. */
  cancelImport(id: string): Promise<void>
  space(): Promise<{ freeBytes: number; totalBytes: number; imagesBytes: number }>
  /** Calls back at every change, progress at most four times a second; returns how to stop it. */
  onChange(listener: (change: CatalogueChange) => void): () => void
  /** Stops all work; imports go on at the next start. */
  close(): Promise<void>
}

export type CatalogueOptions = {
  /** Made when missing: `images/` and `imports/` in it. Both want to be on one disk. */
  readonly dir: string
  readonly now: () => Date
  readonly runWimlib?: RunWimlib
  /** What went wrong and belongs to no import, for the log. */
  readonly onError?: (error: unknown) => void
}

/** Opens the catalogue in a folder: sweeps what a kill left, reads the images, goes on with imports. One per folder. */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const listeners = new Set<(change: CatalogueChange) => void>()
  const onChange = (change: CatalogueChange): void => listeners.forEach((listener) => listener(change))
  const imagesFolder = join(options.dir, 'images')
  const importsFolder = join(options.dir, 'imports')
  await mkdir(imagesFolder, { recursive: true })
  await mkdir(importsFolder, { recursive: true })
  const onError = options.onError ?? (() => undefined)
  const shelf = await openShelf(imagesFolder, onChange)
  for (const name of shelf.unreadable)
    onError(new Error(`${join(imagesFolder, name)} holds no whole image; it is left alone`))
  const desk = new ImportDesk({
    folder: importsFolder,
    shelf,
    now: options.now,
    runWimlib: options.runWimlib ?? runWimlib,
    onChange,
    onError,
  })
  await desk.resume()
  return {
    images: shelf.images,
    image: shelf.find,
    filePath: shelf.filePath,
    removeImage: shelf.remove,
    imports: () => desk.list(),
    importFromPath: (path) => desk.importFromPath(path),
    beginUpload: (upload) => desk.beginUpload(upload),
    appendUpload: (id, offset, content) => desk.appendUpload(id, offset, content),
    prepareEditions: (id, indexes) => desk.prepareEditions(id, indexes),
    cancelImport: (id) => desk.cancel(id),
    space: async () => ({
      ...(await spaceOf(options.dir)),
      imagesBytes: shelf.images().reduce((sum, image) => sum + image.sizeBytes, 0),
    }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => desk.close(),
  }
}
