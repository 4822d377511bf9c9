import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAfterRun, type AfterRunFile } from './retirement.ts'

export const afterRunName = 'after-run.json'

/** The file in the agent's folder; written whole or not at all. */
export function openAfterRun(folder: string): AfterRunFile {
  const file = join(folder, afterRunName)
  return {
    read: () => (existsSync(file) ? parseAfterRun(readFileSync(file, 'utf8')) : null),
    write: (after) => {
      writeFileSync(`${file}.new`, JSON.stringify(after), { flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}
