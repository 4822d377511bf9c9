import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** That sysprep has done its work for this run, and what Windows said of itself then. */
const Sealed = Type.Object({ runId: Type.String(), imageState: Type.String() })
export type Sealed = Static<typeof Sealed>

/**
 * On the disk from the moment sysprep has succeeded: a machine that loses its power while the workshop's traces go greets its
 * owner at its next start, and what is left must not wait for the end of that, nor sysprep run on it again.
 */
export type SealedFile = { read(): Sealed | null; write(sealed: Sealed): void }

export function openSealedFile(folder: string): SealedFile {
  const file = join(folder, 'sealed.json')
  return {
    read: () => (existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null),
    write: (sealed) => {
      writeFileSync(`${file}.new`, JSON.stringify(sealed), { flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}

/** Null for a file of another shape. */
function parsed(text: string): Sealed | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(Sealed, value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
