import { entryOf, type InfDocument } from './document.ts'
import { readDriverVer, type DriverVer } from './driver-ver.ts'
import type { ReportProblem } from './problem.ts'
import type { Expand } from './strings.ts'

/** What [Version] says of a driver; null where it says nothing. */
export type InfVersion = DriverVer & {
  readonly signature: string | null
  readonly className: string | null
  /** In braces and lower case. */
  readonly classGuid: string | null
  readonly provider: string | null
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
    ...readDriverVer(entryOf(document, 'version', 'DriverVer'), expand, report),
    catalogFile: catalogs.map(text).find((name) => name !== null) ?? null,
    pnpLockdown: text('PnpLockdown') === '1',
    extensionId: text('ExtensionId')?.toLowerCase() ?? null,
  }
}
