export type Place =
  | { page: 'bench' }
  | { page: 'machine'; id: string }
  | { page: 'stock' }
  | { page: 'catalogue' }
  | { page: 'sequences'; id: string | null }
  | { page: 'settings' }
  | { page: 'unknown' }

/** Where an address leads. */
export function placeOf(path: string): Place {
  const [first, second, ...more] = path.split('/').filter((part) => part !== '')
  if (more.length > 0) return { page: 'unknown' }
  if (first === undefined) return { page: 'bench' }
  if (first === 'machines' && second !== undefined) return { page: 'machine', id: decodeURIComponent(second) }
  if (first === 'sequences') return { page: 'sequences', id: second === undefined ? null : decodeURIComponent(second) }
  if (second !== undefined) return { page: 'unknown' }
  if (first === 'stock' || first === 'settings') return { page: first }
  if (first === 'images') return { page: 'catalogue' }
  return { page: 'unknown' }
}
