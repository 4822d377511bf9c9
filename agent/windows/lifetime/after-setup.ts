import type { Step, Steps } from '../../runtime/step.ts'
import { readSetupState } from './setup-state.ts'

const askEveryMs = 5000

/**
 * The same steps, each begun only when Windows Setup has finished: the start-up task may run the agent while the
 * out-of-box experience still goes on, when an installer would fail and a restart would break the installation.
 * The server hears from the machine all the while. Once Windows `isSealed`, nothing is waited for: the out-of-box
 * experience is the owner's then, and all that is left for the agent is to switch off and go.
 */
export function afterSetup(steps: Steps, isSealed: () => boolean = () => false): Steps {
  return new Map([...steps].map(([type, step]): [string, Step] => [type, waiting(step, isSealed)]))
}

function waiting(step: Step, isSealed: () => boolean): Step {
  return async (context) => {
    const { exec, clock, signal } = context
    if (isSealed()) return step(context)
    for (let told = ''; ;) {
      const state = await readSetupState(exec)
      if (state === 'finished') return step(context)
      if (state !== told) context.log('info', `waiting for Windows to finish its setup (${state})`)
      told = state
      context.progress({
        fraction: null,
        doing: { fr: 'Windows termine son installation', en: 'Windows is finishing its setup' },
      })
      await clock.sleep(askEveryMs, signal)
    }
  }
}
