import type { Materials } from '../../../agent/protocol/materials.ts'
import { secretPlacesOf } from '../../../tasksequences/steps/definition.ts'
import { stepDefinition } from '../../../tasksequences/steps/definitions.ts'
import type { SecretFault } from '../../configuration/parse-secrets.ts'
import type { SecretLack } from '../../configuration/secret-choice.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { labelOf, type Machine } from '../../machines/machine.ts'
import type { Refusal } from '../../refusal/refusal.ts'
import { deploymentRefusal } from '../errors.ts'
import type { RunStep } from '../run/run.ts'
import { secretNames } from '../serving/step-secrets.ts'

/** Which of these secrets the machine with this serial number, empty for one without, would not get, and why. */
export type SecretLacks = (names: readonly string[], serial: string) => Promise<readonly SecretLack[]>

export type SecretCheck = {
  machine: Machine
  /** Those the run will do. */
  steps: readonly RunStep[]
  materials: Materials | null
}

/**
 * Sees that the run's steps will get their secrets, before its disk is written rather than an hour later.
 *
 * @throws Refusal SECRET_NOT_SET, SECRET_NOT_FOR_MACHINE, SECRET_NEEDS_SERIAL, SECRET_WRONG, SECRETS_UNREADABLE,
 *   SECRETS_TOO_LARGE
 */
export async function refuseLackingSecrets(
  { machine, steps, materials }: SecretCheck,
  secretLacks: SecretLacks,
): Promise<void> {
  for (const step of steps) {
    const lacks = await secretLacks(secretNames(step, materials), machine.serial ?? '')
    const lack = lacks.find(({ kind }) => kind !== 'not-set' || !mayDoWithout(step))
    if (lack !== undefined) throw refusalOf(lack, machine)
  }
}

/** What a manifest wants done with a secret that nobody has set is left out: TeamViewer works without an account. */
function mayDoWithout({ type, phase }: RunStep): boolean {
  const definition = stepDefinition(type)
  return definition !== null && secretPlacesOf(definition, phase) === 'manifests'
}

const secretFaults: Readonly<Record<SecretFault, Sentence>> = {
  'not-text': { fr: 'ce n’est pas un texte', en: 'it is no text' },
  'too-long': { fr: 'il est trop long, 4096 caractères au plus', en: 'it is too long, 4096 characters at most' },
  'serial-twice': { fr: 'ce numéro de série y est deux fois', en: 'this serial number is there twice' },
}

function refusalOf(lack: SecretLack, machine: Machine): Refusal {
  const label = `${labelOf(machine)} (${machine.code})`
  switch (lack.kind) {
    case 'not-set':
      return deploymentRefusal('SECRET_NOT_SET', { name: lack.name })
    case 'not-for-machine':
      return machine.serial === null
        ? deploymentRefusal('SECRET_NEEDS_SERIAL', { name: lack.name, label })
        : deploymentRefusal('SECRET_NOT_FOR_MACHINE', { name: lack.name, label, serial: machine.serial })
    case 'wrong':
      return deploymentRefusal('SECRET_WRONG', { name: lack.name, line: lack.line, reason: secretFaults[lack.fault] })
    case 'unreadable':
      return lack.line === null
        ? deploymentRefusal('SECRETS_TOO_LARGE')
        : deploymentRefusal('SECRETS_UNREADABLE', { line: lack.line })
  }
}
