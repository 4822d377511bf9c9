import type { Failure } from '../../../agent/protocol/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { runFailure } from '../../deployments/failure-messages.ts'
import { claimIdOf, type Claim } from '../../machines/claims/claim.ts'

/** The run variable that a person's decision goes into (tasksequences/facts.ts). */
export const claimantVariable = 'claimant'

const places: Readonly<Record<Claim['phase'], Sentence>> = {
  environment: { fr: 'dans l’environnement de préparation', en: 'in the boot environment' },
  windows: { fr: 'dans Windows', en: 'in Windows' },
}

/** Why a run stops for a person when several computers claim to be its machine, with the choice between them. */
export function claimedTwice(claims: readonly Claim[]): Failure {
  const options = claims.map((claim, index) => {
    const place = places[claim.phase]
    const order = index === 0 ? { fr: 'là d’abord', en: 'there first' } : { fr: 'venu ensuite', en: 'came later' }
    const label: Sentence = {
      fr: `${claim.address}, ${place.fr}, ${order.fr}`,
      en: `${claim.address}, ${place.en}, ${order.en}`,
    }
    return { value: claimIdOf(claim), label }
  })
  const addresses = claims.map(({ address }) => address).join(', ')
  return {
    ...runFailure('MACHINE_CLAIMED_TWICE', { count: claims.length, addresses }),
    choice: { variable: claimantVariable, options },
  }
}

/** What a start of a machine is told that has to wait, because another one is still there. */
export const secondStart: { message: Sentence; fix: Sentence } = {
  message: {
    fr: 'Un autre démarrage de ce poste parle encore au serveur.',
    en: 'Another start of this machine is still speaking to the server.',
  },
  fix: {
    fr: 'Si c’est ce poste qui a redémarré, il sera pris en charge dans la minute. Sinon, deux ordinateurs se présentent comme le même poste : voyez sa page.',
    en: 'If it is this machine that has restarted, it is taken in within a minute. If not, two computers claim to be the same machine: see its page.',
  },
}
