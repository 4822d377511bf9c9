import type { SequenceProblem } from '../../../api/sequences/schema.ts'

/** Where in a text a line and column are (both from 1, as YAML readers count); its end when there is no such place. */
export function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, Math.max(0, line - 1))
  const start = before.reduce((sum, one) => sum + one.length + 1, 0)
  return Math.min(text.length, start + Math.max(0, column - 1))
}

/** The problems a refused save carries beside its words. */
export function problemsIn(body: unknown): readonly SequenceProblem[] {
  if (typeof body !== 'object' || body === null || !('problems' in body)) return []
  return Array.isArray(body.problems) ? (body.problems as readonly SequenceProblem[]) : []
}

/** Whether a sequence has this file name already. */
export function isTaken(id: string, sequences: ReadonlyArray<{ id: string }>): boolean {
  return sequences.some((one) => one.id === id)
}

/** A file name for a copy that nobody has yet: `windows-10-2`, `windows-10-3`… */
export function freeName(id: string, sequences: ReadonlyArray<{ id: string }>): string {
  const stem = id
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 58)
  let number = 2
  while (isTaken(`${stem}-${number}`, sequences)) number += 1
  return `${stem}-${number}`
}
