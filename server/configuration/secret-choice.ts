import { serialKey, type ParsedSecrets, type SecretEntry, type SecretFault } from './parse-secrets.ts'

/** Why a machine would not get a secret. */
export type SecretLack =
  | { kind: 'not-set'; name: string }
  /** It has a value for each serial number, and none for this machine's. */
  | { kind: 'not-for-machine'; name: string }
  | { kind: 'wrong'; name: string; line: number; fault: SecretFault }
  /** Null for a file that is far too large. */
  | { kind: 'unreadable'; line: number | null }

export type ChosenSecret = { kind: 'chosen'; value: string } | { kind: 'lacking'; lack: SecretLack }

/**
 * The value of a secret for one machine, or why there is none. Pure.
 *
 * @param serial - the machine's; empty for one without, which gets only what is everybody's
 */
export function chooseSecret(parsed: ParsedSecrets, name: string, serial: string): ChosenSecret {
  if (parsed.kind === 'unreadable') return { kind: 'lacking', lack: { kind: 'unreadable', line: parsed.line } }
  const entry: SecretEntry | undefined = parsed.entries.get(name)
  switch (entry?.kind) {
    case undefined:
      return { kind: 'lacking', lack: { kind: 'not-set', name } }
    case 'shared':
      return { kind: 'chosen', value: entry.value }
    case 'wrong':
      return { kind: 'lacking', lack: { kind: 'wrong', name, line: entry.line, fault: entry.fault } }
    case 'by-serial': {
      const key = serialKey(serial)
      const value = key === '' ? undefined : entry.values.get(key)
      // A serial with nothing behind it is a line that somebody prepared and has not filled in yet.
      if (value === undefined || value === '') return { kind: 'lacking', lack: { kind: 'not-for-machine', name } }
      return { kind: 'chosen', value }
    }
  }
}
