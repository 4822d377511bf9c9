/** What the name of an update package says, as the Microsoft Update Catalog writes it. */
export type UpdateFile = {
  readonly file: string
  /** `KB5058411`; null where the name holds none, as of a servicing stack's CAB. */
  readonly kb: string | null
  readonly architecture: 'x64' | 'x86' | 'arm64' | null
  /** `windows11.0` and `windows10.0` begin the names; null for others. */
  readonly windows: 10 | 11 | null
  /** Servicing stack: it goes before everything it may have to serve. */
  readonly servicingStack: boolean
}

/**
 * Reads `windows11.0-kb5058411-x64_fc93a482….msu`. Total: a name that says nothing gives nulls.
 */
export function readUpdateName(path: string): UpdateFile {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const kb = /(?:^|[^a-z0-9])kb(\d{5,8})(?!\d)/.exec(name)?.[1]
  const architecture = /(?:^|[-_.])(x64|amd64|x86|arm64)(?=[-_.]|$)/.exec(name)?.[1]
  const windows = /^windows(10|11)\.0-/.exec(name)?.[1]
  return {
    file: path,
    kb: kb === undefined ? null : `KB${kb}`,
    architecture: architecture === undefined ? null : (architectures[architecture] ?? null),
    windows: windows === undefined ? null : windows === '11' ? 11 : 10,
    servicingStack: /^ssu-|[-_]ssu[-_]/.test(name),
  }
}

const architectures: Readonly<Record<string, UpdateFile['architecture']>> = {
  x64: 'x64',
  amd64: 'x64',
  x86: 'x86',
  arm64: 'arm64',
}

/** Whether a file's name ends as an update package's does. */
export function isUpdateFile(path: string): boolean {
  return /\.(msu|cab)$/i.test(path)
}
