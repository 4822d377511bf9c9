import { NtExecutable, NtExecutableResource } from 'pe-library'
import { Resource } from 'resedit'

/** A program for Windows of our own making, with what a test wants in it; it would do nothing. */
export type WantedProgram = {
  readonly resources?: ReadonlyArray<{ type: number | string; name: number | string; bytes: Uint8Array }>
  /** By language. */
  readonly texts?: Readonly<Record<number, Readonly<Record<string, string>>>>
  readonly version?: string
  readonly executionLevel?: string
  /** Another section, under this name, instead of resources. */
  readonly section?: { name: string; bytes: Uint8Array }
  readonly overlay?: Uint8Array
  readonly is64?: boolean
}

export function makeProgram(wanted: WantedProgram): Buffer {
  const executable = NtExecutable.createEmpty(wanted.is64 !== true, false)
  const resources = NtExecutableResource.from(executable)
  for (const { type, name, bytes } of wanted.resources ?? []) add(resources, type, name, bytes)
  if (wanted.executionLevel !== undefined) add(resources, 24, 1, Buffer.from(manifest(wanted.executionLevel)))
  if (wanted.version !== undefined || wanted.texts !== undefined) addVersion(resources, wanted)
  if (wanted.section !== undefined) add(resources, 'X', 1, Buffer.alloc(512))
  resources.outputResource(executable)
  const bytes = Buffer.from(executable.generate())
  if (wanted.section !== undefined) replaceSection(bytes, wanted.section)
  return Buffer.concat([bytes, wanted.overlay ?? new Uint8Array()])
}

function add(resources: NtExecutableResource, type: number | string, id: number | string, bytes: Uint8Array): void {
  const bin = new Uint8Array(bytes).buffer
  resources.entries.push({ type, id, lang: 1033, codepage: 1200, bin })
}

function addVersion(resources: NtExecutableResource, { version = '1.0.0.0', texts = {} }: WantedProgram): void {
  const info = Resource.VersionInfo.createEmpty()
  info.setFileVersion(version)
  info.setProductVersion(version)
  for (const [lang, values] of Object.entries(texts))
    info.setStringValues({ lang: Number(lang), codepage: 1200 }, { ...values })
  info.outputToResourceEntries(resources.entries)
}

function manifest(level: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
<trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
<requestedExecutionLevel level="${level}" uiAccess="false"/></requestedPrivileges></security></trustInfo></assembly>`
}

/** The section of resources takes another's name and content; what the directory then points to is no tree any more. */
function replaceSection(bytes: Buffer, { name, bytes: content }: { name: string; bytes: Uint8Array }): void {
  const at = bytes.indexOf('.rsrc\0\0\0', 'latin1')
  bytes.write(name.padEnd(8, '\0'), at, 'latin1')
  bytes.set(content, bytes.readUInt32LE(at + 20))
}
