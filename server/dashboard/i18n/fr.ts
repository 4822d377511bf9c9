import { bench } from './fr/bench.ts'
import { catalogue } from './fr/catalogue.ts'
import { images } from './fr/images.ts'
import { machine } from './fr/machine.ts'
import { run } from './fr/run.ts'
import { sequences } from './fr/sequences.ts'
import { settings } from './fr/settings.ts'
import { shell } from './fr/shell.ts'
import { start } from './fr/start.ts'
import { stock } from './fr/stock.ts'
import type { en } from './en.ts'
import type { Translation } from './translation.ts'

/** Every text of the dashboard in French, with its narrow no-break spaces (U+202F) in place. */
export const fr: Translation<typeof en> = {
  ...shell,
  ...bench,
  ...start,
  ...machine,
  ...run,
  ...stock,
  ...images,
  ...catalogue,
  ...sequences,
  ...settings,
}
