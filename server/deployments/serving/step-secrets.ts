import type { Materials } from '../../../agent/protocol/materials.ts'
import { secretsIn } from '../../../tasksequences/secret-references.ts'
import { secretPlacesOf } from '../../../tasksequences/steps/definition.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { RunStep } from '../run/run.ts'

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/**
 * Names of the secrets a step may know: those that the sequence or the manifests of its software refer to, as far as the
 * step's definition lets it have any; none in the environment, which cannot prove what it is. What a machine reports or a person answers does not count, wherever in the step's
 * input it stands. Pure.
 */
export function secretNames(
  { type, phase, template }: Pick<RunStep, 'type' | 'phase' | 'template'>,
  materials: Materials | null,
): string[] {
  const definition = stepDefinition(type)
  const place = definition === null ? [] : secretPlacesOf(definition, phase)
  const texts =
    place === 'manifests'
      ? textsIn(materials?.software.map(({ manifest }) => manifest))
      : place.flatMap((key) => textsIn(template[key]))
  return [...new Set(texts.flatMap(secretsIn))]
}
