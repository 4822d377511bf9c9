import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { executableFile } from '../../protocol/windows-agent/manifest.ts'
import { retirementFileName } from '../lifetime/retirement-file.ts'

/** What an agent that sleeps needs; all else of the run goes: drivers, software, updates, logs. */
const needed: ReadonlySet<string> = new Set([
  executableFile,
  'agent.json',
  retirementFileName,
  'pending-result.json',
  'pending-result.json.new',
])

/** Clears the agent's folder of the run; gives the names of what went. */
export function clearAgentFolder(folder: string): string[] {
  const gone = readdirSync(folder).filter((name) => !needed.has(name))
  for (const name of gone) rmSync(join(folder, name), { recursive: true, force: true })
  return gone
}
