import type { Machine } from '../machine.ts'

/** What a measuring script sends: a part that cannot be measured is left out, and the others are there. */
export function measuredParts({ unmeasurable }: Machine, parts: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !unmeasurable.includes(name)))
}
