import { filesBeside } from '../../../images/driver-packs/pack-files.ts'
import type { DriverMatch } from '../../../images/driver-packs/match-drivers.ts'
import { installOrder } from '../../../images/software/needs.ts'
import type { FileProblem } from '../../../text/yaml/problem.ts'
import { suggest } from '../../../text/suggestion.ts'
import { Refusal } from '../../refusal.ts'
import type { DriverPackEntry } from '../drivers/driver-packs.ts'
import type { ListedFile } from '../files/file-tree.ts'
import type { ProfileEntry } from '../profiles/profiles.ts'
import type { SoftwareEntry } from '../software/software.ts'

/** A package that a run takes, with the installer that was found. */
export type ChosenSoftware = { entry: SoftwareEntry; manifest: NonNullable<SoftwareEntry['manifest']> }

/** The packages asked for and all they need, in the order to install. Throws Refusal SOFTWARE_…. Pure. */
export function chooseSoftware(asked: readonly string[], all: readonly SoftwareEntry[]): ChosenSoftware[] {
  const known = new Map(all.map((entry) => [entry.id, entry]))
  for (const id of asked) if (!known.has(id)) throw unknown('SOFTWARE_NOT_FOUND', 'id', id, known.keys())
  const order = installOrder(asked, new Map(all.map(({ id, manifest }) => [id, manifest ?? {}])))
  // What stands in the way of an order is a problem of each package on the way to it, too.
  const ids = order.ok ? order.order : asked
  return ids.map((id) => {
    const entry = known.get(id)
    if (entry === undefined) throw unknown('SOFTWARE_NOT_FOUND', 'id', id, known.keys())
    return usable(entry)
  })
}

function usable(entry: SoftwareEntry): ChosenSoftware {
  const { id, manifest, state, problems } = entry
  if (manifest === null || state.kind === 'invalid') throw withProblem('SOFTWARE_INVALID', { id }, problems[0])
  const { name, source, installer } = manifest
  if (state.kind === 'installer-missing')
    throw new Refusal('SOFTWARE_INSTALLER_MISSING', { id, name, file: installer.file, ...source.words })
  if (state.kind === 'installer-ambiguous')
    throw new Refusal('SOFTWARE_INSTALLER_AMBIGUOUS', { id, name, files: state.paths.join(', ') })
  // The agent gets the name the file really has.
  return { entry, manifest: { ...manifest, installer: { ...installer, file: state.installer } } }
}

/** The profile of this id. Throws Refusal PROFILE_NOT_FOUND, PROFILE_PROTECTED, PROFILE_INVALID. Pure. */
export function chooseProfile(id: string, all: readonly ProfileEntry[]) {
  const entry = all.find((one) => one.id === id)
  if (entry === undefined)
    throw unknown(
      'PROFILE_NOT_FOUND',
      'id',
      id,
      all.map((one) => one.id),
    )
  const { profile, version, problems } = entry
  const isProtected = problems.find(({ code }) => code === 'FILE_ITEM_PROTECTED')
  if (isProtected !== undefined)
    throw new Refusal('PROFILE_PROTECTED', { id, name: isProtected.params['name'] ?? '', line: isProtected.line })
  if (profile === null) throw withProblem('PROFILE_INVALID', { id }, problems[0])
  return { id, version, profile }
}

/** INFs of a pack, and every file that goes with them. */
export type ChosenDrivers = { pack: string; infs: string[]; files: ListedFile[] }

/** Whole packs by name. Throws Refusal DRIVER_PACK_NOT_FOUND, DRIVER_PACK_INVALID, DRIVER_PACK_EMPTY. Pure. */
export function choosePacks(names: readonly string[], all: readonly DriverPackEntry[]): ChosenDrivers[] {
  return [...new Set(names)].map((name) => {
    const entry = all.find((one) => one.name === name)
    if (entry === undefined)
      throw unknown(
        'DRIVER_PACK_NOT_FOUND',
        'name',
        name,
        all.map((one) => one.name),
      )
    const infs = entry.pack.drivers.map(({ inf }) => inf)
    if (infs.length === 0) throw new Refusal('DRIVER_PACK_EMPTY', { name })
    return { pack: name, infs, files: sound(entry).files }
  })
}

/** What a match chose, pack by pack. Throws Refusal DRIVER_PACK_INVALID. Pure. */
export function chooseMatching({ drivers }: DriverMatch, all: readonly DriverPackEntry[]): ChosenDrivers[] {
  return all.flatMap((entry) => {
    const infs = drivers.filter(({ pack }) => pack.name === entry.name).map(({ driver }) => driver.inf)
    return infs.length === 0 ? [] : [{ pack: entry.name, infs, files: filesBeside(infs, sound(entry).files) }]
  })
}

function sound(entry: DriverPackEntry): DriverPackEntry {
  const [problem] = entry.problems
  if (problem === undefined) return entry
  throw withProblem('DRIVER_PACK_INVALID', { name: entry.name }, problem)
}

function unknown(code: string, key: 'id' | 'name', value: string, known: Iterable<string>): Refusal {
  return new Refusal(code, { [key]: value, suggestion: suggest(value, known) ?? '' })
}

function withProblem(code: string, what: Record<string, string>, problem: FileProblem | undefined): Refusal {
  const { fr = '', en = '' } = problem?.message ?? {}
  return new Refusal(code, { ...what, line: problem?.line ?? 1, fr, en })
}
