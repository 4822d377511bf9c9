import { aroundSecrets, disarmed } from './secret-references.ts'
import type { Scalar, Variables } from './scalar.ts'

/** `${name}`, but not `$${name}`, which stands for the text `${name}` itself (a shell's own variable). */
const reference = /\$?\$\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}/g
const whole = /^\$\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}$/

/** Names that a text refers to, with the offset of each. */
export function referencesIn(text: string): Array<{ name: string; at: number }> {
  return [...text.matchAll(reference)]
    .filter((match) => !match[0].startsWith('$$'))
    .map((match) => ({ name: match[1] ?? '', at: match.index }))
}

function lookUp(name: string, variables: Variables): Scalar {
  return Object.hasOwn(variables, name) ? (variables[name] ?? '') : ''
}

/**
 * Fills in a text. One that is nothing but `${name}` becomes the variable's value with its type. References to secrets
 * stay as they are, and no variable can bring one.
 */
export function fillText(text: string, variables: Variables): Scalar {
  const alone = whole.exec(text)
  if (alone) {
    const value = lookUp(alone[1] ?? '', variables)
    return typeof value === 'string' ? disarmed(value) : value
  }
  return aroundSecrets(text, (part) =>
    part.replaceAll(reference, (match, name: string) =>
      match.startsWith('$$') ? match.slice(1) : String(lookUp(name, variables)),
    ),
  )
}

/** Fills in every text inside a value made of maps, lists and scalars. */
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables)
  if (Array.isArray(value)) return value.map((item) => fill(item, variables))
  if (typeof value === 'object' && value !== null) return fillMap(value, variables)
  return value
}

/** `fill` for a map. */
export function fillMap(map: object, variables: Variables): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, fill(value, variables)]))
}
