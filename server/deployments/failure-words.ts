import { describeFailure } from '../../agent/failures.ts'
import type { Failure, Sentence } from '../../agent/protocol.ts'

/** The sentence and the fix of any failure of a run: the agent's, and the one that only the server can see. */
export function describeRunFailure(failure: Failure): { message: Sentence; fix: Sentence } {
  if (failure.code !== 'STEP_INTERRUPTED') return describeFailure(failure)
  const { step = '?', times = '?' } = failure.params
  return {
    message: {
      fr: `Le poste a redémarré ${times} fois pendant l’étape « ${step} » sans la finir.`,
      en: `The machine restarted ${times} times during the step "${step}" without finishing it.`,
    },
    fix: {
      fr: 'Vérifiez l’alimentation, la mémoire et le disque (un test de mémoire d’abord), puis reprenez.',
      en: 'Check power supply, memory and disk (a memory test first), then retry.',
    },
  }
}
