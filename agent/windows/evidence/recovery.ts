import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { expected, unmeasured } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

const about = { id: 'recovery', title: { fr: 'Environnement de récupération', en: 'Recovery environment' } }
const wanted: Sentence = { fr: 'actif, sur sa partition', en: 'enabled, on its own partition' }

/**
 * Windows' recovery environment is enabled and lies on the recovery partition: without it "Reset this PC" fails at the
 * customer's, and updates of it fail (KB5034441). Pure.
 */
export function recoveryItems({ recovery }: Pick<WindowsMeasured, 'recovery'>): EvidenceItem[] {
  if (recovery === null) return [unmeasured(about, wanted)]
  if (!recovery.enabled) return [expected(about, wanted, { fr: 'désactivé', en: 'disabled' }, false)]
  const elsewhere = {
    fr: 'actif, mais pas sur la partition de récupération',
    en: 'enabled, not on the recovery partition',
  }
  return [expected(about, wanted, recovery.onRecoveryPartition ? wanted : elsewhere, recovery.onRecoveryPartition)]
}
