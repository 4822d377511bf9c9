import type { InfModel, InfModelsSection } from '../inf/models.ts'
import { readInf, type Inf } from '../inf/read-inf.ts'
import { architectureOf } from '../inf/target-os.ts'
import type { BoardModel, DriverKind, DriverPack, InfFile, PackDriver, PackProblem } from './driver-pack.ts'

/** Setup classes of Windows 10 that install no device's own driver. */
const extensionClass = '{e2f84ce7-8efa-411c-aa69-97454ca4cb57}'
const componentClass = '{5c4c3332-344d-483c-8739-259e934c9cc8}'

type PackFolder = {
  readonly name: string
  readonly models: readonly BoardModel[]
  readonly files: readonly InfFile[]
}

/** Makes the index of a pack from its INFs; the order of the files does not matter. Never throws. */
export function indexPack({ name, models, files }: PackFolder): DriverPack {
  const drivers: PackDriver[] = []
  const withoutDevices: string[] = []
  const problems: PackProblem[] = []
  for (const { path, bytes } of files.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const inf = readInf(bytes)
    problems.push(...inf.problems.map((problem) => ({ ...problem, inf: path })))
    const driver = indexDriver(path, inf)
    if (driver.hardwareIds.length === 0) withoutDevices.push(path)
    else drivers.push(driver)
  }
  return { name, models, drivers, withoutDevices, problems }
}

function indexDriver(path: string, inf: Inf): PackDriver {
  const sections = inf.manufacturers.flatMap((manufacturer) => manufacturer.sections)
  const serving = sections.filter(({ models }) => models.length > 0)
  const ids = serving.flatMap(({ models }) => models.flatMap(idsOf))
  const { className, provider, driverVersion, date, extensionId } = inf.version
  return {
    inf: path,
    kind: kindOf(inf),
    className,
    provider,
    version: driverVersion,
    date,
    extensionId,
    hardwareIds: [...new Set(ids)].toSorted(),
    architectures: [...new Set(serving.map(({ target }) => architectureOf(target)))].toSorted(),
    osFrom: serving.length === 0 ? 0 : Math.min(...serving.map(leastBuild)),
    componentIds: inf.componentIds,
    manufacturers: inf.manufacturers,
  }
}

/** Every id a model answers to, the hardware id first. */
export function idsOf({ hardwareId, compatibleIds }: InfModel): string[] {
  return hardwareId === null ? [...compatibleIds] : [hardwareId, ...compatibleIds]
}

function leastBuild({ target }: InfModelsSection): number {
  return target.major === null || target.major >= 10 ? (target.build ?? 0) : 0
}

function kindOf({ version }: Inf): DriverKind {
  const name = version.className?.toLowerCase()
  if (version.classGuid === extensionClass || name === 'extension') return 'extension'
  return version.classGuid === componentClass || name === 'softwarecomponent' ? 'component' : 'device'
}
