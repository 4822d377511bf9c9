import { createHash } from 'node:crypto'
import { mkdirSync, openSync, closeSync, fsyncSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bytesOf } from './download.ts'
import { failure } from '../protocol/failures/failures.ts'
import type { MaterialFile } from '../protocol/materials.ts'
import { materialPathOf } from '../protocol/paths.ts'
import { StepError, type StepContext } from './step.ts'

/** A path of a material that would leave its folder, or that Windows reads as something else. */
const unsafe = /(^|\/)\.\.?(\/|$)|^\/|[\\:*?"<>|\u0000-\u001f]|\/\//

/**
 * Fetches one file of the run's materials to `folder/path`: whole and with the SHA-256 it was pinned with, or not at all.
 * `onBytes` hears of every piece. Throws StepError MATERIAL_MISSING, MATERIAL_INTERRUPTED, MATERIAL_CHANGED,
 * MATERIAL_DISK_FULL, MATERIAL_NOT_WRITTEN, or the signal's reason.
 *
 * @returns where it lies
 */
export async function fetchMaterial(
  context: StepContext,
  file: MaterialFile,
  folder: string,
  onBytes: (count: number) => void = () => undefined,
): Promise<string> {
  const { path, sizeBytes, sha256 } = file
  if (unsafe.test(path)) throw new StepError(failure('MATERIAL_NOT_WRITTEN', { file: path, reason: 'path' }))
  const target = join(folder, ...path.split('/'))
  const unfinished = `${target}.part`
  const changed = (actual: string) =>
    failure('MATERIAL_CHANGED', { file: path }, { detail: `expected ${sha256}, got ${actual}` })
  const source = bytesOf(context, {
    ...{ name: path, path: materialPathOf(sha256), sizeBytes },
    missing: () => failure('MATERIAL_MISSING', { file: path }),
    interrupted: (received, detail) =>
      failure('MATERIAL_INTERRUPTED', { file: path, received, total: sizeBytes }, { detail }),
    changed,
  })
  const hash = createHash('sha256')
  try {
    mkdirSync(dirname(target), { recursive: true })
    const handle = openSync(unfinished, 'w')
    try {
      for await (const piece of source) {
        hash.update(piece)
        writeSync(handle, piece)
        onBytes(piece.length)
      }
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    const actual = hash.digest('hex')
    if (actual !== sha256) throw new StepError(changed(actual))
    renameSync(unfinished, target)
    return target
  } catch (error) {
    discard(context, unfinished)
    context.signal.throwIfAborted()
    if (error instanceof StepError || !(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOSPC') {
      throw new StepError(failure('MATERIAL_DISK_FULL', { file: path, size: sizeBytes }))
    }
    throw new StepError(failure('MATERIAL_NOT_WRITTEN', { file: path, reason: error.message }))
  }
}

/** What cannot be removed now, held open by a virus scanner perhaps, is no reason to hide why it is to go. */
function discard(context: StepContext, file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    context.log('warning', `${file} stays: ${String(error)}`)
  }
}
