import { win32 } from 'node:path'
import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { isSamePath } from '../windows-paths.ts'

type Wanted = { file: string; target: string; arguments: string }

/** The script `create-shortcuts`: each a file on the disk, then what lies on the desktop. */
export function createShortcuts(machine: Machine, input: Record<string, unknown>): Answer {
  const wanted: Wanted[] = Array.isArray(input['shortcuts']) ? input['shortcuts'] : []
  const desktop = String(input['desktop'])
  const made = wanted.map(({ file }) => file)
  const kept = machine.files.filter((one) => !made.some((file) => isSamePath(one, file)))
  return {
    machine: { ...machine, files: [...kept, ...made] },
    code: 0,
    files: wanted.map(({ file, target }) => ({ path: file, content: { text: `shortcut to ${target}` } })),
    result: { desktop: wanted.filter(({ file }) => isSamePath(win32.dirname(file), desktop)) },
  }
}
