import type { Disk } from '../../protocol/inventory.ts'

type Health = Disk['health']

export const unknownHealth: Health = {
  verdict: 'unknown',
  percentUsed: null,
  powerOnHours: null,
  temperatureCelsius: null,
  mediaErrors: null,
}

/** From here on an SSD has used up what its maker promised, or nearly. */
const wornPercent = 90
/** SMART attributes that count sectors given up (reallocated, pending, uncorrectable): on an old disk the first sign of its end. */
const badSectorAttributes = [5, 197, 198]

/** What `smartctl --json --all` prints of an NVMe or ATA disk; `unknownHealth` for anything else. Never throws. */
export function readSmartctl(json: string): Health {
  const root = parse(json)
  const nvme = field(root, 'nvme_smart_health_information_log')
  const passed = field(root, 'smart_status', 'passed')
  if (nvme !== undefined) return judge(nvmeLog(nvme), passed !== false)
  const attributes = field(root, 'ata_smart_attributes', 'table')
  const table = Array.isArray(attributes) ? attributes : []
  if (typeof passed !== 'boolean' && table.length === 0) return unknownHealth
  const raw = (id: number): number | null =>
    number(
      field(
        table.find((row) => field(row, 'id') === id),
        'raw',
        'value',
      ),
    )
  const errors = badSectorAttributes.map(raw).filter((value) => value !== null)
  return judge(
    {
      percentUsed: null,
      powerOnHours: number(field(root, 'power_on_time', 'hours')),
      temperatureCelsius: number(field(root, 'temperature', 'current')),
      mediaErrors: errors.length === 0 ? null : errors.reduce((total, value) => total + value, 0),
    },
    passed !== false,
  )
}

/** What `nvme smart-log --output-format=json` prints; temperatures are in kelvin. Never throws. */
export function readNvmeSmartLog(json: string): Health {
  const root = parse(json)
  if (field(root, 'power_on_hours') === undefined) return unknownHealth
  const warning = number(field(root, 'critical_warning')) ?? number(field(root, 'critical_warning', 'value')) ?? 0
  const kelvin = number(field(root, 'temperature'))
  const log = nvmeLog(root)
  return judge({ ...log, temperatureCelsius: kelvin === null ? null : kelvin - 273 }, warning === 0)
}

function nvmeLog(log: unknown): Omit<Health, 'verdict'> {
  return {
    percentUsed: number(field(log, 'percentage_used')) ?? number(field(log, 'percent_used')),
    powerOnHours: number(field(log, 'power_on_hours')),
    temperatureCelsius: number(field(log, 'temperature')),
    mediaErrors: number(field(log, 'media_errors')),
  }
}

function judge(facts: Omit<Health, 'verdict'>, trusted: boolean): Health {
  if (!trusted) return { verdict: 'failing', ...facts }
  const worn = (facts.percentUsed ?? 0) >= wornPercent || (facts.mediaErrors ?? 0) > 0
  return { verdict: worn ? 'worn' : 'good', ...facts }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function field(value: unknown, ...path: string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = new Map(Object.entries(current)).get(key)
  }
  return current
}

/** nvme-cli prints large counters as texts in some versions. */
function number(value: unknown): number | null {
  const amount = typeof value === 'string' ? Number(value) : value
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : null
}
