import { entriesOf, type InfDocument, type InfEntry } from './document.ts'
import type { DriverVer } from './driver-ver.ts'
import { readInstallSection, type InstallSection } from './install-section.ts'
import type { ReportProblem } from './problem.ts'
import type { Expand } from './strings.ts'
import { anyOs, architectureOf, parseTargetOs, type InfArchitecture, type TargetOs } from './target-os.ts'

/** One device an INF serves. Ids are in upper case, as Windows compares them. */
export type InfModel = {
  readonly description: string
  /** The undecorated name of its DDInstall section. */
  readonly install: string
  readonly hardwareId: string | null
  readonly compatibleIds: readonly string[]
  /** Devices that must not take this driver though an id fits. */
  readonly excludedIds: readonly string[]
  /** 0 to 255, the lower the better; 255 where the INF says nothing. */
  readonly featureScore: number
  /** Of its DDInstall section where that has one, else of [Version]. */
  readonly driverVer: DriverVer
  readonly line: number
}

/** One models section and the Windows it is for. */
export type InfModelsSection = { readonly target: TargetOs; readonly models: readonly InfModel[] }

/** One entry of [Manufacturer]: of its sections Windows uses one. */
export type InfManufacturer = { readonly name: string; readonly sections: readonly InfModelsSection[] }

/** More than any real INF has; a [Manufacturer] that names one long section again and again stops here. */
const maxModels = 50_000

type Source = {
  readonly document: InfDocument
  readonly expand: Expand
  readonly report: ReportProblem
  /** That of [Version]. */
  readonly driverVer: DriverVer
}
type Reading = Source & { readonly installs: Map<string, InstallSection>; room: number }

/** Reads [Manufacturer] and the models sections it names ("INF Manufacturer Section", "INF Models Section"). */
export function readManufacturers(source: Source): InfManufacturer[] {
  const reading: Reading = { ...source, installs: new Map(), room: maxModels }
  const entries = entriesOf(reading.document, 'manufacturer')
  if (entries.length === 0) reading.report('INF_NO_MANUFACTURER', 0, '')
  return entries.map((entry) => readManufacturer(reading, entry))
}

function readManufacturer(reading: Reading, entry: InfEntry): InfManufacturer {
  const { expand, report } = reading
  const [first = '', ...decorations] = entry.values.map((value) => expand(value, entry.line).trim())
  // An entry without `=` is maker and section in one.
  const name = expand(entry.key ?? first, entry.line)
  const sections = decorations.flatMap((decoration): InfModelsSection[] => {
    if (decoration === '') return []
    const target = parseTargetOs(decoration)
    if (target !== null) return readSection(reading, entry.line, `${first}.${decoration}`, target)
    report('INF_TARGET_MALFORMED', entry.line, decoration.slice(0, 80))
    return []
  })
  const bare =
    decorations.length === 0 || reading.document.has(first.toLowerCase())
      ? readSection(reading, entry.line, first, anyOs)
      : []
  return { name, sections: [...bare, ...sections] }
}

function readSection(reading: Reading, line: number, name: string, target: TargetOs): InfModelsSection[] {
  if (!reading.document.has(name.toLowerCase())) {
    reading.report('INF_MODELS_MISSING', line, name.slice(0, 120))
    return []
  }
  const entries = entriesOf(reading.document, name)
  if (entries.length > reading.room) reading.report('INF_TOO_MANY_MODELS', line, name.slice(0, 120))
  const read = entries.slice(0, reading.room)
  reading.room -= read.length
  const models = read.flatMap((entry) => readModel(reading, entry, target))
  return [{ target, models }]
}

function readModel(reading: Reading, { key, values, line }: InfEntry, target: TargetOs): InfModel[] {
  const { expand, report } = reading
  const [install = '', hardwareId = '', ...compatible] = values.map((value) => expand(value, line).trim())
  const description = expand(key ?? install, line)
  const compatibleIds = compatible.filter((id) => id !== '').map((id) => id.toUpperCase())
  if (hardwareId === '' && compatibleIds.length === 0) {
    report('INF_HARDWARE_ID_MISSING', line, description.slice(0, 80))
    return []
  }
  const { excludedIds, featureScore, driverVer } = installOf(reading, install, architectureOf(target))
  return [
    {
      description,
      install,
      hardwareId: hardwareId === '' ? null : hardwareId.toUpperCase(),
      compatibleIds,
      excludedIds,
      featureScore,
      driverVer: driverVer ?? reading.driverVer,
      line,
    },
  ]
}

function installOf(reading: Reading, name: string, architecture: InfArchitecture): InstallSection {
  const key = `${architecture} ${name}`
  const known = reading.installs.get(key)
  if (known !== undefined) return known
  const read = readInstallSection(reading, name, architecture)
  reading.installs.set(key, read)
  return read
}
