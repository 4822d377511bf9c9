/** What is picked, and where Shift reaches from. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null }

export const nothingSelected: Selection = { ids: new Set(), anchor: null }

/** A click: one more or one less. With Shift: everything from the last click to this one, in the order it is shown. */
export function pick(selection: Selection, id: string, order: readonly string[], shift: boolean): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor)
  const to = order.indexOf(id)
  if (shift && from !== -1 && to !== -1) {
    const reach = order.slice(Math.min(from, to), Math.max(from, to) + 1)
    return { ids: new Set([...selection.ids, ...reach]), anchor: selection.anchor }
  }
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id }
}

export function pickAll(ids: readonly string[]): Selection {
  return { ids: new Set(ids), anchor: null }
}

/** Lets go of what can no longer be picked: it was started elsewhere, or left. */
export function keepOnly(selection: Selection, order: readonly string[]): Selection {
  const ids = order.filter((id) => selection.ids.has(id))
  return ids.length === selection.ids.size ? selection : { ids: new Set(ids), anchor: null }
}
