import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Value } from 'typebox/value'
import { KnownUpdate } from './memory.ts'

/**
 * The update that is being installed, on the disk for as long as it is: a machine that dies of it, or is switched off
 * because it hangs, remembers which one it was.
 */
export type BegunUpdate = { read(): KnownUpdate | null; write(update: KnownUpdate): void; remove(): void }

export function openBegunUpdate(updatesFolder: string): BegunUpdate {
  const file = join(updatesFolder, 'begun.json')
  return {
    read: () => (existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null),
    write: (update) => {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(update), { flush: true })
      renameSync(`${file}.new`, file)
    },
    remove: () => rmSync(file, { force: true }),
  }
}

/** Null for a file of another shape. */
function parsed(text: string): KnownUpdate | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(KnownUpdate, value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
