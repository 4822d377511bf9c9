import { controlReader, type ControlReader } from './control-reader.ts'
import { readAnswerFile, type AnswerPart } from './answer-file.ts'
import { parseIni } from './ini.ts'
import { readList, type ListEntry } from './list-file.ts'
import { remark } from './remarks.ts'
import { sharePath, type Share, type ShareSequence, type ShareSource } from './share.ts'
import { nodesOf, readTaskSequence } from './task-sequence-file.ts'
import {
  findControl,
  nameOf,
  payloadOf,
  scriptNames,
  sequenceIds,
  type listNames,
  type rulesNames,
} from './control-folder.ts'

const largestScript = 64 * 1024

const mostSequences = 500

const mostScripts = 200

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

  const shown = (path: string): string => (control === '' ? `Control/${path}` : path.slice(root.length))
  const { files, take, leave, readText } = controlReader(source, sizes, shown)
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

  const sequences = await readSequences({ listed, inControl, control }, { take, leave })

  const seen = new Set(files.map(({ path }) => path))
  for (const path of inControl) if (!seen.has(shown(path))) leave(path, remark('MDT_FILE_UNUSED'))

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

type Place = {
  readonly listed: readonly ListEntry[]
  readonly inControl: readonly string[]
  readonly control: string
}

/** Each sequence with its `ts.xml` and `Unattend.xml`, where they are there. */
async function readSequences(
  { listed, inControl, control }: Place,
  { take, leave }: Pick<ControlReader, 'take' | 'leave'>,
): Promise<ShareSequence[]> {
  const byName = new Map(inControl.map((path) => [path.slice(control.length).toLowerCase(), path] as const))
  const sequences: ShareSequence[] = []
  for (const { id, entry, isTwice } of sequenceIds(listed, inControl, control)) {
    const find = (name: string): string | undefined => (isTwice ? undefined : byName.get(`${id.toLowerCase()}/${name}`))
    const [stepsPath, answerPath] = [find('ts.xml'), find('unattend.xml')]
    if (sequences.length >= mostSequences) {
      for (const path of [stepsPath, answerPath])
        if (path !== undefined) leave(path, remark('MDT_TOO_MANY', { limit: mostSequences }))
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
  return sequences
}
