import { NtExecutable, NtExecutableResource } from 'pe-library'
import { Resource } from 'resedit'

/** What the file's properties in Windows show. */
export type ExecutableVersion = { product: string; company: string; description: string; version: string }

/** RT_RCDATA (winuser.h): where a Node executable looks for its program. */
const rcData = 10
/** Node's single executable applications: the name of the resource, and the sentinel whose last digit says "there is one". */
const blobName = 'NODE_SEA_BLOB'
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:'
const englishUnicode = { lang: 1033, codepage: 1200 }

/**
 * A Node runtime for Windows with a program in it: resource `NODE_SEA_BLOB` added, fuse set, version strings ours.
 * The runtime's Authenticode signature is left out, since it no longer fits the bytes. The same input gives the same
 * bytes. Throws when `runtime` is no such executable, or already carries a program.
 */
export function composeExecutable(runtime: Uint8Array, blob: Uint8Array, about: ExecutableVersion): Uint8Array {
  // A fresh ArrayBuffer each: a small Buffer's `.buffer` is Node's pool, with others' bytes around it.
  const program = NtExecutable.from(new Uint8Array(runtime).buffer, { ignoreCert: true })
  const resources = NtExecutableResource.from(program)
  resources.removeResourceEntry(rcData, blobName)
  resources.entries.push({
    type: rcData,
    id: blobName,
    lang: englishUnicode.lang,
    codepage: englishUnicode.codepage,
    bin: new Uint8Array(blob).buffer,
  })
  setVersion(resources, about)
  resources.outputResource(program)
  const bytes = Buffer.from(program.generate())
  setFuse(bytes)
  return bytes
}

function setVersion(resources: NtExecutableResource, about: ExecutableVersion): void {
  const [info] = Resource.VersionInfo.fromEntries(resources.entries)
  if (info === undefined) throw new Error('the runtime has no version resource')
  const [major = 0, minor = 0, patch = 0] = about.version.split('.').map(Number)
  info.setFileVersion(major, minor, patch, 0, englishUnicode.lang)
  info.setProductVersion(major, minor, patch, 0, englishUnicode.lang)
  info.setStringValues(englishUnicode, {
    ProductName: about.product,
    CompanyName: about.company,
    FileDescription: about.description,
    OriginalFilename: 'etabli-agent.exe',
    InternalName: 'etabli-agent',
  })
  info.outputToResourceEntries(resources.entries)
}

function setFuse(bytes: Buffer): void {
  const at = bytes.indexOf(fuse)
  if (at < 0 || bytes.indexOf(fuse, at + 1) >= 0) throw new Error('the runtime has no single fuse')
  const digit = at + fuse.length
  if (bytes[digit] !== 0x30) throw new Error('the runtime carries a program already')
  bytes[digit] = 0x31
}

/** What a composed executable says of itself, read back; for tests and for the manifest. Null without a program in it. */
export function readExecutable(
  bytes: Uint8Array,
): { blobBytes: number; isSigned: boolean; strings: Record<string, string> } | null {
  const program = NtExecutable.from(new Uint8Array(bytes).buffer, { ignoreCert: true })
  const { entries } = NtExecutableResource.from(program)
  const blob = entries.find(({ type, id }) => type === rcData && id === blobName)
  const [info] = Resource.VersionInfo.fromEntries(entries)
  if (blob === undefined || info === undefined) return null
  return {
    blobBytes: blob.bin.byteLength,
    isSigned: isSigned(program),
    strings: info.getStringValues(englishUnicode),
  }
}

/** IMAGE_DIRECTORY_ENTRY_SECURITY (PE format, "Optional Header Data Directories"). */
function isSigned(program: NtExecutable): boolean {
  return program.newHeader.optionalHeaderDataDirectory.get(4).size > 0
}
