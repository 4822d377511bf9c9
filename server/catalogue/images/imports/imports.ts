import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { appendToUpload, createUpload, receivedBytesOf } from '../../files/append-upload.ts'
import { spaceOf } from '../../files/disk.ts'
import type { PreparedImages } from '../prepared-images.ts'
import { CatalogueError } from '../problem.ts'
import { readImports, removeImport, saveImport, sourcePath } from './import-folder.ts'
import { newImportRecord, type ImportRecord } from './import-record.ts'
import { next, remaining } from './import-state.ts'
import { statusOf, type ImportStatus } from './import-status.ts'
import { inspectImport } from './inspect-import.ts'
import { statSource } from './inspection.ts'
import { OpenImports, type ImportChange, type OpenImport } from './open-imports.ts'
import { prepareImport } from './prepare-import.ts'
import { spaceNeededForUpload } from './space-need.ts'
import { workQueue } from './work-queue.ts'
import type { RunWimlib } from './wimlib.ts'

export type ImageImportsOptions = {
  readonly folder: string
  readonly images: PreparedImages
  readonly now: () => Date
  readonly runWimlib: RunWimlib
  readonly onChange: (change: ImportChange) => void
  /** What went wrong beside any import, for the log. */
  readonly onError: (error: unknown) => void
}

/** Takes sources in and sees them through to images, one preparation at a time; what it does survives a restart. */
export class ImageImports {
  readonly #options: ImageImportsOptions
  readonly #imports: OpenImports
  readonly #queue: ReturnType<typeof workQueue>
  #closing = false

  constructor(options: ImageImportsOptions) {
    this.#options = options
    this.#imports = new OpenImports(options)
    this.#queue = workQueue(options.onError)
  }

  /** Takes up what the folder holds from before; to call once, first. */
  async resume(): Promise<void> {
    for (const record of await readImports(this.#options.folder)) {
      const open = this.#imports.add(record, record.sizeBytes)
      if (record.state === 'uploading') open.receivedBytes = await receivedBytesOf(this.#imports.pathOf(open))
      const complete = record.state === 'uploading' && open.receivedBytes === record.sizeBytes
      if (complete) await this.#imports.apply(open, { type: 'received' })
      if (open.record.state !== 'uploading') this.#inspectSoon(open)
    }
  }

  list(): readonly ImportStatus[] {
    return this.#imports.list().map(statusOf)
  }

  /**
   * Takes a file of this machine; it stays where it is. Throws CatalogueError SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE; all
   * else that may be wrong with it becomes the import's `problem`.
   */
  async fromPath(path: string): Promise<ImportStatus> {
    const { size } = await statSource(path)
    const open = await this.#open({ kind: 'path', path }, basename(path), size)
    this.#inspectSoon(open)
    return statusOf(open)
  }

  /** Opens an upload; throws CatalogueError NO_SPACE when the disk has no room for it and its image. */
  async beginUpload(upload: { fileName: string; sizeBytes: number }): Promise<ImportStatus> {
    const promised = this.#imports
      .list()
      .filter(({ record }) => record.state === 'uploading')
      .reduce((sum, { record, receivedBytes }) => sum + record.sizeBytes - receivedBytes, 0)
    const neededBytes = spaceNeededForUpload(upload.sizeBytes, promised)
    const { freeBytes } = await spaceOf(this.#options.folder)
    if (freeBytes < neededBytes) throw new CatalogueError('NO_SPACE', { neededBytes, freeBytes })
    const name = basename(upload.fileName.replaceAll('\\', '/')).slice(0, 255) || 'image.wim'
    return statusOf(await this.#open({ kind: 'upload' }, name, upload.sizeBytes))
  }

  /**
   * Receives a part of an upload; the last byte starts the inspection. Throws CatalogueError IMPORT_NOT_FOUND,
   * UPLOAD_COMPLETE, and as `appendToUpload` does.
   */
  async append(id: string, offset: number, content: Readable): Promise<ImportStatus> {
    const open = this.#imports.find(id)
    for (let part = open.part; part !== undefined; part = open.part) {
      part.stop.abort()
      await part.done
      // Of several that waited for this one the first goes on, and the others wait for that.
      if (open.part === part) delete open.part
    }
    const { fileName, sizeBytes, state } = open.record
    if (state !== 'uploading') throw new CatalogueError('UPLOAD_COMPLETE', { fileName })
    const path = this.#imports.pathOf(open)
    const stop = new AbortController()
    const onBytes = (received: number): void => {
      open.receivedBytes = received
      this.#imports.announceSometimes(open)
    }
    const signal = AbortSignal.any([stop.signal, open.stop.signal])
    const receiving = appendToUpload(path, { offset, announcedBytes: sizeBytes, content }, { signal, onBytes })
    open.part = { stop, done: Promise.allSettled([receiving]) }
    try {
      open.receivedBytes = await receiving
    } catch (error) {
      open.receivedBytes = await receivedBytesOf(path).catch(() => 0)
      this.#imports.announce(open)
      throw error
    }
    if (open.receivedBytes === sizeBytes) {
      await this.#imports.apply(open, { type: 'received' })
      this.#inspectSoon(open)
    } else this.#imports.announce(open)
    return statusOf(open)
  }

  /**
   * Chooses editions; of several, those that are in the catalogue already are taken as they are there. Throws
   * CatalogueError IMPORT_NOT_FOUND, IMPORT_BUSY, EDITION_NOT_FOUND, IMAGE_DUPLICATE, SOURCE_NOT_FOUND.
   */
  async choose(id: string, indexes: readonly number[]): Promise<ImportStatus> {
    const open = this.#imports.find(id)
    await open.inspecting
    const chosen = next(open.record, { type: 'chosen', indexes })
    const { path, fileName, inspection } = this.#imports.sourceOf(open)
    await statSource(path)
    const { sha256 } = open.record
    const candidates = remaining(chosen).map((index) => {
      const contentSha1 = inspection.contentSha1.get(index)
      if (contentSha1 === undefined) throw new CatalogueError('EDITION_NOT_FOUND', { fileName, index })
      return { index, contentSha1, ...(sha256 === undefined ? {} : { sourceSha256: sha256 }) }
    })
    // One that is there already does not keep the others out; nothing but such is a mistake worth telling.
    const { images } = this.#options
    if (candidates.every((candidate) => images.duplicateOf(candidate) !== undefined)) {
      for (const candidate of candidates) images.refuseDuplicate(candidate)
    }
    await this.#imports.apply(open, { type: 'chosen', indexes })
    this.#prepareSoon(open)
    return statusOf(open)
  }

  /**
   * Stops an import and forgets it, with what was uploaded; images already made of it stay. Throws CatalogueError
   * IMPORT_NOT_FOUND.
   */
  async cancel(id: string): Promise<void> {
    const open = this.#imports.find(id)
    this.#imports.remove(open)
    await stopWork(open)
    await this.#imports.forget(open)
  }

  /** Stops all work and keeps every import for the next start. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#imports.list().map(stopWork))
    await this.#queue.close()
  }

  async #open(source: ImportRecord['source'], fileName: string, sizeBytes: number): Promise<OpenImport> {
    const { folder, now } = this.#options
    const record = newImportRecord(source, { fileName, sizeBytes, createdAt: now() })
    try {
      await saveImport(folder, record)
      if (source.kind === 'upload') await createUpload(sourcePath(folder, record))
    } catch (error) {
      await removeImport(folder, record.id)
      throw error
    }
    const open = this.#imports.add(record, source.kind === 'upload' ? 0 : sizeBytes)
    this.#imports.announce(open)
    return open
  }

  /** Looking into a source is quick: it does not wait for the preparation of another. */
  #inspectSoon(open: OpenImport): void {
    const { images, onError } = this.#options
    open.inspecting = inspectImport(open, { imports: this.#imports, images })
      .then(() => {
        if (open.record.state === 'preparing') this.#prepareSoon(open)
      })
      .catch(onError)
  }

  #prepareSoon(open: OpenImport): void {
    if (this.#closing || open.stop.signal.aborted) return
    const { images, now, runWimlib } = this.#options
    const dependencies = { imports: this.#imports, images, now, runWimlib }
    open.ticket = this.#queue.add((signal) => prepareImport(open, dependencies, signal))
  }
}

async function stopWork(open: OpenImport): Promise<void> {
  open.stop.abort()
  await Promise.all([open.part?.done, open.inspecting, open.ticket?.cancel()])
}
