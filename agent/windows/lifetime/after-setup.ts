import { StepError, type Step, type StepContext, type Steps } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { readSetupState } from './setup-state.ts'

const askEveryMs = 5000
/** A Windows that has not answered for so many questions, five minutes at least, will not. */
const mostUnanswered = 60

/**
 * The same steps, each begun only when Windows Setup has finished: the start-up task may run the agent while the
 * out-of-box experience still goes on, when an installer would fail and a restart would break the installation.
 * The server hears from the machine all the while. Once Windows `isSealed`, nothing is waited for: the out-of-box
 * experience is the owner's then, and all that is left for the agent is to switch off and go.
 *
 * Setup that has finished stays so until the next start of Windows, and of this program: later steps do not ask again.
 */
export function afterSetup(
  steps: Steps,
  dependencies: WindowsDependencies,
  isSealed: () => boolean = () => false,
): Steps {
  let finished = false
  const begun = (step: Step): Step => {
    return async (context) => {
      if (!finished && !isSealed()) {
        await untilFinished(context, dependencies)
        finished = true
      }
      return step(context)
    }
  }
  return new Map([...steps].map(([type, step]): [string, Step] => [type, begun(step)]))
}

/** Throws StepError SCRIPT_FAILED, WINDOWS_PROGRAM_MISSING when Windows cannot be asked for too long. */
async function untilFinished(context: StepContext, dependencies: WindowsDependencies): Promise<void> {
  let unanswered = 0
  for (let told = ''; ;) {
    const state = await readSetupState(context, dependencies)
    if (state.kind === 'finished') return
    unanswered = state.kind === 'unknown' ? unanswered + 1 : 0
    if (state.kind === 'unknown' && unanswered >= mostUnanswered) throw new StepError(state.failure)
    if (state.kind !== told) context.log('info', `waiting for Windows to finish its setup (${state.kind})`)
    told = state.kind
    context.progress({
      fraction: null,
      doing: { fr: 'Windows termine son installation', en: 'Windows is finishing its setup' },
    })
    await context.clock.sleep(askEveryMs, context.signal)
  }
}
