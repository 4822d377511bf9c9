import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { Failure } from '../../protocol/messages.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { registryNumber, valueIn, type RegistryKey } from '../system/registry.ts'
import { readRegistry } from '../system/registry-access.ts'

/** Where Windows Setup says that it is still at work. */
export const setupKey = 'HKLM\\SYSTEM\\Setup'
const inSetup = 'SystemSetupInProgress'
const outOfBox = 'OOBEInProgress'

/** `unknown`: Windows could not be asked, and why. */
export type SetupState = { kind: 'finished' | 'setup' | 'out-of-box' } | { kind: 'unknown'; failure: Failure }

/** What the values of the key say: while either is set, services and users are not what a step may rely on. Pure. */
export function setupStateOf(read: readonly RegistryKey[]): SetupState {
  const isSet = (name: string): boolean => {
    const value = valueIn(read, setupKey, name)
    return value !== null && registryNumber(value) === 1n
  }
  if (isSet(inSetup)) return { kind: 'setup' }
  if (isSet(outOfBox)) return { kind: 'out-of-box' }
  // Under Wine, and on a Windows that dropped key or values, nothing is said: then nothing is to be waited for.
  return { kind: 'finished' }
}

/** Asks the registry. `unknown` when PowerShell could not say: early in a start that is no reason to go ahead. */
export async function readSetupState(
  context: Pick<StepContext, 'exec' | 'log' | 'signal'>,
  dependencies: WindowsDependencies,
): Promise<SetupState> {
  try {
    const read = await readRegistry(context, dependencies, [{ key: setupKey, names: [inSetup, outOfBox] }])
    const refused = read.find((one) => one.state === 'refused')
    if (refused === undefined) return setupStateOf(read)
    return {
      kind: 'unknown',
      failure: failure('SCRIPT_FAILED', { script: 'read-registry' }, { detail: refused.words }),
    }
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof StepError)) throw error
    return { kind: 'unknown', failure: error.failure }
  }
}
