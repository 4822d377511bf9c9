import { decodeInf } from '../inf/encoding.ts'
import { MalformedXml } from '../xml/malformed-xml.ts'
import { readXml, type XmlElement } from '../xml/xml-reader.ts'
import { processorOf, type UpdateFile, type UpdateKind } from './update-file.ts'

/** A package of Windows' servicing as its XML names it. */
export type PackageIdentity = Pick<UpdateFile, 'kb' | 'architecture' | 'build'> & { readonly kind: UpdateKind }

/**
 * Reads the packages that an XML names: the answer file of an MSU (`…-x64.xml`) tells servicing what to install, the
 * `update.mum` of a CAB is the package's own manifest. Total: what is no such XML names none.
 */
export function decodePackageIdentities(bytes: Uint8Array): readonly PackageIdentity[] {
  try {
    const root = readXml(decodeInf(bytes).text)
    const packages = elements(root, 'package')
    const own = root.name === 'assembly' ? root.children.filter(isIdentity) : []
    const identifier = packages.map(({ attributes }) => attributes.get('identifier') ?? '').find((one) => one !== '')
    const listed = packages.flatMap(({ children }) => children.filter(isIdentity))
    return (own.length > 0 ? own : listed).flatMap((element) => identityOf(element, identifier ?? ''))
  } catch (error) {
    if (error instanceof MalformedXml) return []
    throw error
  }
}

/** Kinds by the names that Microsoft gives its packages. */
const kinds: ReadonlyArray<readonly [RegExp, UpdateKind]> = [
  [/^Package_for_(?:RollupFix|RevisedFix)/i, 'cumulative'],
  [/^Package_for_ServicingStack/i, 'servicing-stack'],
  [/^Package_for_DotNetRollup/i, 'dotnet'],
  [/^Package_for_SafeOSDU/i, 'dynamic'],
  [/^Package_for_/i, 'other'],
]

function identityOf({ attributes }: XmlElement, identifier: string): PackageIdentity[] {
  const name = attributes.get('name') ?? ''
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1]
  if (kind === undefined) return []
  const number = /(?:^|_)KB(\d{5,8})(?!\d)/i.exec(`${name}_${identifier}`)?.[1]
  // `26100.6584.1.19`: build, revision, then the package's own. `10.0.9247.1` of .NET is none of Windows.
  const build = /^(\d{5,6}\.\d{1,6})\./.exec(attributes.get('version') ?? '')?.[1]
  return [
    {
      kind,
      kb: number === undefined ? null : `KB${number}`,
      architecture: processorOf(attributes.get('processorArchitecture') ?? ''),
      build: build ?? null,
    },
  ]
}

function isIdentity({ name }: XmlElement): boolean {
  return name === 'assemblyIdentity'
}

function elements(element: XmlElement, name: string): XmlElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => elements(child, name))]
}
