import { referencesIn } from '../interpolation.ts'
import { isBuiltIn } from '../facts.ts'
import type { Phase } from '../sequence.ts'
import type { Locale } from '../../text/quantities.ts'
import type { Application } from './application.ts'
import type { Declaration } from './condition-source.ts'
import { fillVariables } from './command-steps.ts'
import { oneLine } from './foreign-text.ts'
import type { ReportLine } from './report.ts'
import type { Defaults } from './defaults.ts'
import type { BackboneType } from './step-policy.ts'
import type { WrittenStep, WrittenVariable } from './sequence-text.ts'
import type { Share } from './share.ts'
import { knownVariable } from './variable-names.ts'

/** What a sequence’s translation depends on beside the sequence. */
export type SequenceContext = {
  readonly id: string
  readonly share: Share
  readonly applications: ReadonlyMap<string, Application>
  readonly defaults: Defaults
  readonly language: Locale
}

/** What is found while going through a sequence’s tree. */
export type Collected = {
  readonly lines: ReportLine[]
  readonly backbone: Map<BackboneType, { input: Record<string, unknown>; comments: string[] }>
  readonly windows: WrittenStep[]
  readonly disabled: WrittenStep[]
  readonly variables: Map<string, WrittenVariable>
  phase: Phase
}

/** A step’s name as it may stand in a sequence; null for none. */
export function literalName(name: string): string | null {
  const text = oneLine(name, 120)
  return text === '' || /\$\{/.test(text) ? null : text
}

/** A variable of MDT's with its value, by the name it has here. */
export function declare(collected: Collected, name: string, value: string): void {
  const known = knownVariable(name)
  if (known.is === 'constant' || isBuiltIn(known.name)) return
  const filled = fillVariables(value)?.text ?? ''
  collected.variables.set(known.name, {
    name: known.name,
    value: withoutReferences(filled).slice(0, 1000),
    comment: `MDT: ${name}`,
  })
}

/** Declares a variable that a condition asks for, unless it is there. */
export function declareOwn(collected: Collected, { name, value, from }: Declaration): void {
  if (collected.variables.has(name)) return
  const scalar = value === 'true' ? true : value === 'false' ? false : value
  collected.variables.set(name, { name, value: scalar, comment: `MDT: ${from}` })
}

/** A default may refer to facts only: references among defaults could go in a circle. */
function withoutReferences(text: string): string {
  return referencesIn(text).every(({ name }) => isBuiltIn(name)) ? text : ''
}
