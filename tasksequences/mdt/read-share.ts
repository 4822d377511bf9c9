import { decodeInf } from '../../images/inf/encoding.ts'
import { MalformedXml } from '../../images/xml/malformed-xml.ts'
import { readAnswerFile, type AnswerPart } from './answer-file.ts'
import { parseIni } from './ini.ts'
import { readList, type ListEntry } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { sharePath, type ControlFile, type Share, type ShareSequence, type ShareSource } from './share.ts'
import { nodesOf, readTaskSequence } from './task-sequence-file.ts'
import type { listNames, rulesNames } from './control-folder.ts'
import { findControl, nameOf, payloadOf, scriptNames, sequenceIds } from './control-folder.ts'

const MiB = 1024 * 1024

const largestFile = 32 * MiB

const largestScript = 64 * 1024

const mostSequences = 500

const mostScripts = 200

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
