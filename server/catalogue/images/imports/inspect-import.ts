import type { PreparedImages } from '../prepared-images.ts'
import { isErrno } from '../../files/system-error.ts'
import { problemOf } from '../problem.ts'
import { inspect } from './inspection.ts'
import type { OpenImport, OpenImports } from './open-imports.ts'

/**
 * Looks into the source of an import. One with a single edition needs no choice; a source that is of no use becomes the
 * import's problem.
 */
export async function inspectImport(
  open: OpenImport,
  { imports, images }: { imports: OpenImports; images: PreparedImages },
): Promise<void> {
  const { record } = open
  try {
    const inspection = await inspect(imports.pathOf(open), record.fileName)
    open.inspection = inspection
    if (record.state !== 'inspecting') return
    const indexes = inspection.editions.map((edition) => edition.index)
    const [only, ...others] = indexes
    if (only !== undefined && others.length === 0) {
      images.refuseDuplicate({ index: only, contentSha1: inspection.contentSha1.get(only) ?? '' })
    }
    await imports.apply(open, { type: 'inspected', indexes })
  } catch (error) {
    // One that had ended before a restart may have lost its source since; it stays as it ended.
    if (record.state === 'done' || record.state === 'failed') return
    await imports.apply(open, { type: 'failed', problem: problemOf(error) })
    if (!isErrno(error, 'EIO')) await imports.dropUpload(open)
  }
}
