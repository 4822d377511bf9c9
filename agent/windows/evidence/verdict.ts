import type { Evidence, EvidenceItem } from '../../protocol/evidence.ts'

/**
 * The evidence as a whole: an item the sequence lets fail is allowed, by its id or by the kind before its colon
 * (`activation`, `app:Microsoft.BingNews`, `shortcut`). Pure.
 */
export function evidenceOf(items: readonly EvidenceItem[], allow: readonly string[]): Evidence {
  const judged = items.map((item): EvidenceItem => {
    const [kind = ''] = item.id.split(':')
    const isAllowed = allow.some((one) => one.toLowerCase() === item.id.toLowerCase() || one === kind)
    return item.verdict === 'failed' && isAllowed ? { ...item, verdict: 'allowed' } : item
  })
  return { passed: judged.every(({ verdict }) => verdict !== 'failed'), items: judged.map(bounded) }
}

/** As long as the protocol lets a sentence be. */
const longest = 1024

function bounded(item: EvidenceItem): EvidenceItem {
  const cut = ({ fr, en }: EvidenceItem['measured']) => ({ fr: fr.slice(0, longest), en: en.slice(0, longest) })
  return {
    ...item,
    id: item.id.slice(0, 192),
    title: cut(item.title),
    expected: item.expected && cut(item.expected),
    measured: cut(item.measured),
  }
}
