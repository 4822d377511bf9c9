import type { FirmwareKey } from '../../../images/unattend/firmware-key.ts'
import { chooseKey, type KeyDecision, type KeyPolicy } from '../../../images/unattend/key-choice.ts'
import { keyRefusals } from '../../../images/unattend/key-messages.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { describeCode } from '../../../text/messages.ts'

export type KeyWish = {
  /** As the sequence says it, secrets filled in: `automatic`, `firmware`, `generic`, `none`, or a key. */
  wanted: string
  /** EDITIONID of the image. */
  edition: string
  firmware: FirmwareKey
}

export type ChosenKey = Extract<KeyDecision, { kind: 'go' }>

/** The key the answer file gets, or PRODUCT_KEY_REFUSED in the words of `images/unattend`. Never has a key in its words. Pure. */
export function decideKey(wish: KeyWish): ChosenKey | { kind: 'refused'; failure: Failure } {
  const { wanted, edition, firmware } = wish
  const decide = (policy: KeyPolicy): KeyDecision =>
    chooseKey({ imageEdition: edition, firmware, firmwareEdition: null, policy })
  const decision = wanted === 'automatic' ? automatic(decide) : decide(policyOf(wanted))
  if (decision.kind === 'go') return decision
  const params = describeCode(keyRefusals, decision.reason, {})
  return { kind: 'refused', failure: failure('PRODUCT_KEY_REFUSED', params, { detail: decision.reason }) }
}

/** The firmware's; else the generic one of the edition; of an edition nobody knows a key for, the image's own. */
function automatic(decide: (policy: KeyPolicy) => KeyDecision): KeyDecision {
  const [first, second] = [decide({ from: 'firmware' }), decide({ from: 'generic' })]
  if (first.kind === 'go') return first
  return second.kind === 'go' ? second : decide({ from: 'none' })
}

function policyOf(wanted: string): KeyPolicy {
  switch (wanted) {
    case 'firmware':
    case 'generic':
    case 'none':
      return { from: wanted }
    default:
      return { from: 'given', key: wanted }
  }
}
