import { openCompoundFile, type CompoundFile } from '../compound-file/read-compound-file.ts'
import type { PositionalReader } from '../positional-reader.ts'
import type { ProcessorArchitecture } from '../processor-architecture.ts'
import { MalformedMsi } from './malformed-msi.ts'
import { decodePropertyTable } from './property-table.ts'
import { unpackStreamName } from './stream-name.ts'
import { decodeStringPool } from './string-pool.ts'
import { decodeSummaryInformation, summaryStreamName, type SummaryInformation } from './summary-information.ts'

/** What a Windows Installer package says of itself. Texts are empty where it does not say. */
export type MsiPackage = {
  readonly productCode: string
  readonly productVersion: string
  readonly productName: string
  readonly manufacturer: string
  /** Stays the same from version to version. */
  readonly upgradeCode: string
  /** ProductLanguage, a Windows language id: 1036 is French of France, 0 none in particular. Null when it is not a number. */
  readonly language: number | null
  readonly architecture: ProcessorArchitecture | null
  /** ALLUSERS 1: for the whole machine; 2, or absent with other words: as the one who installs may. */
  readonly scope: 'machine' | 'user-or-machine' | 'user'
  readonly properties: ReadonlyMap<string, string>
  readonly summary: SummaryInformation
}

const longestPool = 64 * 1024 * 1024
const longestTable = 16 * 1024 * 1024
const longestSummary = 1024 * 1024

/**
 * Reads what an MSI is: its Property table and its summary information.
 *
 * @throws MalformedCompoundFile for what is no compound file or a damaged one
 * @throws MalformedMsi for one without a database, as patches (.msp) and Office documents are
 */
export async function readMsi(reader: PositionalReader): Promise<MsiPackage> {
  const file = await openCompoundFile(reader)
  const stream = streamsOf(file)
  const pool = decodeStringPool(await stream('!_StringPool', longestPool), await stream('!_StringData', longestPool))
  const properties = decodePropertyTable(await stream('!Property', longestTable), pool)
  const summary = decodeSummaryInformation((await file.read(summaryStreamName, longestSummary)) ?? new Uint8Array())
  const property = (name: string): string => properties.get(name) ?? ''
  const language = property('ProductLanguage')
  return {
    productCode: property('ProductCode'),
    productVersion: property('ProductVersion'),
    productName: property('ProductName'),
    manufacturer: property('Manufacturer'),
    upgradeCode: property('UpgradeCode'),
    language: /^\d{1,5}$/.test(language) ? Number(language) : null,
    architecture: architectureOf(summary.template),
    scope: scopeOf(property('ALLUSERS')),
    properties,
    summary,
  }
}

function streamsOf(file: CompoundFile): (name: string, atMost: number) => Promise<Uint8Array> {
  const packed = new Map(file.names.map((name) => [unpackStreamName(name), name]))
  return async (name, atMost) => {
    const bytes = await file.read(packed.get(name) ?? name, atMost)
    if (bytes === null) throw new MalformedMsi(name.slice(1), 'the file has no such table')
    return bytes
  }
}

/** "Template Summary property": empty means Intel; a list of processors is from times of Alpha, its first is taken. */
function architectureOf(template: string): ProcessorArchitecture | null {
  const processor = template.split(';')[0]?.split(',')[0]?.trim().toLowerCase() ?? ''
  const known: Readonly<Record<string, ProcessorArchitecture>> = {
    '': 'x86',
    intel: 'x86',
    x64: 'x64',
    amd64: 'x64',
    arm64: 'arm64',
  }
  return known[processor] ?? null
}

/** "ALLUSERS property": without it msiexec installs for the user who runs it, which at a run's time is SYSTEM. */
function scopeOf(allUsers: string): MsiPackage['scope'] {
  if (allUsers === '1') return 'machine'
  return allUsers === '2' ? 'user-or-machine' : 'user'
}
