import type { StepLogLine } from '../../../api/deployments/schema.ts'

export const logLevels = ['all', 'said', 'trouble'] as const
export type LogLevel = (typeof logLevels)[number]

/** A browser draws this many lines without effort; the rest is in the copy. */
export const linesShown = 1500

/** What a level leaves: `said` without the programs' raw output, `trouble` only warnings and errors. */
export function filterLog(lines: readonly StepLogLine[], level: LogLevel): readonly StepLogLine[] {
  if (level === 'all') return lines
  if (level === 'said') return lines.filter(({ line }) => line.level !== 'output')
  return lines.filter(({ line }) => line.level === 'warning' || line.level === 'error')
}

/** The log as text, to paste into a mail. */
export function logText(lines: readonly StepLogLine[]): string {
  return lines.map(({ stepId, line }) => `${line.at} ${stepId} ${line.level} ${line.text}`).join('\n')
}
