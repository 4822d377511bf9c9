import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { WindowsDependencies } from '../dependencies.ts'

const Files = Type.Array(Type.String())

/** Files of the shortcuts that this machine's run has made: what tidies the desktop leaves them. */
export function ownShortcuts({ folder }: WindowsDependencies): string[] {
  const list = join(folder, 'shortcuts.json')
  if (!existsSync(list)) return []
  const files: unknown = JSON.parse(readFileSync(list, 'utf8'))
  return Value.Check(Files, files) ? files : []
}

export function rememberShortcuts(dependencies: WindowsDependencies, files: readonly string[]): void {
  const all = [...new Set([...ownShortcuts(dependencies), ...files])]
  writeFileSync(join(dependencies.folder, 'shortcuts.json'), JSON.stringify(all), { flush: true })
}
