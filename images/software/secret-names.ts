const reference = /\$\{secret\.([^}]*)\}/g

/** Names of the secrets that the texts of a manifest refer to as `${secret.NAME}`, each with the way to its key. */
export function secretReferences(value: unknown, path = ''): Array<{ path: string; name: string }> {
  if (typeof value === 'string') return [...value.matchAll(reference)].map(([, name = '']) => ({ path, name }))
  if (Array.isArray(value)) return value.flatMap((item, index) => secretReferences(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => secretReferences(inner, path === '' ? key : `${path}.${key}`))
}
