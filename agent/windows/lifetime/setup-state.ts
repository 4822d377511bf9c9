import type { Exec } from '../../runtime/exec.ts'
import { parseRegistryValues, registryNumber } from '../system/registry.ts'

/** Where Windows Setup says that it is still at work. */
export const setupKey = 'HKLM\\SYSTEM\\Setup'

export type SetupState = 'finished' | 'setup' | 'out-of-box' | 'unknown'

/** The numbers among what `reg.exe query` prints, by name in lower case. */
export function parseRegistryNumbers(output: string): ReadonlyMap<string, number> {
  return new Map(
    parseRegistryValues(output).flatMap((value): Array<[string, number]> => {
      const number = registryNumber(value)
      return number === null ? [] : [[value.name.toLowerCase(), Number(number)]]
    }),
  )
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
