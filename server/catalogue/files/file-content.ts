import { open } from 'node:fs/promises'
import { join } from 'node:path'
import {
  contentFault,
  headBytes,
  promisedBy,
  type ContentFault,
  type Promised,
} from '../../../images/installer-content.ts'
import { materialMistake } from '../../../images/material-problems.ts'
import { formatBytes } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { ofWholeFile, type FileProblem } from '../../../text/yaml/problem.ts'
import { reasonOf, type ListedFile } from './file-tree.ts'

const kinds: Readonly<Record<Promised, Sentence>> = {
  msi: { fr: 'un paquet Windows Installer', en: 'a Windows Installer package' },
  msu: { fr: 'une mise à jour de Windows', en: 'an update of Windows' },
  cab: { fr: 'une archive CAB', en: 'a cabinet' },
  exe: { fr: 'un programme Windows', en: 'a Windows program' },
  msix: { fr: 'un paquet MSIX', en: 'an MSIX package' },
}

/**
 * What speaks against a file being what its name, or a manifest, says; null when nothing does.
 *
 * @param promised what it has to be; by its name when that is not given
 */
export async function contentProblem(
  folder: string,
  { path, sizeBytes }: ListedFile,
  promised: Promised | null = promisedBy(path),
): Promise<FileProblem | null> {
  if (promised === null) return null
  try {
    const fault = contentFault(promised, await headOf(join(folder, path)), sizeBytes)
    return fault === null ? null : problemOf(path, sizeBytes, fault)
  } catch (error) {
    return ofWholeFile(materialMistake('FILE_NOT_READ', { reason: reasonOf(error) }))
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
  return buffer.subarray(0, bytesRead)
}

function problemOf(path: string, sizeBytes: number, fault: ContentFault): FileProblem {
  const size = { fr: formatBytes(sizeBytes, 'fr'), en: formatBytes(sizeBytes, 'en') }
  if (fault.fault === 'another-kind')
    return ofWholeFile(materialMistake('FILE_ANOTHER_KIND', { path, size, kind: kinds[fault.promised] }))
  const whole = { fr: formatBytes(fault.wholeBytes, 'fr'), en: formatBytes(fault.wholeBytes, 'en') }
  return ofWholeFile(materialMistake('FILE_CUT_OFF', { path, size, whole }))
}
