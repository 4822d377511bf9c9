import { open, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { administratorsOnly, administratorsOnlyFolder } from '../../../images/unattend/file-security.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { mustRun } from '../steps/program.ts'

/** ntfs-3g gives a file's security descriptor by this name (ntfs-3g(8), "extended attributes"). */
const attribute = 'system.ntfs_acl'
/** Of one call of setfattr: far below what a command line may hold. */
const mostPaths = 200

/** `path` could not be written, and the system's word for why. */
export function notPrepared(path: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const detail = error instanceof Error ? error.message : code
  return failure('WINDOWS_NOT_PREPARED', { file: basename(path), reason: code }, { detail })
}

/** Does what writes `path`; an error of the file system becomes WINDOWS_NOT_PREPARED, a full disk first of all. */
export async function writing<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StepError || !(error instanceof Error && 'code' in error)) throw error
    throw new StepError(notPrepared(path, error))
  }
}

/**
 * Gives files or folders to SYSTEM and Administrators alone. What ntfs-3g makes is everybody's otherwise, and Windows
 * lets users reach a file by its whole path, whatever its folder says (SeChangeNotifyPrivilege).
 */
export async function protect(context: StepContext, kind: 'file' | 'folder', paths: readonly string[]): Promise<void> {
  const descriptor = kind === 'file' ? administratorsOnly() : administratorsOnlyFolder()
  const value = `0x${Buffer.from(descriptor).toString('hex')}`
  for (let at = 0; at < paths.length; at += mostPaths) {
    await setSecurity(context, value, paths.slice(at, at + mostPaths))
  }
}

/** Gives `to` the security of `from`. */
export async function copySecurity(context: StepContext, from: string, to: string): Promise<void> {
  const args = ['-n', attribute, '-e', 'hex', '--absolute-names', from]
  const { stdout } = await mustRun(context, 'getfattr', args, (program) => notPrepared(from, program), { quiet: true })
  const value = /=(0x[0-9a-f]+)/i.exec(stdout)?.[1]
  if (value === undefined) throw new StepError(notPrepared(from, 'getfattr'))
  await setSecurity(context, value, [to])
}

async function setSecurity(context: StepContext, value: string, paths: readonly string[]): Promise<void> {
  const args = ['-n', attribute, '-v', value, '--', ...paths]
  await mustRun(context, 'setfattr', args, (program) => notPrepared(paths[0] ?? '', program), { quiet: true })
}

/**
 * Writes a file whole or not at all, closed to users before its first byte: under another name first, so that a power
 * cut leaves the old one or the new one.
 */
export async function writeProtected(context: StepContext, path: string, content: string): Promise<void> {
  await writing(path, async () => {
    const unfinished = `${path}.etabli-new`
    const handle = await open(unfinished, 'w')
    try {
      await protect(context, 'file', [unfinished])
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, path)
  })
}
