import { existsSync } from 'node:fs'
import { failure } from '../../protocol/failures/failures.ts'
import type { PinnedSoftware } from '../../protocol/materials.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { readRegistry } from '../system/registry-access.ts'
import { valueIn, type RegistryKey } from '../system/registry.ts'
import { registryQuestions } from '../software/detection.ts'
import { detectIn } from '../software/presence.ts'
import { reportedQuestions } from '../software/reported.ts'
import { windowsPath } from '../system/windows-path.ts'
import type { Measured } from './item.ts'
import type { ReportFound, SoftwareFound } from './software.ts'

/** Where TeamViewer keeps its ID, whoever has installed it: 64-bit and 32-bit programs. */
const teamViewer = {
  keys: ['HKLM\\SOFTWARE\\TeamViewer', 'HKLM\\SOFTWARE\\WOW6432Node\\TeamViewer'],
  value: 'ClientID',
}

export type SoftwareMeasured = { found: SoftwareFound[]; teamViewer: ReportFound }

/** What of the packages is there, and TeamViewer's ID; the registry is read once for all of it. */
export async function measureSoftware(
  context: StepContext,
  dependencies: WindowsDependencies,
  software: readonly PinnedSoftware[],
): Promise<SoftwareMeasured> {
  const questions = software.flatMap(({ manifest }) => [
    ...registryQuestions(manifest.detect),
    ...(manifest.reports ?? []).flatMap(reportedQuestions),
  ])
  const asked = readRegistry(context, dependencies, [...questions, ...reportedQuestions(teamViewer)])
  const read = await orNull(context, asked)
  const found: SoftwareFound[] = []
  for (const one of software) found.push(await measureOne(context, dependencies, one, read))
  return { found, teamViewer: reportIn(read, teamViewer) }
}

async function measureOne(
  context: StepContext,
  dependencies: WindowsDependencies,
  { id, manifest }: PinnedSoftware,
  read: Measured<readonly RegistryKey[]>,
): Promise<SoftwareFound> {
  const { name, shortcut, reports = [], detect: rule } = manifest
  const needsRegistry = rule.registry !== undefined
  const finding =
    read === null && needsRegistry ? null : await orNull(context, detectIn(context, dependencies, rule, read ?? []))
  return {
    ...{ id, name, finding },
    shortcut: shortcut === undefined ? null : { name: shortcut.name, there: isOnDesktop(shortcut.name) },
    reports: reports.map((one) => ({ name: one.name, title: one.title, found: reportIn(read, one) })),
  }
}

/** A value that is there and says something: TeamViewer's ID is 0 until its service has been online once. */
function reportIn(
  read: Measured<readonly RegistryKey[]>,
  { keys, value }: { keys: readonly string[]; value: string },
): ReportFound {
  if (read === null) return { kind: 'unmeasured' }
  const texts = keys.map((key) => valueIn(read, key, value)?.data.trim() ?? '')
  const text = texts.find((one) => one !== '' && one !== '0')
  return text === undefined ? { kind: 'none' } : { kind: 'said', text }
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
