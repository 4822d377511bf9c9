import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { orNull } from '../evidence/measure-software.ts'
import firstSignIn from '../scripts/first-sign-in.ps1'
import { runScript } from '../system/powershell.ts'

const Answer = Type.Object({ needed: Type.Boolean() })

/**
 * Has Windows register its shell's packages for each user who signs in for the first time, where updates that came before any
 * sign-in have left them unregistered (KB5072911). What cannot be done is told in the log; `verify` looks for it.
 */
export async function prepareFirstSignIns(context: StepContext, windows: WindowsDependencies): Promise<void> {
  const script = { name: 'first-sign-in', text: firstSignIn }
  const answer = await orNull(context, runScript(context, windows, script))
  if (Value.Check(Answer, answer) && answer.needed)
    context.log('info', 'the shell’s packages are registered at each first sign-in (KB5072911)')
}
