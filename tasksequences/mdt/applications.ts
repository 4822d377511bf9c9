import { isMaterialPath } from '../../images/material-path.ts'
import { bare, invocationOf, pathInShare } from './command-line.ts'
import { literalText, oneLine, uniqueIds } from './foreign-text.ts'
import { isSilent } from './installer-arguments.ts'
import { field, fieldValues, guidOf, isYes, type ListEntry } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { byEtabli, left, takenWith, type Outcome } from './report.ts'
import { sharePath, type Share } from './share.ts'
import type { Application } from './application.ts'
import { scriptText } from './script-text.ts'
import { readInstaller, type Installer } from './installer.ts'
import { missing } from './payload.ts'
import { manifestOf } from './manifest.ts'
import { withNeeds } from './application-needs.ts'

/**
 * Translates the share's applications into packages of the catalogue, in the order of its list.
 *
 * @param codes - by guid, the exit codes that steps take as success
 */
export function translateApplications(
  share: Share,
  codes: ReadonlyMap<string, ReadonlySet<number>>,
): ReadonlyMap<string, Application> {
  const idFor = uniqueIds()
  const found = new Map<string, Application>()
  for (const [index, entry] of share.applications.entries()) {
    const id = idFor(field(entry, 'Name'), 'application')
    // Two entries with one guid are one damaged list: the first is what MDT finds.
    const key = found.has(entry.guid) || entry.guid === '' ? `${entry.guid}#${index}` : entry.guid
    found.set(key, translate(entry, id, share, codes.get(entry.guid) ?? new Set()))
  }
  return withNeeds(found)
}

function translate(entry: ListEntry, id: string, share: Share, codes: ReadonlySet<number>): Application {
  const folder = sharePath(field(entry, 'WorkingDirectory').replace(/^%deployroot%/i, '')) || null
  const nothing = (outcome: Outcome): Application => ({ entry, installing: { by: 'nothing' }, outcome, folder })
  if (!entry.isEnabled) return nothing(left(remark('MDT_DISABLED')))
  const command = field(entry, 'CommandLine')
  const restarts = isYes(field(entry, 'Reboot'))
  const guids = fieldValues(entry, 'Dependency').map(guidOf)
  if (command === '') {
    if (guids.length === 0) return nothing(left(remark('MDT_APPLICATION_NO_COMMAND')))
    const outcome = byEtabli(remark('MDT_APPLICATION_BUNDLE', { count: guids.length }))
    return { entry, installing: { by: 'bundle', guids, restarts }, outcome, folder }
  }
  const invocation = invocationOf(command, folder ?? '')
  if (invocation.runs === 'script') {
    const text = share.scripts.get(invocation.path.toLowerCase())
    const { language, path } = invocation
    if (text === undefined)
      return nothing(left(remark('MDT_APPLICATION_SCRIPT', { command: oneLine(command) }), ...missing(share, path)))
    const script = scriptText(language, text, invocation.arguments)
    const outcome = takenWith(`${language} ${path}`, [remark('MDT_APPLICATION_SCRIPT_STEP', { path })])
    return { entry, installing: { by: 'script', language, path, script, restarts }, outcome, folder }
  }
  if (invocation.runs === 'nothing') return nothing(left(remark('MDT_APPLICATION_NO_COMMAND')))
  const read = readInstaller(invocation.program, invocation.arguments, folder ?? '')
  if ('because' in read) return nothing(left(read.because(oneLine(command))))
  return packageOf({ entry, id, share, codes, folder, restarts }, read)
}

type Known = Readonly<{
  entry: ListEntry
  id: string
  share: Share
  codes: ReadonlySet<number>
  folder: string | null
  restarts: boolean
}>

function packageOf({ entry, id, share, codes, folder, restarts }: Known, installer: Installer): Application {
  const nothing = (because: Remark): Application => ({
    entry,
    installing: { by: 'nothing' },
    outcome: left(because),
    folder,
  })
  const inShare = pathInShare(installer.path, folder ?? '')
  const isBeside = inShare !== null && (folder === null || inShare.toLowerCase().startsWith(`${folder.toLowerCase()}/`))
  const file =
    inShare === null
      ? nameOf(installer.path)
      : isBeside && folder !== null
        ? inShare.slice(folder.length + 1)
        : nameOf(inShare)
  const given = installer.arguments.map(literalText)
  if (!isMaterialPath(file) || given.some((one) => one === null || one.length > 1024) || given.length > 64)
    return nothing(remark('MDT_APPLICATION_SCRIPT', { command: oneLine(field(entry, 'CommandLine')) }))
  const reasons = [
    ...(inShare === null || folder === null
      ? [remark('MDT_APPLICATION_ELSEWHERE', { path: oneLine(installer.path) })]
      : missing(share, isBeside ? folder : inShare)),
    ...(installer.kind === 'exe' && !isSilent(installer.arguments) ? [remark('MDT_APPLICATION_NOT_SILENT')] : []),
    ...(field(entry, 'UninstallKey') === '' ? [remark('MDT_APPLICATION_NO_DETECTION')] : []),
    ...shareFiles(installer.arguments),
    ...platforms(entry),
  ]
  const notes = [
    ...(restarts ? [remark('MDT_APPLICATION_RESTARTS')] : []),
    ...(entry.isHidden ? [remark('MDT_APPLICATION_HIDDEN')] : []),
  ]
  const manifest = manifestOf(
    entry,
    installer.kind,
    file,
    given.filter((one) => one !== null),
    codes,
  )
  return {
    entry,
    installing: { by: 'package', id, manifest, restarts },
    outcome: takenWith(`software/${id}`, reasons, ...notes),
    folder: inShare === null ? null : isBeside ? folder : inShare.slice(0, -nameOf(inShare).length - 1) || null,
  }
}

function nameOf(path: string): string {
  return bare(path).replaceAll('\\', '/').split('/').at(-1) ?? ''
}

function shareFiles(given: readonly string[]): Remark[] {
  const names = given.flatMap((one) => one.match(/%[A-Za-z_][\w()]*%/g) ?? [])
  const ofMdt = [...new Set(names)].filter(
    (name) => !/^%(windir|systemroot|systemdrive|program\w*(\(x86\))?|temp|public|common\w*)%$/i.test(name),
  )
  return ofMdt.length === 0 ? [] : [remark('MDT_STEP_MDT_VARIABLE', { names: oneLine(ofMdt.join(', ')) })]
}

function platforms(entry: ListEntry): Remark[] {
  const names = fieldValues(entry, 'SupportedPlatform')
  return names.length === 0 ? [] : [remark('MDT_APPLICATION_PLATFORMS', { platforms: oneLine(names.join(', ')) })]
}
