import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Messages } from '../text/messages.ts'

const root = join(import.meta.dirname, '..')

/** The program's own sources, as paths from the root. */
export const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'text', 'images', 'tasksequences', 'agent', 'server'],
  { encoding: 'utf8', cwd: root },
)
  .split('\n')
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** One code of one catalogue. */
export type CatalogueCode = { file: string; code: string; status: number | null; entry: object; catalogue: Messages }

const declaration = /^\} satisfies (?:Messages|Refusals)$/gm

/** Every code of every catalogue in the tree; a file that declares a catalogue it does not export is an error. */
export async function allCodes(): Promise<CatalogueCode[]> {
  const found: CatalogueCode[] = []
  for (const { file, text } of sources) {
    const declared = [...text.matchAll(declaration)].length
    if (declared === 0) continue
    const module: Record<string, unknown> = await import(join(root, file))
    const catalogues = Object.values(module).filter(isCatalogue)
    if (catalogues.length < declared) throw new Error(`${file} keeps a catalogue to itself`)
    for (const catalogue of catalogues)
      for (const [code, entry] of Object.entries(catalogue)) {
        const status = 'status' in entry && typeof entry.status === 'number' ? entry.status : null
        if (!found.some((one) => one.entry === entry)) found.push({ file, code, status, entry, catalogue })
      }
  }
  return found
}

function isCatalogue(value: unknown): value is Messages {
  if (typeof value !== 'object' || value === null) return false
  const entries: unknown[] = Object.values(value)
  return entries.length > 0 && entries.every(isEntry)
}

function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'message' in value && 'fix' in value && typeof value.message === 'function' && typeof value.fix === 'function'
}
