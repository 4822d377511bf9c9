import { defaultAsleepDays, SealInput } from '../../../tasksequences/steps/seal.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Outcome, type Step, type StepContext } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { openRetirementFile } from '../lifetime/retirement-file.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { clearAgentFolder } from '../sealing/agent-remains.ts'
import { openSealingScripts, type SealingScripts } from '../sealing/questions.ts'
import { judgeReadiness, readRestarts } from '../sealing/readiness.ts'
import { sysprepArguments, sysprepFailure, sysprepProgram, sysprepWatch } from '../sealing/sysprep.ts'
import { workshopAccount } from '../sealing/workshop-account.ts'
import { readPendingRestart, reasonsToRestart } from '../updates/pending-restart.ts'
import { windowsPath } from '../system/windows-path.ts'

type Sealing = { context: StepContext; dependencies: WindowsDependencies; scripts: SealingScripts; restarts: number }

const lookEveryMs = 15_000

/**
 * Closes Windows for its owner. For the customer: the workshop's account goes, and Windows greets at its next start. For
 * the account: it stays, without password. What the workshop left goes in both. Each part may be done again, so that the
 * step goes on after a restart, or a cut of the power, from its beginning.
 */
export function seal(dependencies: WindowsDependencies): Step {
  return async (context) => {
    const input = parseInput(SealInput, context)
    const { agent = 'remove', asleepForDays = defaultAsleepDays } = input
    const { for: owner = agent === 'keep' ? 'account' : 'customer' } = input
    const { runId, step } = context.work
    const retirement = openRetirementFile(dependencies.folder)
    const before = retirement.read()
    // Sealed already, and the machine lost its power before it could say so: sysprep is not run on a sealed Windows.
    if (before?.kind === 'retiring' && before.runId === runId) return { result: before.result }
    const scripts = openSealingScripts(context, dependencies)
    const sealing: Sealing = { context, dependencies, scripts, restarts: readRestarts(step.memory) }
    if (owner === 'customer') {
      const restart = await waitUntilReady(sealing)
      if (restart !== null) return restart
    }
    doing(context, 0.2, 'Effacement des traces de l’atelier', 'Removing the workshop’s traces')
    const staysInShop = owner === 'account' && agent === 'keep'
    const removed = await removeTraces(scripts, !staysInShop)
    const name = workshopAccount(context.work, before)
    const account = await seeToAccount(sealing, name, owner)
    if (account === 'restart') return restartAgain(sealing)
    const imageState = owner === 'customer' ? await runSysprep(sealing) : null
    clearAgentFolder(dependencies.folder)
    const result = { for: owner, agent, account, removed, imageState }
    const now = context.clock.now().toISOString()
    if (agent === 'keep') {
      retirement.write({ kind: 'kept', account: name, asleepForDays, waited: { seen: now, ms: 0 } })
    } else retirement.write({ kind: 'retiring', runId, since: now, result })
    return { result }
  }
}

/** The restart that has to come first, or null when sysprep may begin. Throws StepError for what needs a person. */
async function waitUntilReady({ context, dependencies, scripts, restarts }: Sealing): Promise<Outcome | null> {
  doing(context, 0, 'Contrôle avant le scellement', 'Checking before sealing')
  for (let looks = 0; ; looks += 1) {
    const reasons = reasonsToRestart(await readPendingRestart(context, dependencies))
    const verdict = judgeReadiness(await scripts.readiness(), reasons, { restarts, looks })
    switch (verdict.kind) {
      case 'ready':
        return null
      case 'stop':
        throw new StepError(verdict.failure)
      case 'restart':
        context.log('info', `a restart has to come before sealing: ${reasons.join(', ') || 'Windows Update is busy'}`)
        return { continueWith: { restarts: verdict.restarts } }
      case 'wait':
        doing(context, 0.1, 'Windows Update termine une installation', 'Windows Update is finishing an installation')
        await context.clock.sleep(lookEveryMs, context.signal)
    }
  }
}

/** Throws StepError SEAL_ANSWER_FILE_LEFT: a password must not leave the shop. */
async function removeTraces(scripts: SealingScripts, leavesShop: boolean): Promise<string[]> {
  const { removed, left } = await scripts.traces({ leavesShop })
  const [file] = left
  if (file !== undefined) throw new StepError(failure('SEAL_ANSWER_FILE_LEFT', { file }))
  return removed
}

type Account = { name: string | null; state: string; others: string[] }

async function seeToAccount(
  { context, scripts, restarts }: Sealing,
  name: string | null,
  owner: 'customer' | 'account',
): Promise<Account | 'restart'> {
  const task = owner === 'customer' ? 'remove' : 'open'
  const { state, others } = await scripts.account({ name, task })
  if (others.length > 0) context.log('warning', `accounts that are left alone: ${others.join(', ')}`)
  if (state === 'absent' && owner === 'account' && name !== null) {
    throw new StepError(failure('SEAL_ACCOUNT_MISSING', { name }))
  }
  if (state !== 'in-use') return { name, state, others }
  if (restarts === 0) return 'restart'
  throw new StepError(failure('SEAL_ACCOUNT_IN_USE', { name: name ?? '?' }))
}

/** Nobody logs on by himself after it: the automatic logon is gone by now. */
function restartAgain({ context, restarts }: Sealing): Outcome {
  context.log('info', 'the workshop’s account is signed in still: restarting')
  return { continueWith: { restarts: restarts + 1 } }
}

/** Gives the state Windows says it is in afterwards. Throws StepError SEAL_SYSPREP_FAILED or SEAL_SYSPREP_STALLED. */
async function runSysprep({ context, scripts }: Sealing): Promise<string> {
  doing(context, 0.5, 'Sysprep prépare Windows pour son propriétaire', 'Sysprep is making Windows ready for its owner')
  const end = await context.exec(windowsPath(sysprepProgram), sysprepArguments, { watch: sysprepWatch() })
  const outcome = await scripts.outcome()
  const failed = sysprepFailure(end, outcome)
  if (failed !== null) throw new StepError(failed)
  context.log('info', `sealed: ${outcome.imageState}`)
  return outcome.imageState
}

function doing(context: StepContext, fraction: number, fr: string, en: string): void {
  context.progress({ fraction, doing: { fr, en } })
}
