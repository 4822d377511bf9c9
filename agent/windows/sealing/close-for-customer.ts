import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { hasStoodStill } from '../system/powershell.ts'
import { readPendingRestart, reasonsToRestart } from '../updates/pending-restart.ts'
import { decryptDrives } from './decryption.ts'
import type { SealingScripts } from './questions.ts'
import { judgeReadiness } from './readiness.ts'
import { openSealedFile } from './sealed-file.ts'
import type { SealingMemory } from './sealing-memory.ts'
import { sysprepFailure } from './sysprep.ts'

export type Sealing = {
  context: StepContext
  dependencies: WindowsDependencies
  scripts: SealingScripts
  memory: SealingMemory
}

/** Windows is closed, or has to be restarted and the step to go on from this memory. */
export type Closed = { imageState: string } | { restart: SealingMemory }

const lookEveryMs = 15_000

/**
 * Has sysprep make Windows greet its owner. Where that needs a person, the account is opened first, so that there is
 * somebody he can sign in as. Throws StepError SEAL_….
 */
export async function closeForCustomer(sealing: Sealing, name: string | null): Promise<Closed> {
  const { context, dependencies, scripts } = sealing
  const { runId } = context.work
  const sealedFile = openSealedFile(dependencies.folder)
  const sealed = sealedFile.read()
  if (sealed?.runId === runId) return { imageState: sealed.imageState }
  try {
    const restart = (await waitUntilReady(sealing)) ?? (await waitForSession(sealing, name))
    if (restart !== null) return { restart }
    const closed = await runSysprep(sealing, name)
    if ('imageState' in closed) sealedFile.write({ runId, imageState: closed.imageState })
    return closed
  } catch (error) {
    if (error instanceof StepError && name !== null)
      await scripts.account({ name, task: 'open' }).catch(() => undefined)
    throw error
  }
}

/** The restart that has to come first, or null when sysprep may begin. Throws StepError for what needs a person. */
async function waitUntilReady({ context, dependencies, scripts, memory }: Sealing): Promise<SealingMemory | null> {
  tell(context, 0, 'Contrôle avant le scellement', 'Checking before sealing')
  await decryptDrives(context, scripts)
  const { restarts } = memory
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
        return { ...memory, restarts: verdict.restarts }
      case 'wait':
        tell(context, 0.1, 'Windows Update termine une installation', 'Windows Update is finishing an installation')
        await context.clock.sleep(lookEveryMs, context.signal)
    }
  }
}

/** A start that signs him in may come with an update's last work. */
const mostSignIns = 2
/** Looks for his desktop after such a start: first sign-ins take minutes. */
const mostSessionLooks = 20

/** The restart that signs the administrator in, or null when he is. Throws StepError SEAL_NO_SESSION. */
async function waitForSession(
  { context, scripts, memory }: Sealing,
  name: string | null,
): Promise<SealingMemory | null> {
  tell(context, 0.2, 'Ouverture de la session de l’administrateur', 'Signing the administrator in')
  const looks = memory.signIns === 0 ? 1 : mostSessionLooks
  for (let look = 0; look < looks; look += 1) {
    if ((await scripts.session({ name, task: 'find' })).signedIn) return null
    if (look + 1 < looks) await context.clock.sleep(lookEveryMs, context.signal)
  }
  if (memory.signIns >= mostSignIns) throw new StepError(failure('SEAL_NO_SESSION', { name: name ?? 'Administrator' }))
  await scripts.session({ name, task: 'arrange' })
  context.log('info', 'sysprep wants an administrator who is signed in: restarting into his session')
  return { ...memory, signIns: memory.signIns + 1 }
}

/** Sysprep fails of what a restart ends often enough for one more try. */
const mostFailures = 2

/** Gives the state Windows says it is in afterwards. Throws StepError SEAL_SYSPREP_FAILED, SEAL_SYSPREP_STALLED. */
async function runSysprep({ context, scripts, memory }: Sealing, name: string | null): Promise<Closed> {
  tell(context, 0.4, 'Sysprep prépare Windows pour son propriétaire', 'Sysprep is making Windows ready for its owner')
  const failed = await trySysprep(scripts, name)
  if ('imageState' in failed) {
    context.log('info', `sealed: ${failed.imageState}`)
    return failed
  }
  const failures = memory.failures + 1
  if (failures >= mostFailures) throw new StepError(failed.failure)
  context.log('warning', `sysprep failed (${failed.failure.detail ?? failed.failure.code}): once more after a restart`)
  // He has to be signed in again after it.
  await scripts.session({ name, task: 'arrange' })
  return { restart: { ...memory, failures, signIns: Math.min(memory.signIns + 1, mostSignIns) } }
}

async function trySysprep(
  scripts: SealingScripts,
  name: string | null,
): Promise<{ imageState: string } | { failure: Failure }> {
  const ran = await scripts.sysprep(name).catch((error: unknown) => {
    if (error instanceof StepError && error.failure.code === 'SCRIPT_FAILED') return error.failure
    throw error
  })
  const outcome = await scripts.outcome()
  if ('params' in ran) {
    const detail = outcome.errors.join('\n').slice(0, 8000)
    return { failure: hasStoodStill(ran) ? failure('SEAL_SYSPREP_STALLED', {}, { detail }) : ran }
  }
  const failed = sysprepFailure(ran.code, outcome)
  return failed === null ? { imageState: outcome.imageState } : { failure: failed }
}

function tell(context: StepContext, fraction: number, fr: string, en: string): void {
  context.progress({ fraction, doing: { fr, en } })
}
