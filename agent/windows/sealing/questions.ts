import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript, type Script } from '../system/powershell.ts'
import sealAccount from '../scripts/seal-account.ps1'
import sealReadiness from '../scripts/seal-readiness.ps1'
import sealTraces from '../scripts/seal-traces.ps1'
import sysprepOutcome from '../scripts/sysprep-outcome.ps1'
import { Readiness } from './readiness.ts'
import { SysprepOutcome } from './sysprep.ts'

const Texts = Type.Array(Type.String())
const Traces = Type.Object({ removed: Texts, left: Texts })
export type Traces = Static<typeof Traces>

const AccountAnswer = Type.Object({
  state: Type.Union([
    Type.Literal('removed'),
    Type.Literal('open'),
    Type.Literal('absent'),
    /** Somebody is signed in with it still. */
    Type.Literal('in-use'),
  ]),
  /** Enabled accounts beside it, which are left alone. */
  others: Texts,
})
export type AccountAnswer = Static<typeof AccountAnswer>

export type AccountTask = { name: string | null; task: 'remove' | 'open' }

/** Our scripts for sealing. Each throws StepError SCRIPT_FAILED when Windows did not do it. */
export type SealingScripts = {
  readiness(): Promise<Readiness>
  /** Takes away answer files, automatic logon and what else the workshop left. */
  traces(input: { leavesShop: boolean }): Promise<Traces>
  account(task: AccountTask): Promise<AccountAnswer>
  outcome(): Promise<SysprepOutcome>
}

export function openSealingScripts(context: StepContext, dependencies: WindowsDependencies): SealingScripts {
  const run = async <Schema extends TSchema>(schema: Schema, script: Script, input: Record<string, unknown> = {}) => {
    const answer = await runScript(context, dependencies, script, { input })
    if (Value.Check(schema, answer)) return answer
    const detail = JSON.stringify(answer).slice(0, 2000)
    throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
  }
  return {
    readiness: () => run(Readiness, { name: 'seal-readiness', text: sealReadiness }),
    traces: (input) => run(Traces, { name: 'seal-traces', text: sealTraces }, input),
    account: (task) => run(AccountAnswer, { name: 'seal-account', text: sealAccount }, task),
    outcome: () => run(SysprepOutcome, { name: 'sysprep-outcome', text: sysprepOutcome }),
  }
}
