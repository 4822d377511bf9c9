import { open } from 'node:fs/promises'
import { parseSecrets, type ParsedSecrets, type SecretFault } from './parse-secrets.ts'
import { chooseSecret, type SecretLack } from './secret-choice.ts'

/** What an operator ought to know of `secrets.yaml`; never anything that stands in it. */
export type SecretsProblem =
  | { code: 'SECRETS_OPEN_TO_OTHERS'; file: string; mode: string }
  | { code: 'SECRETS_UNREADABLE'; file: string; line: number | null }
  | { code: 'SECRET_WRONG'; file: string; name: string; line: number; fault: SecretFault }

export type Secrets = {
  /** The values of those of these secrets that are set for the machine with this serial number, empty for one without. */
  valuesOf(names: readonly string[], serial: string): Promise<Record<string, string>>
  /** Why that machine would not get some of them; empty when it gets all. */
  lacksOf(names: readonly string[], serial: string): Promise<SecretLack[]>
}

/** As much as the YAML reader takes. */
const largestBytes = 64 * 1024

type Read = ParsedSecrets | { kind: 'too-large' }

/** Secrets of a file, read at each use, so that one set meanwhile is there for the next try. */
export function createSecrets(file: string, onProblem: (problem: SecretsProblem) => void): Secrets {
  let isWarned = false

  async function read(): Promise<Read> {
    try {
      await using handle = await open(file)
      const { size, mode } = await handle.stat()
      if ((mode & 0o077) !== 0 && !isWarned) {
        isWarned = true
        onProblem({ code: 'SECRETS_OPEN_TO_OTHERS', file, mode: (mode & 0o777).toString(8).padStart(4, '0') })
      }
      return size <= largestBytes ? parseSecrets(await handle.readFile('utf8')) : { kind: 'too-large' }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return parseSecrets('')
      throw error
    }
  }

  async function lookUp(names: readonly string[], serial: string) {
    const values: Record<string, string> = {}
    if (names.length === 0) return { values, lacks: [] }
    const found = await read()
    if (found.kind !== 'parsed') {
      const line = found.kind === 'too-large' ? null : found.line
      onProblem({ code: 'SECRETS_UNREADABLE', file, line })
      const lack: SecretLack = { kind: 'unreadable', line }
      return { values, lacks: [lack] }
    }
    const lacks: SecretLack[] = []
    for (const name of names) {
      const chosen = chooseSecret(found, name, serial)
      if (chosen.kind === 'chosen') values[name] = chosen.value
      else lacks.push(chosen.lack)
    }
    for (const lack of lacks) {
      if (lack.kind !== 'wrong') continue
      const { name, line, fault } = lack
      onProblem({ code: 'SECRET_WRONG', file, name, line, fault })
    }
    return { values, lacks }
  }

  return {
    valuesOf: async (names, serial) => (await lookUp(names, serial)).values,
    lacksOf: async (names, serial) => (await lookUp(names, serial)).lacks,
  }
}
