import { open } from 'node:fs/promises'
import { isMap, isScalar, parseDocument } from 'yaml'

/** What an operator ought to know of `secrets.yaml`; never anything that stands in it. */
export type SecretsProblem =
  | { code: 'SECRETS_OPEN_TO_OTHERS'; file: string; mode: string }
  | { code: 'SECRETS_UNREADABLE'; file: string; line: number | null }

export type Secrets = {
  /** The values of those of these secrets that are set. */
  valuesOf(names: readonly string[]): Promise<Record<string, string>>
}

const LARGEST_BYTES = 256 * 1024
/** What the protocol carries. */
const LONGEST_VALUE = 4096

/** A flat map of name → text; everything in it is a text, so that a PIN keeps its zeros. */
function parseSecrets(text: string): { values: Map<string, string> } | { line: number | null } {
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' })
  const [error] = document.errors
  if (error !== undefined) return { line: error.linePos?.[0].line ?? null }
  const { contents } = document
  if (contents === null) return { values: new Map() }
  if (!isMap(contents)) return { line: 1 }
  const values = new Map<string, string>()
  for (const { key, value } of contents.items) {
    const isUsable = isScalar(value) && typeof value.value === 'string' && value.value.length <= LONGEST_VALUE
    if (isScalar(key) && isUsable) values.set(String(key.value), String(value.value))
  }
  return { values }
}

/** Secrets of a file, read at each use, so that one set meanwhile is there for the next try. */
export function createSecrets(file: string, onProblem: (problem: SecretsProblem) => void): Secrets {
  let isWarned = false

  async function read(): Promise<string | null> {
    try {
      await using handle = await open(file)
      const { size, mode } = await handle.stat()
      if ((mode & 0o077) !== 0 && !isWarned) {
        isWarned = true
        onProblem({ code: 'SECRETS_OPEN_TO_OTHERS', file, mode: (mode & 0o777).toString(8).padStart(4, '0') })
      }
      if (size <= LARGEST_BYTES) return await handle.readFile('utf8')
      onProblem({ code: 'SECRETS_UNREADABLE', file, line: null })
      return null
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }

  return {
    valuesOf: async (names) => {
      const text = names.length === 0 ? null : await read()
      if (text === null) return {}
      const parsed = parseSecrets(text)
      if ('line' in parsed) {
        onProblem({ code: 'SECRETS_UNREADABLE', file, line: parsed.line })
        return {}
      }
      const found = names.flatMap((name) => {
        const value = parsed.values.get(name)
        return value === undefined ? [] : [[name, value] as const]
      })
      return Object.fromEntries(found)
    },
  }
}
