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
