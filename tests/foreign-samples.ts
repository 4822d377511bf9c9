import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Files other people made, which are not ours to ship: `ETABLI_SAMPLES`, or `shared/samples` beside the checkout.
 * Null where there are none; tests that need them then skip, and say so.
 */
export const foreignSamples: string | null =
  [process.env['ETABLI_SAMPLES'], join(import.meta.dirname, '../../shared/samples')].find(
    (folder) => folder !== undefined && existsSync(join(folder, 'bcd')),
  ) ?? null

if (foreignSamples === null) {
  process.stdout.write('skipped: no samples of other makers here (set ETABLI_SAMPLES to their folder)\n')
}
