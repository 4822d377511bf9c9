import type { Place } from '../state/place.ts'

/** What stands on a browser's tab, the most telling first: tabs show little more than its beginning. */
export type PageTitle = {
  /** Machines that need a person. */
  attention: number
  /** The machine or sequence that the page is about; null on a page about many. */
  subject: string | null
  /** The page's own name. */
  page: string
  app: string
}

/** The title of a page. */
export function pageTitle({ attention, subject, page, app }: PageTitle): string {
  const count = attention > 0 ? `(${attention}) ` : ''
  return count + [subject ?? page, app].filter((part) => part !== '').join(' – ')
}

type Named = { id: string; name: string }
type Known = {
  machines: Record<string, { label: string }>
  records: Record<string, { machineId: string; label: string }>
  sequences: readonly Named[]
}

/** What the page at a place is about, by its name; null while that is not known. */
export function subjectOf(place: Place, { machines, records, sequences }: Known): string | null {
  if (place.page === 'machine') {
    const ofRecord = (): string | undefined => Object.values(records).find((one) => one.machineId === place.id)?.label
    return machines[place.id]?.label ?? ofRecord() ?? null
  }
  if (place.page === 'sequences') return sequences.find(({ id }) => id === place.id)?.name ?? null
  return null
}
