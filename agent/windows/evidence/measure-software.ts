import { existsSync } from 'node:fs'
import { failure } from '../../protocol/failures/failures.ts'
import type { PinnedSoftware } from '../../protocol/materials.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { readValue } from '../system/registry-access.ts'
import { registryText } from '../system/registry.ts'
import { detect } from '../software/presence.ts'
import { windowsPath } from '../system/windows-path.ts'
import type { SoftwareFound } from './software.ts'

/** Where TeamViewer keeps its ID: 64-bit and 32-bit programs. */
const teamViewerKeys = ['HKLM\\SOFTWARE\\TeamViewer', 'HKLM\\SOFTWARE\\WOW6432Node\\TeamViewer']

/** What of a package is there. */
export async function measureSoftware(
  context: StepContext,
  dependencies: WindowsDependencies,
  { id, manifest }: PinnedSoftware,
): Promise<SoftwareFound> {
  const { name, shortcut, reports = [] } = manifest
  const values = []
  for (const { name: report, title, keys, value } of reports) {
    values.push({ name: report, title, value: await readReport(context, keys, value) })
  }
  return {
    id,
    name,
    finding: await orNull(context, detect(context, dependencies, manifest.detect)),
    shortcut: shortcut === undefined ? null : { name: shortcut.name, there: isOnDesktop(shortcut.name) },
    reports: values,
  }
}

/** TeamViewer's ID, whoever has installed it; null when there is none. */
export function readTeamViewerId(context: StepContext): Promise<string | null> {
  return readReport(context, teamViewerKeys, 'ClientID')
}

/** A value that is there and says something: TeamViewer's ID is 0 until its service has been online once. */
async function readReport({ exec }: StepContext, keys: readonly string[], name: string): Promise<string | null> {
  for (const key of keys) {
    const value = await readValue(exec, key, name)
    const text = value === null ? '' : registryText(value).trim()
    if (text !== '' && text !== '0') return text
  }
  return null
}

/** The desktop of all users (FOLDERID_PublicDesktop). */
function isOnDesktop(name: string): boolean {
  return existsSync(windowsPath(`%PUBLIC%\\Desktop\\${name}.lnk`))
}

const askingFailed: ReadonlySet<string> = new Set([
  failure('SCRIPT_FAILED', { script: '' }).code,
  failure('WINDOWS_PROGRAM_MISSING', { program: '' }).code,
])

/** What was asked for, or null when Windows could not be asked: then it was not measured. */
export async function orNull<Value>({ log, signal }: StepContext, asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof StepError) || !askingFailed.has(error.failure.code)) throw error
    log('warning', error.message)
    return null
  }
}
