import { bench } from './en/bench.ts'
import { catalogue } from './en/catalogue.ts'
import { images } from './en/images.ts'
import { machine } from './en/machine.ts'
import { run } from './en/run.ts'
import { sequences } from './en/sequences.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { start } from './en/start.ts'
import { stock } from './en/stock.ts'

/** Every text of the dashboard in English. Its keys and placeholders are the type of every other language. */
export const en = {
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
} as const
