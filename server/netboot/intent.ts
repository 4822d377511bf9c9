import type { Phase } from '../../tasksequences/sequence.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { Run } from '../deployments/run/run.ts'
import { isToCome, isUnderWay } from '../deployments/run/step-status.ts'
import { nameOf } from '../stock/names.ts'
import type { RecordState } from '../stock/record.ts'

/** What a machine gets when it boots from the network, and why. */
export type BootIntent = { intent: 'environment' | 'local-disk'; reason: Sentence }

export type BootQuestion =
  { known: false } | { known: true; record: RecordState; run: { name: string; next: NextStep } | null }

/** Where the step lies that a run does or waits for: `none` when all are done. */
export type NextStep = { phase: Phase; name: Sentence } | { phase: 'none' }

/** States of a machine that has its Windows: the disk is its own business. */
const finished = new Set<RecordState>(['checking', 'ready', 'reserved', 'delivered', 'retired'])

/**
 * Decides what a machine boots. The environment by itself never writes a disk: it waits for an assignment.
 *
 * @param question what is known of the machine: its record's state and the run that goes on, if any.
 */
export function decideBootIntent(question: BootQuestion): BootIntent {
  if (!question.known) {
    return environment({
      fr: 'Poste inconnu : il se présente et attend.',
      en: 'Unknown machine: it introduces itself and waits.',
    })
  }
  const { run, record } = question
  if (run?.next.phase === 'environment') {
    const { name } = run.next
    return environment({
      fr: `Préparation « ${run.name} » : prochaine étape, ${name.fr}.`,
      en: `Run "${run.name}": next step, ${name.en}.`,
    })
  }
  if (run) {
    return localDisk({
      fr: `Préparation « ${run.name} » : la suite se passe dans Windows.`,
      en: `Run "${run.name}": it goes on in Windows.`,
    })
  }
  const stateName = nameOf(record)
  if (finished.has(record)) {
    return localDisk({
      fr: `La fiche dit « ${stateName.fr} » : le poste démarre sur son disque.`,
      en: `The record says "${stateName.en}": the machine boots its disk.`,
    })
  }
  return environment({
    fr: `La fiche dit « ${stateName.fr} » et aucune préparation n’est en cours : le poste attend.`,
    en: `The record says "${stateName.en}" and no run is going on: the machine waits.`,
  })
}

function environment(reason: Sentence): BootIntent {
  return { intent: 'environment', reason }
}

function localDisk(reason: Sentence): BootIntent {
  return { intent: 'local-disk', reason }
}

/** The step a run does or waits for next. */
export function nextStepOf(run: Pick<Run, 'steps' | 'state'>): NextStep {
  const { state } = run
  const step =
    state.kind === 'running' || state.kind === 'attention'
      ? run.steps[state.step]
      : run.steps.find(({ status }) => isToCome(status) || isUnderWay(status))
  return step ? { phase: step.phase, name: step.name } : { phase: 'none' }
}
