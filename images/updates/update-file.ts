import type { ProcessorArchitecture } from '../processor-architecture.ts'

/** `dynamic`: for the recovery environment or for Windows' setup program, not for a Windows that runs. */
export type UpdateKind = 'cumulative' | 'servicing-stack' | 'dotnet' | 'dynamic' | 'other'

/** What an update package is, as far as its name (`readUpdateName`) or its content (`readUpdate`) says it. */
export type UpdateFile = {
  readonly file: string
  /** `KB5058411`; null where the name holds none, as of a servicing stack's CAB. */
  readonly kb: string | null
  readonly architecture: ProcessorArchitecture | null
  /** `windows11.0` and `windows10.0` begin the names; null for others. */
  readonly windows: 10 | 11 | null
  readonly kind: UpdateKind | null
  /** `26100.6584`, the build and revision that Windows has afterwards, or those of a servicing stack itself. */
  readonly build: string | null
}

/**
 * Reads `windows11.0-kb5058411-x64_fc93a482….msu`, as the Microsoft Update Catalog writes names. Total: a name that says nothing gives nulls.
 */
export function readUpdateName(path: string): UpdateFile {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const kb = /(?:^|[^a-z0-9])kb(\d{5,8})(?!\d)/.exec(name)?.[1]
  const architecture = /(?:^|[-_.])(x64|amd64|x86|arm64)(?=[-_.]|$)/.exec(name)?.[1]
  const windows = /^windows(10|11)\.0-/.exec(name)?.[1]
  return {
    file: path,
    kb: kb === undefined ? null : `KB${kb}`,
    architecture: processorOf(architecture ?? ''),
    windows: windows === undefined ? null : windows === '11' ? 11 : 10,
    kind: kindByName(name),
    build: /^ssu-(\d{4,6}\.\d{1,6})-/.exec(name)?.[1] ?? null,
  }
}

/** A servicing stack goes before everything it may have to serve; .NET's names hold its version, `-ndp481`. */
function kindByName(name: string): UpdateKind | null {
  if (/^ssu-|[-_]ssu[-_]/.test(name)) return 'servicing-stack'
  return /[-_.]ndp\d+/.test(name) ? 'dotnet' : null
}

/** A processor as Microsoft's packages name it; null for others. */
export function processorOf(name: string): ProcessorArchitecture | null {
  return processors.get(name.toLowerCase()) ?? null
}

const processors: ReadonlyMap<string, ProcessorArchitecture> = new Map([
  ['x64', 'x64'],
  ['amd64', 'x64'],
  ['x86', 'x86'],
  ['arm64', 'arm64'],
])

/** Whether a file's name ends as an update package's does. */
export function isUpdateFile(path: string): boolean {
  return /\.(msu|cab)$/i.test(path)
}
