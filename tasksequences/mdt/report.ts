import type { Sentence } from '../../text/sentence.ts'
import { describeRemark, type Remark } from './remarks.ts'

/** What somebody put into a share. */
export type ItemKind =
  | 'file'
  | 'sequence'
  | 'group'
  | 'step'
  | 'variable'
  | 'element'
  | 'operating-system'
  | 'application'
  | 'driver'
  | 'driver-group'
  | 'package'
  | 'selection-profile'
  | 'rule'
  | 'setting'
  | 'line'
  | 'answer'

/** A thing in the share that somebody put there: it gets one line in the report. */
export type Item = {
  readonly kind: ItemKind
  /** No other item has it; the same in every import of the same share. */
  readonly key: string
  /** As MDT shows it. */
  readonly name: string
  /** The file it is in, from the share's root on. */
  readonly file: string
}

/**
 * What became of an item. `etabli`: Établi does by itself what it was for. `look`: taken over, and a person should see
 * whether it is right. `as` names what it became: a step's type, a file, a variable.
 */
export type Outcome =
  | { readonly verdict: 'taken'; readonly as: string; readonly because: readonly Remark[] }
  | { readonly verdict: 'etabli'; readonly because: readonly Remark[] }
  | { readonly verdict: 'look'; readonly as: string; readonly because: readonly Remark[] }
  | { readonly verdict: 'left'; readonly because: readonly Remark[] }

/** A thing of the share and what became of it. */
export type ReportLine = { readonly item: Item; readonly outcome: Outcome }

/** Taken over as it is; what is remarked asks nothing of a person. */
export function taken(as: string, ...because: Remark[]): Outcome {
  return { verdict: 'taken', as, because }
}

/** Taken over, and to be looked at if there is a reason; taken over as it is without one. */
export function takenWith(as: string, reasons: readonly Remark[], ...because: Remark[]): Outcome {
  return { verdict: reasons.length > 0 ? 'look' : 'taken', as, because: [...reasons, ...because] }
}

/** Établi does it by itself. */
export function byEtabli(...because: Remark[]): Outcome {
  return { verdict: 'etabli', because }
}

/** Left out. */
export function left(...because: Remark[]): Outcome {
  return { verdict: 'left', because }
}

/** How many lines have which verdict. */
export function countVerdicts(lines: readonly ReportLine[]): Record<Outcome['verdict'], number> {
  const counts = { taken: 0, etabli: 0, look: 0, left: 0 }
  for (const { outcome } of lines) counts[outcome.verdict] += 1
  return counts
}

/** A line of the report as a person reads it: what became of the item, and why. */
export function outcomeSentence(outcome: Outcome): Sentence {
  const reasons = outcome.because.map((one) => describeRemark(one).message)
  const head = headOf(outcome)
  return {
    fr: [head.fr, ...reasons.map(({ fr }) => fr)].join(' ').trim(),
    en: [head.en, ...reasons.map(({ en }) => en)].join(' ').trim(),
  }
}

function headOf(outcome: Outcome): Sentence {
  switch (outcome.verdict) {
    case 'taken':
      return { fr: `Repris : ${outcome.as}.`, en: `Taken over: ${outcome.as}.` }
    case 'look':
      return { fr: `À vérifier, repris : ${outcome.as}.`, en: `Needs a look, taken over: ${outcome.as}.` }
    case 'etabli':
      return { fr: 'Rien à reprendre.', en: 'Nothing to take over.' }
    case 'left':
      return { fr: 'Laissé de côté.', en: 'Left out.' }
  }
}
