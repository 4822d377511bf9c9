import { entriesOf, type InfDocument } from './document.ts'
import { readDriverVer, type DriverVer } from './driver-ver.ts'
import type { ReportProblem } from './problem.ts'
import type { Expand } from './strings.ts'
import type { InfArchitecture } from './target-os.ts'

/** Of a DDInstall section, what decides whether and how well its driver fits, and how old it is. */
export type InstallSection = {
  readonly excludedIds: readonly string[]
  readonly featureScore: number
  /** Null where it has none of its own: then that of [Version] counts ("INF DriverVer Directive"). */
  readonly driverVer: DriverVer | null
}

type Source = { readonly document: InfDocument; readonly expand: Expand; readonly report: ReportProblem }

const noFeatureScore = 0xff

/**
 * Reads the DDInstall section Windows uses on an architecture ("INF DDInstall Section"): the platform's own, else `.nt`,
 * else the bare one.
 */
export function readInstallSection(
  { document, expand, report }: Source,
  install: string,
  architecture: InfArchitecture,
): InstallSection {
  const name = [`${install}.nt${architecture}`, `${install}.nt`, install].find((one) => document.has(one.toLowerCase()))
  const entries = name === undefined ? [] : entriesOf(document, name)
  const valuesOf = (key: string): string[] =>
    entries
      .filter((entry) => entry.key?.toLowerCase() === key)
      .flatMap(({ values, line }) => values.map((value) => expand(value, line).trim()))
  // Hexadecimal, as `FD`, `0xFD` or `xFD`.
  const score = /^(?:0?x)?([0-9a-f]{1,2})$/i.exec(valuesOf('featurescore')[0] ?? '')?.[1]
  const driverVer = entries.find((entry) => entry.key?.toLowerCase() === 'driverver')
  return {
    excludedIds: valuesOf('excludeid')
      .filter((id) => id !== '')
      .map((id) => id.toUpperCase()),
    featureScore: score === undefined ? noFeatureScore : Number.parseInt(score, 16),
    driverVer: driverVer === undefined ? null : readDriverVer(driverVer, expand, report),
  }
}

/**
 * The hardware ids of the software components an INF creates: `ComponentIDs` of its AddComponent sections, as the bus
 * SWC shows them ("INF AddComponent Directive").
 */
export function readComponentIds(document: InfDocument, expand: Expand): string[] {
  const ids = [...document.values()].flatMap((entries) =>
    entries
      .filter(({ key }) => key?.toLowerCase() === 'componentids')
      .flatMap(({ values, line }) => values.map((value) => expand(value, line).trim().toUpperCase())),
  )
  return [
    ...new Set(ids.filter((id) => id !== '').map((id) => (id.startsWith('SWC\\') ? id : `SWC\\${id}`))),
  ].toSorted()
}
