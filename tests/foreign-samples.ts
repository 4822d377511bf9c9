import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canRun } from './machine/requirements.ts'

/**
 * Files other people made, which are not ours to ship: `ETABLI_SAMPLES`, or `shared/samples` beside the checkout.
 * Null where there are none; tests that need them then skip, and say so.
 */
export const foreignSamples: string | null =
  [process.env['ETABLI_SAMPLES'], join(import.meta.dirname, '../../shared/samples')].find(
    (folder) => folder !== undefined && existsSync(join(folder, 'bcd')),
  ) ?? null

canRun('samples of other makers', foreignSamples === null ? 'set ETABLI_SAMPLES to their folder' : null)
