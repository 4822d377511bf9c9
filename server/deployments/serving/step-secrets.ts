import type { Materials } from '../../../agent/protocol/materials.ts'
import { secretsIn } from '../../../tasksequences/secret-references.ts'
import type { RunStep } from '../run/run.ts'

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/**
 * Names of the secrets a step may know: those that the sequence or the manifests of its software refer to. What a machine
 * reports or a person answers does not count, wherever in the step's input it stands. Pure.
 */
export function secretNames({ template }: Pick<RunStep, 'template'>, materials: Materials | null): string[] {
  const texts = [...textsIn(template), ...textsIn(materials?.software.map(({ manifest }) => manifest))]
  return [...new Set(texts.flatMap(secretsIn))]
}
