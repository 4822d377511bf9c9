import { isMaterialPath } from '../../images/material-path.ts'
import type { SoftwareManifest } from '../../images/software/manifest.ts'
import { installOrder } from '../../images/software/needs.ts'
import { bare, invocationOf, pathInShare, programName } from './command-line.ts'
import { literalText, oneLine, uniqueIds } from './foreign-text.ts'
import { installerArguments, isSilent, msiArguments } from './installer-arguments.ts'
import { field, fieldValues, guidOf, isYes, type ListEntry } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { byEtabli, left, takenWith, type Outcome } from './report.ts'
import { hasPayload, sharePath, type Share } from './share.ts'

/** What installing an application of the share is here. */
export type Installing =
  | { readonly by: 'package'; readonly id: string; readonly manifest: SoftwareManifest; readonly restarts: boolean }
  /** A group: what it depends on, by guid. */
  | { readonly by: 'bundle'; readonly guids: readonly string[]; readonly restarts: boolean }
  | {
      readonly by: 'script'
      readonly language: 'powershell' | 'cmd'
      readonly path: string
      readonly script: string
      readonly restarts: boolean
    }
  | { readonly by: 'nothing' }

export type Application = {
  readonly entry: ListEntry
  readonly installing: Installing
  readonly outcome: Outcome
  /** The folder of the share that holds its installer; null where it is elsewhere or not known. */
  readonly folder: string | null
}

/** Bundles of bundles, for as long as somebody made them. */
const deepestBundle = 64
/** As many as a manifest may name. */
const mostNeeds = 32

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\'
const uninstall32 = 'SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\'

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

/** A script with its arguments as one text: PowerShell's `param` works within a block that is called. */
export function scriptText(language: 'powershell' | 'cmd', text: string, given: string): string {
  const plain = text
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^\ufeff/, '')
    .trimEnd()
  if (language === 'cmd' || given === '') return plain
  return `& {\n${plain}\n} ${given}`
}

type Installer = { kind: 'msi' | 'exe' | 'msix'; path: string; arguments: readonly string[] }
type NoInstaller = { because: (command: string) => Remark }

const script: NoInstaller = { because: (command) => remark('MDT_APPLICATION_SCRIPT', { command }) }
/** Windows' own programs, which install nothing that lies in a package. */
const tools =
  /^(cmd|powershell|pwsh|cscript|wscript|mshta|reg|regedit|regsvr32|rundll32|xcopy|robocopy|copy|net|netsh|sc|schtasks|dism|pnputil|bcdedit|start|uttd|lgpo|choco|winget|explorer|control|msdt|icacls|takeown|powercfg|certutil|expand|wusa)(\.exe)?$/

function readInstaller(program: string, given: readonly string[], folder: string): Installer | NoInstaller {
  const name = programName(program)
  if (/^msiexec(\.exe)?$/.test(name)) return readMsiexec(given)
  if (/^wusa(\.exe)?$/.test(name)) {
    const file = given.map(bare).find((word) => /\.(msu|cab)$/i.test(word))
    return file === undefined ? script : { because: () => remark('MDT_APPLICATION_UPDATE', { file: oneLine(file) }) }
  }
  if (/^dism(\.exe)?$/.test(name)) {
    const [, file] = /\/packagepath:"?([^"\s]+\.(?:appx|msix)(?:bundle)?)/i.exec(given.join(' ')) ?? []
    return file === undefined ? script : { kind: 'msix', path: file, arguments: [] }
  }
  if (/\.msi$/.test(name)) return { kind: 'msi', path: program, arguments: msiArguments(given) }
  // `setup /s` finds setup.exe beside it; what has another ending is no program.
  if (tools.test(name) || !/^[^.]+$|\.exe$/.test(name) || (pathInShare(program, folder) ?? '').startsWith('Tools/'))
    return script
  return { kind: 'exe', path: name.endsWith('.exe') ? program : `${program}.exe`, arguments: installerArguments(given) }
}

function readMsiexec(given: readonly string[]): Installer | NoInstaller {
  const words = given.flatMap(
    (word) => /^([/-](?:i|package|p|update|x|uninstall))(".+)$/i.exec(word)?.slice(1) ?? [word],
  )
  const at = words.findIndex((word) => /^[/-](i|package)$/i.test(word))
  const file = at < 0 ? undefined : words[at + 1]
  if (file === undefined || /^[/-]/.test(file))
    return { because: (command) => remark('MDT_APPLICATION_PATCH', { command }) }
  return {
    kind: 'msi',
    path: bare(file),
    arguments: msiArguments(words.filter((_, index) => index !== at && index !== at + 1)),
  }
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

/** What of the share is not there; of a `Control` folder alone, nobody can say. */
export function missing(share: Share, path: string): Remark[] {
  if (share.payload.is === 'unknown') return [remark('MDT_PAYLOAD_UNKNOWN', { path: oneLine(path) })]
  return hasPayload(share, path) ? [] : [remark('MDT_PAYLOAD_MISSING', { path: oneLine(path) })]
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

function manifestOf(
  entry: ListEntry,
  kind: Installer['kind'],
  file: string,
  given: readonly string[],
  codes: ReadonlySet<number>,
): SoftwareManifest {
  const name = literalText(oneLine(field(entry, 'Name'))) ?? 'Application'
  const version = oneLine(field(entry, 'Version'), 64)
  const where = oneLine(literalText(field(entry, 'WorkingDirectory') || field(entry, 'CommandLine')) ?? '', 500)
  const success = [...codes].filter((code) => code !== 3010 && code !== 1641)
  // The name stands where MDT says no key: something has to be there, and a person is told to mend it.
  const key = literalText(field(entry, 'UninstallKey')) ?? ''
  const [, hive, path] = /^(HK(?:LM|CU|U))\\(.+)$/i.exec(key) ?? []
  const keys =
    hive !== undefined
      ? [`${hive.toUpperCase()}\\${path}`]
      : [uninstall, uninstall32].map((place) => `HKLM\\${place}${key === '' ? name : key}`)
  return {
    name,
    ...(version === '' ? {} : { version: literalText(version) ?? '' }),
    source: { where: { fr: `Ancien partage MDT : ${where}`, en: `Former MDT share: ${where}` } },
    installer:
      kind === 'msix' ? { kind, file } : { kind, file, ...(given.length === 0 ? {} : { arguments: [...given] }) },
    ...(success.some((code) => code !== 0) ? { success: success.toSorted((one, other) => one - other) } : {}),
    detect:
      kind === 'msix'
        ? { appx: file.split('_')[0] ?? file }
        : { registry: { keys: keys.map((one) => one.slice(0, 512)) } },
  }
}

/** Puts dependencies into manifests: what MDT installed before an application, bundles opened. */
function withNeeds(found: Map<string, Application>): ReadonlyMap<string, Application> {
  const known = new Map<string, { needs?: string[] }>()
  for (const { installing } of found.values()) if (installing.by === 'package') known.set(installing.id, {})
  for (const [guid, application] of found) {
    const { installing, entry } = application
    if (installing.by !== 'package') continue
    const asked = fieldValues(entry, 'Dependency').slice(0, mostNeeds).map(guidOf)
    const ids = [...new Set(asked.flatMap((one) => packagesOf(one, found)))].filter((id) => id !== installing.id)
    const gone = asked.filter((one) => packagesOf(one, found).length === 0).map((one) => nameFor(one, found))
    const needs: string[] = []
    const closing: string[] = []
    for (const id of ids.slice(0, mostNeeds)) {
      known.set(installing.id, { needs: [...needs, id] })
      // A circle closes with the entry that comes last in MDT's list.
      if (installOrder([installing.id], known).ok) needs.push(id)
      else closing.push(id)
    }
    known.set(installing.id, needs.length > 0 ? { needs } : {})
    const circle = oneLine([installing.id, ...closing].join(', '))
    const reasons = [
      ...(gone.length === 0 ? [] : [remark('MDT_APPLICATION_NEEDS_GONE', { names: oneLine(gone.join(', ')) })]),
      ...(closing.length === 0 ? [] : [remark('MDT_APPLICATION_NEEDS_CIRCLE', { names: circle })]),
    ]
    found.set(guid, {
      ...application,
      installing: { ...installing, manifest: { ...installing.manifest, ...(needs.length > 0 ? { needs } : {}) } },
      outcome: withReasons(application.outcome, reasons),
    })
  }
  return found
}

function withReasons(outcome: Outcome, reasons: readonly Remark[]): Outcome {
  if (reasons.length === 0 || !('as' in outcome)) return outcome
  return { verdict: 'look', as: outcome.as, because: [...outcome.because, ...reasons] }
}

function nameFor(guid: string, found: ReadonlyMap<string, Application>): string {
  const entry = found.get(guid)?.entry
  return entry === undefined ? guid : field(entry, 'Name')
}

/** Ids of the packages that installing this comes to, bundles opened; each bundle once, so a circle of them ends. */
export function packagesOf(guid: string, found: ReadonlyMap<string, Application>): string[] {
  return installingsOf(guid, found).flatMap((one) => (one.by === 'package' ? [one.id] : []))
}

/** All that installing this comes to, in MDT's order: what a bundle depends on, else the application itself. */
export function installingsOf(
  guid: string,
  found: ReadonlyMap<string, Application>,
  seen: Set<string> = new Set(),
  depth = 0,
): Installing[] {
  if (seen.has(guid) || depth > deepestBundle) return []
  seen.add(guid)
  const installing = found.get(guid)?.installing ?? { by: 'nothing' }
  if (installing.by === 'nothing') return []
  if (installing.by !== 'bundle') return [installing]
  return installing.guids.flatMap((one) => installingsOf(one, found, seen, depth + 1))
}
