import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRetirement, type RetirementFile } from './retirement.ts'

export const retirementFileName = 'retirement.json'

/** The file in the agent's folder; written whole or not at all. */
export function openRetirementFile(folder: string): RetirementFile {
  const file = join(folder, retirementFileName)
  return {
    read: () => (existsSync(file) ? parseRetirement(readFileSync(file, 'utf8')) : null),
    write: (after) => {
      writeFileSync(`${file}.new`, JSON.stringify(after), { flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}
