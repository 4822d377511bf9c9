import { decodeInf } from '../../images/inf/encoding.ts'
import { MalformedXml } from '../../images/xml/malformed-xml.ts'
import { readAnswerFile, type AnswerPart } from './answer-file.ts'
import { parseIni } from './ini.ts'
import { field, readList, type ListEntry } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { sharePath, type ControlFile, type Payload, type Share, type ShareSequence, type ShareSource } from './share.ts'
import { nodesOf, readTaskSequence } from './task-sequence-file.ts'
import { scriptPathsOf } from './command-line.ts'

const MiB = 1024 * 1024
const largestFile = 32 * MiB
const largestScript = 64 * 1024
const mostSequences = 500
const mostScripts = 200

/** What `Control` holds beside the folders of sequences, in small letters. */
const listNames = [
  ...['operatingsystems.xml', 'applications.xml', 'drivers.xml', 'drivergroups.xml', 'packages.xml'],
  ...['selectionprofiles.xml', 'tasksequences.xml'],
] as const
const rulesNames = ['customsettings.ini', 'bootstrap.ini'] as const

/** Where the `Control` folder begins; empty text for a listing of its inside. Null when there is none. */
function findControl(paths: readonly string[]): string | null {
  const telling = new Set<string>([...listNames, ...rulesNames])
  const found = paths.filter((path) => telling.has(nameOf(path))).map((path) => path.slice(0, -nameOf(path).length))
  const named = found.filter((folder) => folder === '' || /(^|\/)control\/$/i.test(folder))
  const byDepth = (one: string, other: string): number =>
    one.split('/').length - other.split('/').length || (one < other ? -1 : 1)
  return (named.length > 0 ? named : found).toSorted(byDepth)[0] ?? null
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase()
}

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: Remark }

/**
 * Reads a share: every file of `Control`, and the scripts that steps and applications name. Nothing is thrown: what cannot be read
 * is said in `files`. Null when the listing has nothing of MDT's.
 */
export async function readShare(source: ShareSource): Promise<Share | null> {
  const sizes = new Map(source.files.map(({ path, sizeBytes }) => [sharePath(path), { path, sizeBytes }] as const))
  const paths = [...sizes.keys()].toSorted()
  const control = findControl(paths)
  if (control === null) return null
  const root = control.replace(/[^/]+\/$/, '')
  const files: ControlFile[] = []

  const readText = async (path: string, limit: number): Promise<Read> => {
    const file = sizes.get(path)
    if (file === undefined) return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: 'absent' }) }
    const tooLarge: Read = { ok: false, because: remark('MDT_FILE_TOO_LARGE', { limit: limit / MiB }) }
    if (file.sizeBytes > limit) return tooLarge
    try {
      const bytes = await source.read(file.path)
      return bytes.length > limit ? tooLarge : { ok: true, text: decodeInf(bytes).text }
    } catch (error) {
      return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: reasonOf(error) }) }
    }
  }
  const shown = (path: string): string => (control === '' ? `Control/${path}` : path.slice(root.length))
  /** Reads and parses one file of `Control`, and says so in `files`. */
  const take = async <Value>(path: string, parse: (text: string) => Value, count: (value: Value) => number) => {
    const read = await readText(path, largestFile)
    const parsed = read.ok ? parsedBy(parse, read.text) : read
    const state = parsed.ok
      ? ({ is: 'read', items: count(parsed.value) } as const)
      : ({ is: 'left', because: parsed.because } as const)
    files.push({ path: shown(path), state })
    return parsed.ok ? parsed.value : null
  }

  const inControl = paths.filter((path) => path.startsWith(control))
  const atTop = (name: string): string | undefined =>
    inControl.find((path) => nameOf(path) === name && path.length === control.length + name.length)
  const list = async (name: (typeof listNames)[number]): Promise<readonly ListEntry[]> => {
    const path = atTop(name)
    return path === undefined ? [] : ((await take(path, readList, (entries) => entries.length)) ?? [])
  }
  const rules = async (name: (typeof rulesNames)[number]) => {
    const path = atTop(name)
    const ini = path === undefined ? null : await take(path, parseIni, ({ sections }) => sections.length)
    return ini === null || path === undefined ? null : { path: shown(path), ini }
  }

  const operatingSystems = await list('operatingsystems.xml')
  const applications = await list('applications.xml')
  const drivers = await list('drivers.xml')
  const driverGroups = await list('drivergroups.xml')
  const packages = await list('packages.xml')
  const selectionProfiles = await list('selectionprofiles.xml')
  const listed = await list('tasksequences.xml')
  const customSettings = await rules('customsettings.ini')
  const bootstrap = await rules('bootstrap.ini')

  const sequences: ShareSequence[] = []
  for (const { id, entry, isTwice } of sequenceIds(listed, inControl, control)) {
    const find = (name: string): string | undefined =>
      isTwice
        ? undefined
        : inControl.find((path) => path.slice(control.length).toLowerCase() === `${id.toLowerCase()}/${name}`)
    const [stepsPath, answerPath] = [find('ts.xml'), find('unattend.xml')]
    if (sequences.length >= mostSequences) {
      for (const path of [stepsPath, answerPath])
        if (path !== undefined)
          files.push({
            path: shown(path),
            state: { is: 'left', because: remark('MDT_TOO_MANY', { limit: mostSequences }) },
          })
      sequences.push({ id, entry, steps: null, answers: [] })
      continue
    }
    const steps =
      stepsPath === undefined
        ? null
        : await take(stepsPath, readTaskSequence, ({ children }) => nodesOf(children).length)
    const answers: readonly AnswerPart[] =
      answerPath === undefined ? [] : ((await take(answerPath, readAnswerFile, (parts) => parts.length)) ?? [])
    sequences.push({ id, entry, steps, answers })
  }

  const seen = new Set(files.map(({ path }) => path))
  for (const path of inControl)
    if (!seen.has(shown(path)))
      files.push({ path: shown(path), state: { is: 'left', because: remark('MDT_FILE_UNUSED') } })

  const scripts = new Map<string, string>()
  for (const name of scriptNames(sequences, applications)) {
    const path = paths.find((one) => one.toLowerCase() === `${root}${name}`.toLowerCase())
    if (path === undefined || scripts.size >= mostScripts) continue
    const read = await readText(path, largestScript)
    if (read.ok) scripts.set(name.toLowerCase(), read.text)
  }
  return {
    files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    ...{ sequences, operatingSystems, applications, drivers, driverGroups, packages, selectionProfiles },
    ...{ customSettings, bootstrap, scripts },
    payload: payloadOf(paths, control, root),
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof MalformedXml) return `XML, ${error.offset} : ${error.why}`.replaceAll('\n', ' ')
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'EIO'
}

function parsedBy<Value>(parse: (text: string) => Value, text: string) {
  try {
    return { ok: true, value: parse(text) } as const
  } catch (error) {
    if (!(error instanceof MalformedXml)) throw error
    return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: reasonOf(error) }) } as const
  }
}

/** The sequences of the list in its order, then folders with a `ts.xml` that it does not name. */
function sequenceIds(listed: readonly ListEntry[], inControl: readonly string[], control: string) {
  const found = new Map<string, { id: string; entry: ListEntry | null; isTwice: boolean }>()
  for (const [index, entry] of listed.entries()) {
    const id = field(entry, 'ID') || entry.guid
    const isTwice = found.has(id.toLowerCase())
    found.set(isTwice ? `${id.toLowerCase()}/${index}` : id.toLowerCase(), { id, entry, isTwice })
  }
  for (const path of inControl) {
    const [folder = '', name, ...deeper] = path.slice(control.length).split('/')
    if (name?.toLowerCase() !== 'ts.xml' || deeper.length > 0 || found.has(folder.toLowerCase())) continue
    found.set(folder.toLowerCase(), { id: folder, entry: null, isTwice: false })
  }
  return [...found.values()]
}

/** Paths, from the share's root on, of scripts that steps and applications start. */
function scriptNames(sequences: readonly ShareSequence[], applications: readonly ListEntry[]): string[] {
  const steps = sequences.flatMap(({ steps }) => (steps === null ? [] : nodesOf(steps.children)))
  const ofSteps = steps.flatMap((node) =>
    node.kind === 'step' ? scriptPathsOf(node.variables.get('scriptname') ?? node.action, 'Scripts') : [],
  )
  const ofApplications = applications.flatMap((entry) =>
    scriptPathsOf(field(entry, 'CommandLine'), sharePath(field(entry, 'WorkingDirectory'))),
  )
  return [...new Set([...ofSteps, ...ofApplications])]
}

function payloadOf(paths: readonly string[], control: string, root: string): Payload {
  if (!paths.some((path) => path.startsWith(root) && !path.startsWith(control))) return { is: 'unknown' }
  const all = new Set<string>()
  for (const path of paths) {
    if (!path.startsWith(root)) continue
    const parts = path.slice(root.length).toLowerCase().split('/')
    parts.forEach((_, index) => all.add(parts.slice(0, index + 1).join('/')))
  }
  return { is: 'listed', paths: all }
}
