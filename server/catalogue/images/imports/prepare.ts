import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from '../../../../images/wim/editions.ts'
import { hashFile, spaceOf, writeWhole } from '../../files/disk.ts'
import { abandonImage, beginImage, publishImage } from '../image-folder.ts'
import { inspect, statSource, type Inspection } from './inspection.ts'
import type { Manifest } from '../manifest.ts'
import { meter, type Phase, type Progress } from './meter.ts'
import { CatalogueError } from '../problem.ts'
import { spaceNeeded } from './space-need.ts'
import { explainWimlibFailure } from './wimlib-failure.ts'
import type { RunWimlib } from './wimlib.ts'

/**
 * LZX, level 20. wimlib cannot carry a resource over into a pipable file as it is (the layouts differ), so everything
 * is compressed again; a source that is pipable already has to be told so, or its bytes would pass unread. Measured on 600 MB of program files with 2 cores: level 50 (the default) 34.6 s and 211.6 MB, level 20
 * 7.8 s and 218.8 MB, XPRESS 6.0 s and 235.8 MB; writing it to NTFS takes the same time from each.
 */
const compression = 'LZX:20'

export type Source = { readonly path: string; readonly fileName: string; readonly inspection: Inspection }

export type PrepareContext = {
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly runWimlib: RunWimlib
  readonly onProgress?: (progress: Progress) => void
}

/**
 * SHA-256 of a source, and its integrity table compared when it has one; once for all its editions.
 *
 * @throws CatalogueError WIM_DAMAGED; SOURCE_CHANGED when it is no longer the file that was inspected
 */
export async function hashSource(source: Source, context: PrepareContext): Promise<string> {
  await checkUnchanged(source)
  const report = reporter('hashing', source.inspection.sizeBytes, context)
  const sha256 = await hashFile(source.path, { signal: context.signal, onBytes: report })
  if (source.inspection.hasIntegrityTable) await verifyIntegrity(source, context)
  await checkUnchanged(source)
  return sha256
}

/**
 * Makes one edition of a source into a pipable image of its own, hashed, and whole in the catalogue's folder.
 * Every file of it is verified on the way.
 *
 * @param source - as inspected
 * @param edition - of that inspection
 * @param target - the folder of images, the id to give, and the source's SHA-256
 * @returns the manifest that stands beside it
 * @throws CatalogueError NO_SPACE, WIM_DAMAGED, SOURCE_CHANGED, WIMLIB_MISSING, WIMLIB_FAILED; the signal's reason.
 * After any of them nothing is left behind.
 */
export async function prepare(
  source: Source,
  edition: Edition,
  target: { readonly folder: string; readonly id: string; readonly sourceSha256: string },
  context: PrepareContext,
): Promise<Manifest> {
  const neededBytes = spaceNeeded(source.inspection, edition)
  const { freeBytes } = await spaceOf(target.folder)
  if (freeBytes < neededBytes) throw new CatalogueError('NO_SPACE', { neededBytes, freeBytes })
  await checkUnchanged(source)
  const place = await beginImage(target.folder, target.id)
  try {
    const file = join(place, 'image.wim')
    await exportImage(source, edition, file, context)
    const made = await checkResult(source, edition, file)
    const report = reporter('hashing-result', made.sizeBytes, context)
    const sha256 = await hashFile(file, { signal: context.signal, onBytes: report })
    const manifest: Manifest = {
      ...describe(edition),
      id: target.id,
      sizeBytes: made.sizeBytes,
      sha256,
      contentSha1: made.contentSha1,
      source: { fileName: source.fileName, sha256: target.sourceSha256, index: edition.index },
      wimlib: await wimlibVersion(context),
      preparedAt: context.now().toISOString(),
    }
    await writeWhole(join(place, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
    await publishImage(target.folder, target.id)
    return manifest
  } catch (error) {
    await abandonImage(target.folder, target.id)
    throw error
  }
}

function describe(
  edition: Edition,
): Omit<Manifest, 'id' | 'sizeBytes' | 'sha256' | 'contentSha1' | 'source' | 'wimlib' | 'preparedAt'> {
  return {
    format: 1,
    name: edition.displayName,
    description: edition.description,
    edition: edition.edition,
    architecture: edition.architecture,
    build: edition.build,
    languages: [...edition.languages],
    defaultLanguage: edition.defaultLanguage,
    fileCount: edition.fileCount,
    contentBytes: edition.sizeBytes,
  }
}

/** The integrity table covers the whole file, other editions too: a file known to be damaged is not worth a part of it. */
async function verifyIntegrity(source: Source, context: PrepareContext): Promise<void> {
  const { sizeBytes } = source.inspection
  const report = reporter('verifying', sizeBytes, context)
  const result = await context.runWimlib(['info', source.path, '--check'], {
    signal: context.signal,
    onProgress: ({ fraction }) => report(fraction * sizeBytes),
  })
  if (result.exitCode !== 0) throw explainWimlibFailure(result, source.fileName)
}

/**
 * wimlib unpacks every file of the edition on the way and compares its SHA-1: exporting is verifying. From one pipable file
 * to another it would copy what is packed as it stands, damage included.
 */
async function exportImage(source: Source, edition: Edition, file: string, context: PrepareContext): Promise<void> {
  const unpackedBytes = edition.sizeBytes - edition.hardLinkBytes
  const report = reporter('exporting', unpackedBytes, context)
  const result = await context.runWimlib(
    [
      ...['export', source.path, String(edition.index), file, '--pipable', `--compress=${compression}`],
      ...(source.inspection.pipable ? ['--recompress'] : []),
    ],
    {
      signal: context.signal,
      onProgress: ({ task, fraction }) => {
        if (task.startsWith('Archiving')) report(fraction * unpackedBytes)
      },
    },
  )
  if (result.exitCode !== 0) throw explainWimlibFailure(result, source.fileName)
}

/** Reads back what wimlib wrote: pipable, one image, and that image's metadata is the source's. */
async function checkResult(
  source: Source,
  edition: Edition,
  file: string,
): Promise<{ sizeBytes: number; contentSha1: string }> {
  const made = await inspect(file)
  const [only] = made.editions
  const contentSha1 = only === undefined ? undefined : made.contentSha1.get(only.index)
  if (!made.pipable || made.editions.length !== 1 || contentSha1 === undefined) {
    throw new CatalogueError('CATALOGUE_FAILED', {}, 'wimlib wrote something else')
  }
  if (contentSha1 !== source.inspection.contentSha1.get(edition.index)) {
    throw new CatalogueError('WIM_DAMAGED', { fileName: source.fileName }, 'metadata differs after export')
  }
  return { sizeBytes: (await stat(file)).size, contentSha1 }
}

async function checkUnchanged({ path, fileName, inspection }: Source): Promise<void> {
  const { size, mtimeMs } = await statSource(path)
  if (size !== inspection.sizeBytes || mtimeMs !== inspection.modifiedMs) {
    throw new CatalogueError('SOURCE_CHANGED', { fileName })
  }
}

async function wimlibVersion({ runWimlib, signal }: PrepareContext): Promise<string> {
  const { output } = await runWimlib(['--version'], { signal })
  return /wimlib-imagex (\d+(?:\.\d+)+)/.exec(output)?.[1] ?? 'unknown'
}

function reporter(phase: Phase, totalBytes: number, { now, onProgress }: PrepareContext): (doneBytes: number) => void {
  const measure = meter(phase, totalBytes)
  return (doneBytes) => {
    const progress = measure(doneBytes, now().getTime())
    if (progress !== undefined) onProgress?.(progress)
  }
}
