import type { SoftwareView } from '../../../api/catalogue/schema.ts'
import type { ImageView } from '../../../api/images/schema.ts'

/**
 * How a package stands: one that comes with the product and that no sequence takes may wait for its installer for ever
 * and troubles nobody.
 */
export type Standing = 'trouble' | 'ready' | 'spare'

export function standingOf({ state, origin, usedBy }: SoftwareView): Standing {
  if (state === 'ready') return 'ready'
  return state === 'installer-missing' && origin === 'shipped' && usedBy.length === 0 ? 'spare' : 'trouble'
}

const order: readonly Standing[] = ['trouble', 'ready', 'spare']

/** What a person has to see to first; else by name. */
export function inOrder(items: readonly SoftwareView[]): SoftwareView[] {
  return items.toSorted(
    (one, other) =>
      order.indexOf(standingOf(one)) - order.indexOf(standingOf(other)) || one.name.localeCompare(other.name),
  )
}

/** The shape beside its name. */
export function glyphOf(item: SoftwareView): 'failed' | 'attention' | 'done' | 'asleep' {
  const standing = standingOf(item)
  if (standing === 'trouble') return item.state === 'invalid' ? 'failed' : 'attention'
  return standing === 'ready' ? 'done' : 'asleep'
}

/** What was prepared last comes first: it is what a person looks for after an import. */
export function imagesByAge(images: readonly ImageView[]): ImageView[] {
  return images.toSorted((a, b) =>
    a.preparedAt === b.preparedAt ? (a.id < b.id ? -1 : 1) : a.preparedAt < b.preparedAt ? 1 : -1,
  )
}
