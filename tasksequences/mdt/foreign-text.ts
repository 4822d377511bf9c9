import { brokenSecretReferences, secretsIn } from '../secret-references.ts'

/**
 * A text of the share as it has to stand in a sequence or manifest to mean itself: `${name}` of a PowerShell script is
 * not Établi's. Null when it holds what would be read as a reference to a secret, which nothing can stand for.
 */
export function literalText(text: string): string | null {
  if (secretsIn(text).length > 0 || brokenSecretReferences(text).length > 0) return null
  return text.replaceAll(/\$\{\s*[A-Za-z][A-Za-z0-9_]*\s*\}/g, (found) => `$${found}`)
}

/** A text for one line of a comment or a name: no control characters, blanks as one, not too long. */
export function oneLine(text: string, longest = 200): string {
  const line = text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim()
  const points = [...line]
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : line
}

/** An id of the catalogue made of a name: `7-Zip 24.09` → `7-zip-24-09`. */
export function idOf(name: string, otherwise: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '')
  return id === '' ? otherwise : id
}

/** Gives each name an id of its own: one that is taken gets a number. */
export function uniqueIds(): (name: string, otherwise: string) => string {
  const given = new Set<string>()
  return (name, otherwise) => {
    const wanted = idOf(name, otherwise)
    let id = wanted
    for (let number = 2; given.has(id); number += 1) id = `${wanted}-${number}`
    given.add(id)
    return id
  }
}
