import type { Exec } from '../exec.ts'

/** Where Windows Setup says that it is still at work. */
export const setupKey = 'HKLM\\SYSTEM\\Setup'

export type SetupState = 'finished' | 'setup' | 'out-of-box' | 'unknown'

/**
 * Reads what `reg.exe query` prints, `    Name    REG_DWORD    0x1` a value a line. The words around it change with the
 * language of Windows, names and types do not. Lines of other shapes are passed over.
 */
export function parseRegistryNumbers(output: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const line of output.split(/\r?\n/)) {
    const match = /^\s+(\S+)\s+REG_DWORD\s+0x([0-9a-f]{1,8})\s*$/i.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) numbers.set(match[1].toLowerCase(), parseInt(match[2], 16))
  }
  return numbers
}

/** What the values of the key say: while either is set, services and users are not what a step may rely on. Pure. */
export function setupStateOf(numbers: ReadonlyMap<string, number>): SetupState {
  if (numbers.get('systemsetupinprogress') === 1) return 'setup'
  if (numbers.get('oobeinprogress') === 1) return 'out-of-box'
  // Under Wine, and on a Windows that dropped the values, the key is there and says nothing: then nothing is to be waited for.
  return 'finished'
}

/** Asks the registry. `unknown` when `reg.exe` could not say: early in a start that is no reason to go ahead. */
export async function readSetupState(exec: Exec): Promise<SetupState> {
  const end = await exec('reg.exe', ['query', setupKey], { quiet: true })
  if (end.kind !== 'exited' || (end.code !== 0 && end.code !== 1)) return 'unknown'
  // Code 1: there is no such key.
  return end.code === 1 ? 'finished' : setupStateOf(parseRegistryNumbers(end.stdout))
}
