import { open } from 'node:fs/promises'
import { isMap, isScalar } from 'yaml'
import { entriesOf, inOrder, readDocument } from '../../text/yaml/document.ts'

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

/** A flat map of name → text. Of a file that cannot be read only the line is said, never anything that stands in it. */
function parseSecrets(text: string): { values: Map<string, string> } | { line: number } {
  const { root, reader } = readDocument(text, { schema: 'failsafe' })
  const [problem] = inOrder(reader.problems)
  if (problem !== undefined) return { line: problem.line }
  if (root === null) return { values: new Map() }
  if (!isMap(root)) return { line: 1 }
  const values = new Map<string, string>()
  for (const { key, value } of entriesOf(root)) {
    if (isScalar(value) && typeof value.value === 'string' && value.value.length <= LONGEST_VALUE)
      values.set(key, value.value)
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
