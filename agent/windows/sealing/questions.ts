import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { runScript, type Script, type ScriptCall } from '../system/powershell.ts'
import decryptDrives from '../scripts/decrypt-drives.ps1'
import runSysprep from '../scripts/run-sysprep.ps1'
import sealAccount from '../scripts/seal-account.ps1'
import sealReadiness from '../scripts/seal-readiness.ps1'
import sealSession from '../scripts/seal-session.ps1'
import sealTraces from '../scripts/seal-traces.ps1'
import sysprepOutcome from '../scripts/sysprep-outcome.ps1'
import { Readiness } from './readiness.ts'
import { sysprepArguments, SysprepOutcome, sysprepWatch } from './sysprep.ts'

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

const SessionAnswer = Type.Object({ signedIn: Type.Boolean() })
const Decryption = Type.Object({ refused: Type.Array(Type.Object({ drive: Type.String(), code: Type.Number() })) })
const SysprepRun = Type.Object({
  /** False: nobody was signed in whose session it could run in. */
  ran: Type.Boolean(),
  code: Type.Number(),
})
export type SysprepRun = Static<typeof SysprepRun>

/** Our scripts for sealing. Each throws StepError SCRIPT_FAILED when Windows did not do it. */
export type SealingScripts = {
  readiness(): Promise<Readiness>
  decrypt(): Promise<Static<typeof Decryption>>
  /** Whether this administrator is signed in at the screen; `arrange` has Windows do that at its next start. */
  session(input: { name: string | null; task: 'find' | 'arrange' }): Promise<Static<typeof SessionAnswer>>
  /** Runs sysprep in his session. */
  sysprep(name: string | null): Promise<SysprepRun>
  /** Takes away answer files, automatic logon and what else the workshop left. */
  traces(input: { leavesShop: boolean }): Promise<Traces>
  account(task: AccountTask): Promise<AccountAnswer>
  outcome(): Promise<SysprepOutcome>
}

export function openSealingScripts(context: StepContext, dependencies: WindowsDependencies): SealingScripts {
  const run = async <Schema extends TSchema>(
    schema: Schema,
    script: Script,
    input: Record<string, unknown> = {},
    options: ScriptCall['options'] = {},
  ) => {
    const answer = await runScript(context, dependencies, script, { input, options })
    if (Value.Check(schema, answer)) return answer
    const detail = JSON.stringify(answer).slice(0, 2000)
    throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
  }
  return {
    readiness: () => run(Readiness, { name: 'seal-readiness', text: sealReadiness }),
    decrypt: () => run(Decryption, { name: 'decrypt-drives', text: decryptDrives }),
    session: (input) => run(SessionAnswer, { name: 'seal-session', text: sealSession }, input),
    sysprep: (name) => {
      const input = { name, arguments: sysprepArguments.join(' ') }
      return run(SysprepRun, { name: 'run-sysprep', text: runSysprep }, input, { watch: sysprepWatch() })
    },
    traces: (input) => run(Traces, { name: 'seal-traces', text: sealTraces }, input),
    account: (task) => run(AccountAnswer, { name: 'seal-account', text: sealAccount }, task),
    outcome: () => run(SysprepOutcome, { name: 'sysprep-outcome', text: sysprepOutcome }),
  }
}
