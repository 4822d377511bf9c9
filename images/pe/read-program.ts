import type { PositionalReader } from '../positional-reader.ts'
import type { ProcessorArchitecture } from '../processor-architecture.ts'
import { decodePeHeaders, directoryIndex, offsetOf, type PeHeaders, type PeSection } from './headers.ts'
import { decodeResources, resourceType, type Resource } from './resources.ts'
import { decodeVersion, type VersionInformation } from './version-resource.ts'

/** What a Windows program is, as far as its file says it without being run. */
export type Program = {
  /** Of the program itself: an installer for 64 bits is often a program of 32. */
  readonly architecture: ProcessorArchitecture | null
  readonly sections: readonly PeSection[]
  readonly resources: ReadonlyArray<Resource & { readonly offset: number }>
  readonly version: VersionInformation
  /** What its manifest asks of User Account Control; null when it asks for nothing. */
  readonly executionLevel: 'asInvoker' | 'highestAvailable' | 'requireAdministrator' | null
  /** What lies behind the program in its file, up to its signature: where installers keep what they install. */
  readonly overlay: { readonly start: number; readonly end: number }
}

const headBytes = 16 * 1024
const mostResourceBytes = 1024 * 1024
const mostTextBytes = 64 * 1024
/** IMAGE_FILE_MACHINE_* ("PE Format"). */
const machines: Readonly<Record<number, ProcessorArchitecture>> = { 0x14c: 'x86', 0x8664: 'x64', 0xaa64: 'arm64' }

/**
 * Reads a program's headers, the tree of its resources, its version information and its manifest; little of a large file.
 *
 * @throws MalformedPe for what is no PE file
 */
export async function readProgram(reader: PositionalReader): Promise<Program> {
  const headers = decodePeHeaders(await reader.read(0, headBytes))
  const resources = await resourcesOf(reader, headers)
  const first = async (type: number): Promise<Uint8Array> => {
    const resource = resources.find((one) => one.type === type)
    if (resource === undefined) return new Uint8Array()
    return reader.read(resource.offset, Math.min(resource.sizeBytes, mostTextBytes))
  }
  return {
    architecture: machines[headers.machine] ?? null,
    sections: headers.sections,
    resources,
    version: decodeVersion(await first(resourceType.version)),
    executionLevel: executionLevelIn(await first(resourceType.manifest)),
    overlay: overlayOf(headers, reader.sizeBytes),
  }
}

async function resourcesOf(reader: PositionalReader, headers: PeHeaders): Promise<Program['resources']> {
  const directory = headers.directories[directoryIndex.resources]
  const start = directory === undefined ? null : offsetOf(headers, directory.address)
  if (directory === undefined || start === null) return []
  const bytes = await reader.read(start, Math.min(directory.sizeBytes, mostResourceBytes))
  return decodeResources(bytes).flatMap((resource) => {
    const offset = offsetOf(headers, resource.address)
    return offset === null ? [] : [{ ...resource, offset }]
  })
}

/** The manifest is XML; the one word looked for stands in an attribute of `requestedExecutionLevel` (Application Manifests). */
function executionLevelIn(manifest: Uint8Array): Program['executionLevel'] {
  const text = new TextDecoder('utf-8').decode(manifest)
  const level = /requestedExecutionLevel[^>]*\slevel\s*=\s*["'](\w+)["']/s.exec(text)?.[1]
  return level === 'asInvoker' || level === 'highestAvailable' || level === 'requireAdministrator' ? level : null
}

function overlayOf({ sections, directories }: PeHeaders, sizeBytes: number): Program['overlay'] {
  const start = Math.min(
    Math.max(0, ...sections.map((one) => (one.sizeBytes === 0 ? 0 : one.offset + one.sizeBytes))),
    sizeBytes,
  )
  const certificates = directories[directoryIndex.certificates]
  const signed = certificates !== undefined && certificates.sizeBytes > 0 && certificates.address >= start
  return { start, end: signed ? Math.min(certificates.address, sizeBytes) : sizeBytes }
}
