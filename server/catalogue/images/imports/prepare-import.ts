import { imageIdFor } from '../image-identity.ts'
import type { PreparedImages } from '../prepared-images.ts'
import { CatalogueError, problemOf } from '../problem.ts'
import { remaining } from './import-state.ts'
import type { OpenImport, OpenImports } from './open-imports.ts'
import { hashSource, prepare, type PrepareContext } from './prepare.ts'
import type { RunWimlib } from './wimlib.ts'

export type PreparingDependencies = {
  readonly imports: OpenImports
  readonly images: PreparedImages
  readonly now: () => Date
  readonly runWimlib: RunWimlib
}

/** Makes an image of each edition chosen that is none yet; what goes wrong becomes the import's problem. */
export async function prepareImport(
  open: OpenImport,
  dependencies: PreparingDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { imports } = dependencies
  try {
    for (const index of remaining(open.record)) await prepareEdition(open, index, dependencies, signal)
    if (open.record.state === 'done') await imports.dropUpload(open)
  } catch (error) {
    // Cancelled is not failed: the import is being forgotten, or the server stops and goes on with it later.
    if (!signal.aborted) await imports.apply(open, { type: 'failed', problem: problemOf(error) })
  }
}

async function prepareEdition(
  open: OpenImport,
  index: number,
  { imports, images, now, runWimlib }: PreparingDependencies,
  signal: AbortSignal,
): Promise<void> {
  const source = imports.sourceOf(open)
  const edition = source.inspection.editions.find((candidate) => candidate.index === index)
  const contentSha1 = source.inspection.contentSha1.get(index)
  if (edition === undefined || contentSha1 === undefined) {
    throw new CatalogueError('EDITION_NOT_FOUND', { fileName: source.fileName, index })
  }
  const onProgress: PrepareContext['onProgress'] = (progress) => {
    open.progress = progress
    imports.announce(open)
  }
  const context = { signal, now, runWimlib, onProgress }
  const sourceSha256 = open.record.sha256 ?? (await hashSource(source, context))
  if (open.record.sha256 === undefined) await imports.apply(open, { type: 'hashed', sha256: sourceSha256 })
  // A server killed after the image was published and before this was noted finds its own work here.
  const own = images.list().find((image) => image.source.sha256 === sourceSha256 && image.source.index === index)
  if (own !== undefined && own.preparedAt >= open.record.createdAt) {
    await imports.apply(open, { type: 'prepared', index, imageId: own.id })
    return
  }
  const candidate = { index, contentSha1, sourceSha256 }
  const present = images.duplicateOf(candidate)
  if (present !== undefined && open.record.selected.length > 1) {
    await imports.apply(open, { type: 'prepared', index, imageId: present.id })
    return
  }
  images.refuseDuplicate(candidate)
  const id = imageIdFor(edition, images.isTaken)
  const image = await prepare(source, edition, { folder: images.folder, id, sourceSha256 }, context)
  images.add(image)
  delete open.progress
  await imports.apply(open, { type: 'prepared', index, imageId: image.id })
}
