import type { Evidence, EvidenceItem } from '../../../../agent/protocol/evidence.ts'

export function item(id: string, verdict: EvidenceItem['verdict'] = 'passed'): EvidenceItem {
  const both = (text: string) => ({ fr: text, en: text })
  return { id, title: { fr: `titre ${id}`, en: `title ${id}` }, expected: both('oui'), measured: both('oui'), verdict }
}

export const good: Evidence = {
  passed: true,
  items: [item('activation'), item('tpm', 'noted'), item('wifi', 'allowed')],
}
export const bad: Evidence = {
  passed: false,
  items: [item('activation', 'failed'), item('tpm'), item('app:News', 'failed')],
}
