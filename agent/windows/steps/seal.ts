import { defaultAsleepDays, SealInput } from '../../../tasksequences/steps/seal.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Outcome, type Step, type StepContext } from '../../runtime/step.ts'
import { parseInput } from '../../runtime/step-input.ts'
import { forgetAtRestart } from '../lifetime/forget-at-restart.ts'
import { openRetirementFile } from '../lifetime/retirement-file.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { sealingAdministrator } from '../sealing/administrator.ts'
import { clearAgentFolder } from '../sealing/agent-remains.ts'
import { closeForCustomer, type Sealing } from '../sealing/close-for-customer.ts'
import { openSealingScripts } from '../sealing/questions.ts'
import { readSealingMemory } from '../sealing/sealing-memory.ts'
import { workshopAccount } from '../sealing/workshop-account.ts'

/**
 * Closes Windows for its owner. For the customer: Windows greets at its next start, and the workshop's account goes. For
 * the account: it stays, without password. What the workshop left goes in both, and goes last: as long as sysprep may fail,
 * a person can still sign in. Each part may be done again, so that the step goes on after a restart, or a cut of the power,
 * from its beginning.
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
    const sealing: Sealing = { context, dependencies, scripts, memory: readSealingMemory(step.memory) }
    const name =
      owner === 'customer' ? sealingAdministrator(context.work, before) : workshopAccount(context.work, before)
    const closed = owner === 'customer' ? await closeForCustomer(sealing, name) : { imageState: null }
    if ('restart' in closed) return { continueWith: closed.restart }
    doing(context, 0.8, 'Effacement des traces de l’atelier', 'Removing the workshop’s traces')
    const removed = await removeTraces(sealing, !(owner === 'account' && agent === 'keep'))
    const account = await seeToAccount(sealing, name, owner)
    if (account === 'restart') return restartAgain(sealing)
    clearAgentFolder(dependencies.folder)
    const result = { for: owner, agent, account, removed, imageState: closed.imageState }
    const now = context.clock.now().toISOString()
    if (agent === 'keep') {
      retirement.write({ kind: 'kept', account: name, asleepForDays, waited: { seen: now, ms: 0 } })
    } else retirement.write({ kind: 'retiring', runId, since: now, result })
    return { result }
  }
}

/**
 * An answer file that something holds open goes when Windows starts, before anything can read it. Throws StepError
 * SEAL_ANSWER_FILE_LEFT where Windows refuses even that: a password must not leave the shop.
 */
async function removeTraces({ context, dependencies, scripts }: Sealing, leavesShop: boolean): Promise<string[]> {
  const { removed, left } = await scripts.traces({ leavesShop })
  const [file] = left
  if (file === undefined) return removed
  context.log('warning', `these go at the next start: ${left.join(', ')}`)
  const refused = await forgetAtRestart(context.exec, dependencies, left)
  if (refused !== null) throw new StepError(failure('SEAL_ANSWER_FILE_LEFT', { file }, { detail: refused }))
  return [...removed, ...left]
}

/** Of those before sealing, two at most, and one for this. */
const mostRestartsForAccount = 3

type Account = { name: string | null; state: string; others: string[] }

async function seeToAccount(
  { context, scripts, memory }: Sealing,
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
  if (memory.restarts < mostRestartsForAccount) return 'restart'
  throw new StepError(failure('SEAL_ACCOUNT_IN_USE', { name: name ?? '?' }))
}

/** Nobody logs on by himself after it: the automatic logon is gone by now. */
function restartAgain({ context, memory }: Sealing): Outcome {
  context.log('info', 'the workshop’s account is signed in still: restarting')
  return { continueWith: { ...memory, restarts: memory.restarts + 1 } }
}

function doing(context: StepContext, fraction: number, fr: string, en: string): void {
  context.progress({ fraction, doing: { fr, en } })
}
