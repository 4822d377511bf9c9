/** A text that was typed and not saved, and the version of the file it was begun from. */
export type Draft = { text: string; version: string }

const keyOf = (id: string): string => `draft.sequence.${id}`

/** What was typed here and not saved, the last time; null when nothing was. */
export function draftOf(storage: Storage, id: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(id)) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('text' in kept) || !('version' in kept)) return null
    const { text, version } = kept
    return typeof text === 'string' && typeof version === 'string' ? { text, version } : null
  } catch {
    return null
  }
}

/** Keeps what is typed on this device until it is saved or given up; null: nothing is to be kept any more. */
export function keepDraft(storage: Storage, id: string, draft: Draft | null): void {
  if (draft === null) storage.removeItem(keyOf(id))
  else storage.setItem(keyOf(id), JSON.stringify(draft))
}
