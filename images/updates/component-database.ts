import { decodeInf } from '../inf/encoding.ts'
import { MalformedXml } from '../xml/malformed-xml.ts'
import { readXml, type XmlElement } from '../xml/xml-reader.ts'
import type { PackageIdentity } from './package-identity.ts'
import { processorOf, type UpdateKind } from './update-file.ts'

/** Kinds as a component database calls its feature. */
const kinds: ReadonlyMap<string, UpdateKind> = new Map([
  ['CumulativeUpdate', 'cumulative'],
  ['ServicingStackUpdate', 'servicing-stack'],
])

/**
 * Reads what a component database of an update says: since checkpoints an MSU has one for each package in it. Microsoft
 * documents it nowhere; what is read here is what people who have opened real ones wrote down of it: `BuildArch`,
 * `TargetOSVersion`, and the feature's `Type` and `FeatureID`. One whose own type is `Build` describes a Windows and no
 * update. Total: what is none gives null.
 */
export function decodeComponentDatabase(bytes: Uint8Array): PackageIdentity | null {
  const root = xmlIn(bytes)
  if (root === null || localName(root) !== 'CompDB' || root.attributes.get('Type') !== 'BuildUpdate') return null
  const feature = firstNamed(root, 'Feature')
  const build = /^\d+\.\d+\.(\d{5,6}\.\d{1,6})$/.exec(root.attributes.get('TargetOSVersion') ?? '')?.[1]
  return {
    kind: kinds.get(feature?.attributes.get('Type') ?? '') ?? 'other',
    kb: /KB\d{5,8}(?!\d)/.exec(feature?.attributes.get('FeatureID') ?? '')?.[0] ?? null,
    architecture: processorOf(root.attributes.get('BuildArch') ?? ''),
    build: build ?? null,
  }
}

/** `LCUCompDB_KB5055523.xml.cab`: what the name alone says, where the database is packed in a way we do not read. */
const kindsByName: ReadonlyArray<readonly [RegExp, UpdateKind]> = [
  [/^LCU/i, 'cumulative'],
  [/^SSU/i, 'servicing-stack'],
  [/^(?:SafeOSDU|SetupDU)/i, 'dynamic'],
  [/^DotNet/i, 'dotnet'],
  [/./, 'other'],
]

/** Reads the name of a component database; null for other files. Total. */
export function readDatabaseName(name: string): PackageIdentity | null {
  const [, prefix, kb] = /^(\w*?)CompDB_(KB\d{5,8})(?=[._])/i.exec(name) ?? []
  if (prefix === undefined || kb === undefined) return null
  const kind = kindsByName.find(([pattern]) => pattern.test(prefix))?.[1] ?? 'other'
  return { kind, kb: kb.toUpperCase(), architecture: null, build: null }
}

function xmlIn(bytes: Uint8Array): XmlElement | null {
  try {
    return readXml(decodeInf(bytes).text)
  } catch (error) {
    if (error instanceof MalformedXml) return null
    throw error
  }
}

function firstNamed(element: XmlElement, name: string): XmlElement | undefined {
  if (localName(element) === name) return element
  for (const child of element.children) {
    const found = firstNamed(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1)
}
