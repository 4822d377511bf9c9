import { filesBeside } from '../../../images/driver-packs/pack-files.ts'
import type { DriverMatch } from '../../../images/driver-packs/match-drivers.ts'
import { installOrder } from '../../../images/software/needs.ts'
import type { FileProblem } from '../../../text/yaml/problem.ts'
import { suggest } from '../../../text/suggestion.ts'
import type { DriverPackEntry } from '../drivers/driver-packs.ts'
import type { ListedFile } from '../files/file-tree.ts'
import type { ProfileEntry } from '../profiles/profiles.ts'
import type { SoftwareEntry } from '../software/software.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { catalogueRefusal } from '../errors.ts'

/** A package that a run takes, with the installer that was found. */
export type ChosenSoftware = { entry: SoftwareEntry; manifest: NonNullable<SoftwareEntry['manifest']> }

/** The packages asked for and all they need, in the order to install. Throws Refusal SOFTWARE_…. Pure. */
export function chooseSoftware(asked: readonly string[], all: readonly SoftwareEntry[]): ChosenSoftware[] {
  const known = new Map(all.map((entry) => [entry.id, entry]))
  for (const id of asked)
    if (!known.has(id)) throw catalogueRefusal('SOFTWARE_NOT_FOUND', { id, suggestion: suggest(id, known.keys()) })
  const order = installOrder(asked, new Map(all.map(({ id, manifest }) => [id, manifest ?? {}])))
  // Without an order each package on the way has a problem of its own, and that one is reported.
  const ids = order.ok ? order.order : asked
  return ids.map((id) => {
    const entry = known.get(id)
    if (entry === undefined) throw catalogueRefusal('SOFTWARE_NOT_FOUND', { id, suggestion: suggest(id, known.keys()) })
    return usable(entry)
  })
}

function usable(entry: SoftwareEntry): ChosenSoftware {
  const { id, manifest, state, problems } = entry
  if (manifest === null || state.kind === 'invalid')
    throw catalogueRefusal('SOFTWARE_INVALID', { id, ...mistake(problems[0]) })
  const { name, source, installer } = manifest
  if (state.kind === 'installer-missing')
    throw catalogueRefusal('SOFTWARE_INSTALLER_MISSING', { id, name, file: installer.file, whereFrom: source.where })
  if (state.kind === 'installer-ambiguous')
    throw catalogueRefusal('SOFTWARE_INSTALLER_AMBIGUOUS', { id, name, files: state.paths.join(', ') })
  // The agent gets the name the file really has.
  return { entry, manifest: { ...manifest, installer: { ...installer, file: state.installer } } }
}

/** The profile of this id. Throws Refusal PROFILE_NOT_FOUND, PROFILE_PROTECTED, PROFILE_INVALID. Pure. */
export function chooseProfile(id: string, all: readonly ProfileEntry[]) {
  const entry = all.find((one) => one.id === id)
  if (entry === undefined)
    throw catalogueRefusal('PROFILE_NOT_FOUND', {
      id,
      suggestion: suggest(
        id,
        all.map((one) => one.id),
      ),
    })
  const { profile, version, problems } = entry
  const isProtected = problems.find(({ code }) => code === 'FILE_ITEM_PROTECTED')
  if (isProtected !== undefined)
    throw catalogueRefusal('PROFILE_PROTECTED', {
      id,
      name: String(isProtected.params['name']),
      line: isProtected.line,
    })
  if (profile === null) throw catalogueRefusal('PROFILE_INVALID', { id, ...mistake(problems[0]) })
  return { id, version, profile }
}

/** INFs of a pack, and every file that goes with them. */
export type ChosenDrivers = { pack: string; infs: string[]; files: ListedFile[] }

/** Whole packs by name. Throws Refusal DRIVER_PACK_NOT_FOUND, DRIVER_PACK_INVALID, DRIVER_PACK_EMPTY. Pure. */
export function choosePacks(names: readonly string[], all: readonly DriverPackEntry[]): ChosenDrivers[] {
  return [...new Set(names)].map((name) => {
    const entry = all.find((one) => one.name === name)
    if (entry === undefined)
      throw catalogueRefusal('DRIVER_PACK_NOT_FOUND', {
        name,
        suggestion: suggest(
          name,
          all.map((one) => one.name),
        ),
      })
    const infs = entry.pack.drivers.map(({ inf }) => inf)
    if (infs.length === 0) throw catalogueRefusal('DRIVER_PACK_EMPTY', { name })
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
  throw catalogueRefusal('DRIVER_PACK_INVALID', { name: entry.name, reason: problem.message })
}

/** What every refusal of a file with a mistake names: its line, and what is wrong there. */
function mistake(problem: FileProblem | undefined): { line: number; reason: Sentence } {
  return { line: problem?.line ?? 1, reason: problem?.message ?? { fr: '', en: '' } }
}
