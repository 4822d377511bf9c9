import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { spaceOf } from '../files/disk.ts'
import { imageIdFor } from './image-identity.ts'
import type { PreparedImages } from './prepared-images.ts'
import { readImports, removeImport, removeUpload, saveImport, sourcePath } from './import-folder.ts'
import { next, remaining, type ImportEvent, type ImportRecord } from './import-state.ts'
import { statusOf, type ImportStatus, type LiveImport } from './import-status.ts'
import { inspect, statSource } from './inspection.ts'
import { hashSource, prepare, type PrepareContext, type Source } from './prepare.ts'
import { CatalogueError, isErrno, problemOf } from './problem.ts'
import { spaceNeededForUpload } from './space-need.ts'
import { appendToUpload, createUpload, receivedBytesOf } from '../files/append-upload.ts'
import { workQueue, type Ticket } from './work-queue.ts'
import type { RunWimlib } from './wimlib.ts'

export type ImportChange =
  { readonly type: 'import'; readonly import: ImportStatus } | { readonly type: 'import-removed'; readonly id: string }

export type ImageImportsOptions = {
  readonly folder: string
  readonly images: PreparedImages
  readonly now: () => Date
  readonly runWimlib: RunWimlib
  readonly onChange: (change: ImportChange) => void
  /** What went wrong beside any import, for the log. */
  readonly onError: (error: unknown) => void
}

type OpenImport = LiveImport & {
  readonly stop: AbortController
  /** The part being received, so that a sender who comes back replaces its own dead connection. */
  part?: { readonly stop: AbortController; readonly done: Promise<unknown> }
  ticket?: Ticket
  inspecting?: Promise<void>
  toldAtMs?: number
}

const toldEveryMs = 250

/** Takes sources in and sees them through to images, one preparation at a time; what it does survives a restart. */
export class ImageImports {
  readonly #options: ImageImportsOptions
  readonly #imports = new Map<string, OpenImport>()
  readonly #queue: ReturnType<typeof workQueue>
  #closing = false

  constructor(options: ImageImportsOptions) {
    this.#options = options
    this.#queue = workQueue(options.onError)
  }

  /** Takes up what the folder holds from before; to call once, first. */
  async resume(): Promise<void> {
    const { folder } = this.#options
    for (const record of await readImports(folder)) {
      const open: OpenImport = { record, receivedBytes: record.sizeBytes, stop: new AbortController() }
      this.#imports.set(record.id, open)
      if (record.state === 'uploading') open.receivedBytes = await receivedBytesOf(sourcePath(folder, record))
      const complete = record.state === 'uploading' && open.receivedBytes === record.sizeBytes
      if (complete) await this.#apply(open, { type: 'received' })
      if (open.record.state !== 'uploading') this.#inspectSoon(open)
    }
  }

  list(): readonly ImportStatus[] {
    return [...this.#imports.values()].map(statusOf)
  }

  /** Takes a file of this machine; it stays where it is. */
  async importFromPath(path: string): Promise<ImportStatus> {
    const { size } = await statSource(path)
    const open = await this.#open({ kind: 'path', path }, basename(path), size, 'inspecting')
    this.#inspectSoon(open)
    return statusOf(open)
  }

  /** Opens an upload; throws CatalogueError NO_SPACE when the disk has no room for it and its image. */
  async beginUpload(upload: { fileName: string; sizeBytes: number }): Promise<ImportStatus> {
    const { folder } = this.#options
    const promised = [...this.#imports.values()]
      .filter(({ record }) => record.state === 'uploading')
      .reduce((sum, { record, receivedBytes }) => sum + record.sizeBytes - receivedBytes, 0)
    const neededBytes = spaceNeededForUpload(upload.sizeBytes, promised)
    const { freeBytes } = await spaceOf(folder)
    if (freeBytes < neededBytes) throw new CatalogueError('NO_SPACE', { neededBytes, freeBytes })
    const name = basename(upload.fileName.replaceAll('\\', '/')).slice(0, 255) || 'image.wim'
    const open = await this.#open({ kind: 'upload' }, name, upload.sizeBytes, 'uploading')
    return statusOf(open)
  }

  /** Receives a part of an upload; the last byte starts the inspection. Errors as of `appendToUpload`. */
  async appendUpload(id: string, offset: number, content: Readable): Promise<ImportStatus> {
    const open = this.#find(id)
    open.part?.stop.abort()
    await open.part?.done
    const { fileName, sizeBytes, state } = open.record
    if (state !== 'uploading') throw new CatalogueError('UPLOAD_COMPLETE', { fileName })
    const stop = new AbortController()
    const receiving = appendToUpload(
      sourcePath(this.#options.folder, open.record),
      { offset, announcedBytes: sizeBytes, content },
      {
        signal: AbortSignal.any([stop.signal, open.stop.signal]),
        onBytes: (received) => {
          open.receivedBytes = received
          this.#tellSometimes(open)
        },
      },
    )
    open.part = { stop, done: Promise.allSettled([receiving]) }
    try {
      open.receivedBytes = await receiving
    } catch (error) {
      open.receivedBytes = await receivedBytesOf(sourcePath(this.#options.folder, open.record)).catch(() => 0)
      this.#tell(open)
      throw error
    }
    if (open.receivedBytes === sizeBytes) {
      await this.#apply(open, { type: 'received' })
      this.#inspectSoon(open)
    } else this.#tell(open)
    return statusOf(open)
  }

  /** Chooses editions; throws CatalogueError IMPORT_BUSY, EDITION_NOT_FOUND, IMAGE_DUPLICATE, SOURCE_NOT_FOUND. */
  async prepareEditions(id: string, indexes: readonly number[]): Promise<ImportStatus> {
    const open = this.#find(id)
    await open.inspecting
    const chosen = next(open.record, { type: 'chosen', indexes })
    const source = this.#sourceOf(open)
    await statSource(source.path)
    for (const index of remaining(chosen)) {
      const contentSha1 = source.inspection.contentSha1.get(index)
      if (contentSha1 === undefined) throw new CatalogueError('EDITION_NOT_FOUND', { fileName: source.fileName, index })
      this.#options.images.refuseDuplicate({ index, contentSha1, ...sourceHash(open.record) })
    }
    await this.#apply(open, { type: 'chosen', indexes })
    this.#prepareSoon(open)
    return statusOf(open)
  }

  /** Stops an import and forgets it, with what was uploaded; images already made of it stay. */
  async cancel(id: string): Promise<void> {
    const open = this.#find(id)
    this.#imports.delete(id)
    await this.#stop(open)
    await removeImport(this.#options.folder, id)
    this.#options.onChange({ type: 'import-removed', id })
  }

  /** Stops all work and keeps every import for the next start. */
  async close(): Promise<void> {
    this.#closing = true
    await Promise.all([...this.#imports.values()].map((open) => this.#stop(open)))
    await this.#queue.close()
  }

  async #stop(open: OpenImport): Promise<void> {
    open.stop.abort()
    await Promise.all([open.part?.done, open.inspecting, open.ticket?.cancel()])
  }

  #find(id: string): OpenImport {
    const open = this.#imports.get(id)
    if (open === undefined) throw new CatalogueError('IMPORT_NOT_FOUND', {})
    return open
  }

  async #open(
    source: ImportRecord['source'],
    fileName: string,
    sizeBytes: number,
    state: 'uploading' | 'inspecting',
  ): Promise<OpenImport> {
    const { folder, now } = this.#options
    const record: ImportRecord = {
      format: 1,
      id: randomUUID(),
      source,
      fileName,
      sizeBytes,
      createdAt: now().toISOString(),
      state,
      selected: [],
      prepared: [],
    }
    try {
      await saveImport(folder, record)
      if (source.kind === 'upload') await createUpload(sourcePath(folder, record))
    } catch (error) {
      await removeImport(folder, record.id)
      throw error
    }
    const open = { record, receivedBytes: state === 'uploading' ? 0 : sizeBytes, stop: new AbortController() }
    this.#imports.set(record.id, open)
    this.#tell(open)
    return open
  }

  /** Looking into a source is quick: it does not wait for the preparation of another. */
  #inspectSoon(open: OpenImport): void {
    open.inspecting = this.#inspect(open).catch((error: unknown) => this.#options.onError(error))
  }

  async #inspect(open: OpenImport): Promise<void> {
    const { folder, images } = this.#options
    const { record } = open
    try {
      const inspection = await inspect(sourcePath(folder, record), record.fileName)
      open.inspection = inspection
      if (record.state === 'inspecting') {
        const indexes = inspection.editions.map((edition) => edition.index)
        const [only, ...others] = indexes
        if (only !== undefined && others.length === 0) {
          images.refuseDuplicate({ index: only, contentSha1: inspection.contentSha1.get(only) ?? '' })
        }
        await this.#apply(open, { type: 'inspected', indexes })
      }
      if (open.record.state === 'preparing') this.#prepareSoon(open)
    } catch (error) {
      // One that had ended before a restart may have lost its source since; it stays as it ended.
      if (record.state === 'done' || record.state === 'failed') return
      await this.#apply(open, { type: 'failed', problem: problemOf(error) })
      if (!isErrno(error, 'EIO')) await removeUpload(folder, record)
    }
  }

  #prepareSoon(open: OpenImport): void {
    if (this.#closing || open.stop.signal.aborted) return
    open.ticket = this.#queue.add(async (signal) => {
      try {
        for (const index of remaining(open.record)) await this.#prepareOne(open, index, signal)
        if (open.record.state === 'done') await removeUpload(this.#options.folder, open.record)
      } catch (error) {
        // Cancelled is not failed: the import is being forgotten, or the server stops and goes on with it later.
        if (!signal.aborted) await this.#apply(open, { type: 'failed', problem: problemOf(error) })
      }
    })
  }

  async #prepareOne(open: OpenImport, index: number, signal: AbortSignal): Promise<void> {
    const { images, now, runWimlib } = this.#options
    const source = this.#sourceOf(open)
    const edition = source.inspection.editions.find((candidate) => candidate.index === index)
    const contentSha1 = source.inspection.contentSha1.get(index)
    if (edition === undefined || contentSha1 === undefined) {
      throw new CatalogueError('EDITION_NOT_FOUND', { fileName: source.fileName, index })
    }
    const onProgress: PrepareContext['onProgress'] = (progress) => {
      open.progress = progress
      this.#tell(open)
    }
    const context = { signal, now, runWimlib, onProgress }
    const sourceSha256 = open.record.sha256 ?? (await hashSource(source, context))
    if (open.record.sha256 === undefined) await this.#apply(open, { type: 'hashed', sha256: sourceSha256 })
    // A server killed after the image was published and before this was noted finds its own work here.
    const own = images.list().find((image) => image.source.sha256 === sourceSha256 && image.source.index === index)
    if (own !== undefined && own.preparedAt >= open.record.createdAt) {
      await this.#apply(open, { type: 'prepared', index, imageId: own.id })
      return
    }
    images.refuseDuplicate({ index, contentSha1, sourceSha256 })
    const id = imageIdFor(edition, images.isTaken)
    const image = await prepare(source, edition, { folder: images.folder, id, sourceSha256 }, context)
    images.add(image)
    delete open.progress
    await this.#apply(open, { type: 'prepared', index, imageId: image.id })
  }

  #sourceOf(open: OpenImport): Source {
    const { record, inspection } = open
    if (inspection === undefined) throw new CatalogueError('IMPORT_BUSY', { fileName: record.fileName })
    return { path: sourcePath(this.#options.folder, record), fileName: record.fileName, inspection }
  }

  async #apply(open: OpenImport, event: ImportEvent): Promise<void> {
    open.record = next(open.record, event)
    if (!this.#imports.has(open.record.id)) return
    try {
      await saveImport(this.#options.folder, open.record)
    } catch (error) {
      // A full disk must not hide why the import failed: what is not kept is still shown.
      this.#options.onError(error)
    }
    this.#tell(open)
  }

  #tell(open: OpenImport): void {
    if (!this.#imports.has(open.record.id)) return
    open.toldAtMs = this.#options.now().getTime()
    this.#options.onChange({ type: 'import', import: statusOf(open) })
  }

  #tellSometimes(open: OpenImport): void {
    if (this.#options.now().getTime() - (open.toldAtMs ?? 0) >= toldEveryMs) this.#tell(open)
  }
}

function sourceHash(record: ImportRecord): { sourceSha256?: string } {
  return record.sha256 === undefined ? {} : { sourceSha256: record.sha256 }
}
