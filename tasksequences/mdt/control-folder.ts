import { field, type ListEntry } from './list-file.ts'
import { sharePath, type Payload, type ShareSequence } from './share.ts'
import { nodesOf } from './task-sequence-file.ts'
import { scriptPathsOf } from './command-line.ts'

/** What `Control` holds beside the folders of sequences, in small letters. */
export const listNames = [
  ...['operatingsystems.xml', 'applications.xml', 'drivers.xml', 'drivergroups.xml', 'packages.xml'],
  ...['selectionprofiles.xml', 'tasksequences.xml'],
] as const

/** The rules files, in small letters. */
export const rulesNames = ['customsettings.ini', 'bootstrap.ini'] as const

/** Where the `Control` folder begins; empty text for a listing of its inside. Null when there is none. */
export function findControl(paths: readonly string[]): string | null {
  const telling = new Set<string>([...listNames, ...rulesNames])
  const found = paths.filter((path) => telling.has(nameOf(path))).map((path) => path.slice(0, -nameOf(path).length))
  const named = found.filter((folder) => folder === '' || /(^|\/)control\/$/i.test(folder))
  const byDepth = (one: string, other: string): number =>
    one.split('/').length - other.split('/').length || (one < other ? -1 : 1)
  return (named.length > 0 ? named : found).toSorted(byDepth)[0] ?? null
}

/** The last name of a path, in small letters. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase()
}

/** The sequences of the list in its order, then folders with a `ts.xml` that it does not name. */
export function sequenceIds(listed: readonly ListEntry[], inControl: readonly string[], control: string) {
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
export function scriptNames(sequences: readonly ShareSequence[], applications: readonly ListEntry[]): string[] {
  const steps = sequences.flatMap(({ steps }) => (steps === null ? [] : nodesOf(steps.children)))
  const ofSteps = steps.flatMap((node) =>
    node.kind === 'step' ? scriptPathsOf(node.variables.get('scriptname') ?? node.action, 'Scripts') : [],
  )
  const ofApplications = applications.flatMap((entry) =>
    scriptPathsOf(field(entry, 'CommandLine'), sharePath(field(entry, 'WorkingDirectory'))),
  )
  return [...new Set([...ofSteps, ...ofApplications])]
}

/** What lies beside `Control`, by the listing. */
export function payloadOf(paths: readonly string[], control: string, root: string): Payload {
  if (!paths.some((path) => path.startsWith(root) && !path.startsWith(control))) return { is: 'unknown' }
  const all = new Set<string>()
  for (const path of paths) {
    if (!path.startsWith(root)) continue
    const parts = path.slice(root.length).toLowerCase().split('/')
    parts.forEach((_, index) => all.add(parts.slice(0, index + 1).join('/')))
  }
  return { is: 'listed', paths: all }
}
