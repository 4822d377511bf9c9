import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { WindowsDependencies } from '../dependencies.ts'
import type { RetirementFile } from './retirement.ts'
import { openRetirementFile } from './retirement-file.ts'
import { parsePendingResult, type PendingResultFile } from './pending-result.ts'

/** One log and its predecessor are kept, each of this size at most: enough for a run, nothing on a small disk. */
const longestLogBytes = 4 * 2 ** 20

/** The agent's own folder, `C:\ProgramData\Etabli`: configuration, log, and what must survive a kill. */
export type AgentFolder = {
  readConfiguration(): string | null
  pendingResult: PendingResultFile
  retirement: RetirementFile
  dependencies: WindowsDependencies
  /** One line into `agent.log`. */
  say(text: string, at: Date): void
  /** No line from now on: the folder is on its way out. */
  close(): void
}

export function openAgentFolder(folder: string): AgentFolder {
  const configuration = join(folder, 'agent.json')
  let closed = false
  return {
    readConfiguration: () => (existsSync(configuration) ? readFileSync(configuration, 'utf8') : null),
    pendingResult: openPendingResultFile(join(folder, 'pending-result.json')),
    retirement: openRetirementFile(folder),
    dependencies: {
      folder,
      withFile: async (extension, bytes, use) => {
        const file = join(folder, `step-${randomUUID().slice(0, 8)}${extension}`)
        writeFileSync(file, bytes)
        try {
          return await use(file)
        } finally {
          rmSync(file, { force: true })
        }
      },
    },
    say: (text, at) => {
      if (!closed) appendLine(join(folder, 'agent.log'), `${at.toISOString()} ${text}\r\n`)
    },
    close: () => {
      closed = true
    },
  }
}

function openPendingResultFile(file: string): PendingResultFile {
  const unfinished = `${file}.new`
  return {
    read: () => (existsSync(file) ? parsePendingResult(readFileSync(file, 'utf8')) : null),
    write: (end) => {
      // Whole or not at all: the power may go at any byte.
      writeFileSync(unfinished, JSON.stringify(end), { flush: true })
      renameSync(unfinished, file)
    },
    remove: () => rmSync(file, { force: true }),
  }
}

function appendLine(file: string, line: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size + line.length > longestLogBytes) renameSync(file, file.replace(/\.log$/, '.1.log'))
  appendFileSync(file, line)
}
