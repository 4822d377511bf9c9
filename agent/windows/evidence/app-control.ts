import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { noted } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

/** VerifiedAndReputablePolicyState: 0 off, 1 on, 2 evaluation (Microsoft, "Smart App Control"). */
const states: ReadonlyMap<number, Sentence> = new Map([
  [0, { fr: 'désactivé', en: 'off' }],
  [
    1,
    {
      fr: 'activé\u202f: il bloque les programmes non signés, l’agent d’Établi aussi',
      en: 'on: it blocks unsigned programs, Établi’s agent too',
    },
  ],
  [
    2,
    {
      fr: 'en évaluation\u202f: s’il s’active, il bloquera l’agent d’Établi, qui n’est pas signé',
      en: 'evaluating: once it turns itself on, it blocks Établi’s agent, which is not signed',
    },
  ],
])

/** What Smart App Control does; nothing is expected of it. Pure. */
export function appControlItems({ appControl }: Pick<WindowsMeasured, 'appControl'>): EvidenceItem[] {
  const about = {
    id: 'smart-app-control',
    title: { fr: 'Contrôle intelligent des applications', en: 'Smart App Control' },
  }
  if (appControl === null) return [noted(about, null)]
  const absent = { fr: 'absent de ce Windows', en: 'not in this Windows' }
  return [noted(about, states.get(appControl.state) ?? absent)]
}
