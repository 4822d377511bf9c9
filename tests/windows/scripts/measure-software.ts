import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { readData, readKey } from '../registry.ts'
import { desktopShortcut, isSamePath } from '../windows-paths.ts'

type Looked = { keys: string[]; value?: string }
type Package = {
  id: string
  registry?: Looked
  file?: string
  appx?: string
  shortcut?: string
  reports?: Array<Looked & { name: string }>
}

/** What of the packages is there. */
export function measureSoftware(machine: Machine, input: Record<string, unknown>, atMs: number): Answer {
  const asked = input['packages']
  const isThere = (path: string): boolean => machine.files.some((one) => isSamePath(one, path))
  const measure = (one: Package) => ({
    id: one.id,
    registry: one.registry ? { value: found(machine, one.registry, atMs) } : null,
    file: one.file ? isThere(one.file) : null,
    appx: one.appx ? machine.apps.some(({ name }) => name === one.appx) : null,
    shortcut: one.shortcut ? isThere(desktopShortcut(one.shortcut)) : null,
    reports: (one.reports ?? []).map((report) => ({ name: report.name, value: found(machine, report, atMs) })),
  })
  const packages: Package[] = Array.isArray(asked) ? asked : []
  return { machine, code: 0, result: { packages: packages.map(measure) } }
}

function found(machine: Machine, { keys, value }: Looked, atMs: number): string | null {
  for (const key of keys) {
    if (readKey(machine, key, atMs) === null) continue
    const data = value ? readData(machine, key, value, atMs) : ''
    if (data !== null) return data
  }
  return null
}
