import type { EvidenceView, RecordView } from '../../../api/stock/schema.ts'

/** Whether Windows itself has been looked at since its disk was written, and found good: then nothing foreseen counts any more. */
export function isChecked(record: Pick<RecordView, 'evidence'> | undefined): boolean {
  return record?.evidence?.passed === true && record.evidence.holds
}

type Item = EvidenceView['items'][number]
export type Verdict = Item['verdict']

/** What failed is read first, then what was let pass, then what is well; what is only noted stands last. */
const order: readonly Verdict[] = ['failed', 'allowed', 'passed', 'noted']

/** The items by verdict, in the order they were measured; verdicts without an item are left out. */
export function byVerdict(items: readonly Item[]): Array<{ verdict: Verdict; items: Item[] }> {
  return order
    .map((verdict) => ({ verdict, items: items.filter((item) => item.verdict === verdict) }))
    .filter((group) => group.items.length > 0)
}
