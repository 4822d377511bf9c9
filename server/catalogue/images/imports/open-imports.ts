import { CatalogueError } from '../problem.ts'
import { removeImport, removeUpload, saveImport, sourcePath } from './import-folder.ts'
import type { ImportRecord } from './import-record.ts'
import { next, type ImportEvent } from './import-state.ts'
import { statusOf, type ImportStatus, type LiveImport } from './import-status.ts'
import type { Source } from './prepare.ts'
import type { Ticket } from './work-queue.ts'

export type ImportChange =
  { readonly type: 'import'; readonly import: ImportStatus } | { readonly type: 'import-removed'; readonly id: string }

/** An import as the running server has it: how far it is, and the work going on with it. */
export type OpenImport = LiveImport & {
  readonly stop: AbortController
  /** The part being received, so that a sender who comes back replaces its own dead connection. */
  part?: { readonly stop: AbortController; readonly done: Promise<unknown> }
  ticket?: Ticket
  inspecting?: Promise<void>
  announcedAtMs?: number
}

export type OpenImportsOptions = {
  readonly folder: string
  readonly now: () => Date
  readonly onChange: (change: ImportChange) => void
  /** What went wrong beside any import, for the log. */
  readonly onError: (error: unknown) => void
}

const announceEveryMs = 250

/** The imports the server has open. Every event of one is applied here: saved to disk, then announced. */
export class OpenImports {
  readonly #options: OpenImportsOptions
  readonly #imports = new Map<string, OpenImport>()

  constructor(options: OpenImportsOptions) {
    this.#options = options
  }

  list(): OpenImport[] {
    return [...this.#imports.values()]
  }

  /** Throws CatalogueError IMPORT_NOT_FOUND. */
  find(id: string): OpenImport {
    const open = this.#imports.get(id)
    if (open === undefined) throw new CatalogueError('IMPORT_NOT_FOUND', {})
    return open
  }

  add(record: ImportRecord, receivedBytes: number): OpenImport {
    const open = { record, receivedBytes, stop: new AbortController() }
    this.#imports.set(record.id, open)
    return open
  }

  /** From here on, changes of this import are neither saved nor announced. */
  remove(open: OpenImport): void {
    this.#imports.delete(open.record.id)
  }

  /** Deletes what was saved of it, and announces that it is gone. */
  async forget({ record: { id } }: OpenImport): Promise<void> {
    await removeImport(this.#options.folder, id)
    this.#options.onChange({ type: 'import-removed', id })
  }

  /** Frees the space of an upload that is not needed any more. */
  async dropUpload({ record }: OpenImport): Promise<void> {
    await removeUpload(this.#options.folder, record)
  }

  pathOf({ record }: OpenImport): string {
    return sourcePath(this.#options.folder, record)
  }

  /** The source of an import that was looked into; throws CatalogueError IMPORT_BUSY when it was not yet. */
  sourceOf(open: OpenImport): Source {
    const { record, inspection } = open
    if (inspection === undefined) throw new CatalogueError('IMPORT_BUSY', { fileName: record.fileName })
    return { path: this.pathOf(open), fileName: record.fileName, inspection }
  }

  async apply(open: OpenImport, event: ImportEvent): Promise<void> {
    open.record = next(open.record, event)
    if (!this.#imports.has(open.record.id)) return
    try {
      await saveImport(this.#options.folder, open.record)
    } catch (error) {
      // A full disk must not hide why the import failed: what could not be saved is still shown.
      this.#options.onError(error)
    }
    this.announce(open)
  }

  announce(open: OpenImport): void {
    if (!this.#imports.has(open.record.id)) return
    open.announcedAtMs = this.#options.now().getTime()
    this.#options.onChange({ type: 'import', import: statusOf(open) })
  }

  /** For progress: at most four times a second. */
  announceSometimes(open: OpenImport): void {
    if (this.#options.now().getTime() - (open.announcedAtMs ?? 0) >= announceEveryMs) this.announce(open)
  }
}
