import { spawnSync } from 'node:child_process'

/** Which of these programs this machine lacks, as an obstacle for `canRun`; null when all are here. */
export function missingPrograms(names: readonly string[]): string | null {
  const missing = names.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`
}

/** Whether `what` can run here: nothing is in its way. Otherwise says why not; a run repeats that at its end. */
export function canRun(what: string, obstacle: string | null): boolean {
  if (obstacle !== null) console.log(`skipped: ${what} (${obstacle})`)
  return obstacle === null
}
