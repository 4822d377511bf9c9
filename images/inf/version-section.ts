import { entryOf, type InfDocument } from './document.ts'
import type { ReportProblem } from './problem.ts'
import type { Expand } from './strings.ts'

/** What [Version] says of a driver; null where it says nothing. */
export type InfVersion = {
  readonly signature: string | null
  readonly className: string | null
  /** In braces and lower case. */
  readonly classGuid: string | null
  readonly provider: string | null
  /** `2024-03-21`, from DriverVer. */
  readonly date: string | null
  /** `32.0.101.5768`, from DriverVer. */
  readonly driverVersion: string | null
  readonly catalogFile: string | null
  readonly pnpLockdown: boolean
  /** Extension INFs only: which extension this is, in braces and lower case. */
  readonly extensionId: string | null
}

/** Reads [Version] ("INF Version Section"); the catalogue may stand under a decorated key as `CatalogFile.NTamd64`. */
export function readVersion(document: InfDocument, expand: Expand, report: ReportProblem): InfVersion {
  const text = (key: string): string | null => {
    const entry = entryOf(document, 'version', key)
    return entry === undefined ? null : expand(entry.values.join(','), entry.line).trim() || null
  }
  const signature = text('Signature')
  if (!['$windows nt$', '$windows 95$', '$chicago$'].includes(signature?.toLowerCase() ?? '')) {
    report('INF_SIGNATURE_UNKNOWN', entryOf(document, 'version', 'Signature')?.line ?? 0, signature ?? '')
  }
  const catalogs = ['CatalogFile', 'CatalogFile.NTamd64', 'CatalogFile.NT', 'CatalogFile.NTarm64', 'CatalogFile.NTx86']
  return {
    signature,
    className: text('Class'),
    classGuid: text('ClassGuid')?.toLowerCase() ?? null,
    provider: text('Provider'),
    ...readDriverVer(document, expand, report),
    catalogFile: catalogs.map(text).find((name) => name !== null) ?? null,
    pnpLockdown: text('PnpLockdown') === '1',
    extensionId: text('ExtensionId')?.toLowerCase() ?? null,
  }
}

type DriverVer = Pick<InfVersion, 'date' | 'driverVersion'>

/** `DriverVer = mm/dd/yyyy[,w.x.y.z]`, each part of the version below 65536 ("INF DriverVer Directive"). */
function readDriverVer(document: InfDocument, expand: Expand, report: ReportProblem): DriverVer {
  const entry = entryOf(document, 'version', 'DriverVer')
  if (entry === undefined) return { date: null, driverVersion: null }
  const [day = '', version = ''] = entry.values.map((value) => expand(value, entry.line).trim())
  const date = isoDate(day)
  const driverVersion = isVersion(version) ? version : null
  if (date === null || (version !== '' && driverVersion === null)) {
    report('INF_DRIVER_VERSION_MALFORMED', entry.line, entry.values.join(',').slice(0, 80))
  }
  return { date, driverVersion }
}

function isoDate(text: string): string | null {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (year === '' || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function isVersion(text: string): boolean {
  return /^\d{1,5}(\.\d{1,5}){0,3}$/.test(text) && text.split('.').every((part) => Number(part) < 65_536)
}
