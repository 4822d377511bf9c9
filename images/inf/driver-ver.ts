import type { InfEntry } from './document.ts'
import type { ReportProblem } from './problem.ts'
import type { Expand } from './strings.ts'

/** The date and version of a driver; null where it has none. */
export type DriverVer = {
  /** `2024-03-21` */
  readonly date: string | null
  /** `32.0.101.5768` */
  readonly driverVersion: string | null
}

/**
 * Reads an entry `DriverVer = mm/dd/yyyy[,w.x.y.z]`, each part of the version below 65536 ("INF DriverVer Directive").
 * Both are null when there is none.
 */
export function readDriverVer(entry: InfEntry | undefined, expand: Expand, report: ReportProblem): DriverVer {
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
