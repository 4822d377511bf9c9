import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { ExecOptions, Watch } from '../../runtime/exec.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import { servicingWatch } from './servicing-watch.ts'

/** A script of ours: its name, for sentences and stand-ins, and its text. */
export type Script = { name: string; text: string }

export type ScriptCall = {
  /** Given to the script as `$In`, an object made from JSON. May hold secrets: the file lies in the agent's folder. */
  input?: Record<string, unknown>
  /** Hears of each `Send-Progress` of the script. */
  onProgress?: (value: unknown) => void
  options?: Pick<ExecOptions, 'secrets' | 'watch' | 'quiet'>
}

/**
 * Every script is watched: Windows' own questions (WMI, DISM, Appx) have been seen to hang for ever. One that says nothing
 * while Windows writes nothing for so long will not go on.
 */
const usualWatch = (): Watch => servicingWatch(20 * 60_000)

/** How a line of progress begins. */
export const progressMark = '##etabli-progress '

/**
 * What stands before every script: Windows PowerShell 5.1, which every Windows 10 and 11 has. Input and result are files,
 * because a console cuts lines and changes characters. A script gives its result with `Send-Result`; whatever else it
 * writes goes into the run's log.
 */
const prologue = [
  'param([Parameter(Mandatory = $true)][string]$InputFile, [Parameter(Mandatory = $true)][string]$ResultFile)',
  "$ErrorActionPreference = 'Stop'",
  "$ProgressPreference = 'SilentlyContinue'",
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
  '$In = [IO.File]::ReadAllText($InputFile) | ConvertFrom-Json',
  'function Send-Result($Value) {',
  '  [IO.File]::WriteAllText($ResultFile, (ConvertTo-Json -InputObject $Value -Depth 8 -Compress))',
  '}',
  `function Send-Progress($Value) { [Console]::Out.WriteLine('${progressMark}' + (ConvertTo-Json -InputObject $Value -Depth 4 -Compress)) }`,
]

/** The whole file as PowerShell gets it; its second line names it. */
export function scriptFile({ name, text }: Script): string {
  return ['\ufeff' + prologue[0], `# etabli: ${name}`, ...prologue.slice(1), text.replaceAll('\r\n', '\n'), '']
    .join('\n')
    .replaceAll('\n', '\r\n')
}

/**
 * Runs one of our scripts as SYSTEM and gives what it sent as its result, unread: the caller checks its shape.
 * Throws StepError SCRIPT_FAILED with the end of PowerShell's output when it failed or sent nothing.
 */
export async function runScript(
  context: Pick<StepContext, 'exec'>,
  dependencies: WindowsDependencies,
  script: Script,
  { input = {}, onProgress, options = {} }: ScriptCall = {},
): Promise<unknown> {
  const id = randomUUID().slice(0, 8)
  const inputFile = join(dependencies.folder, `input-${id}.json`)
  const resultFile = join(dependencies.folder, `result-${id}.json`)
  writeFileSync(inputFile, JSON.stringify(input))
  try {
    return await dependencies.withFile('.ps1', Buffer.from(scriptFile(script)), async (file) => {
      const switches = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', file]
      const args = [...switches, '-InputFile', inputFile, '-ResultFile', resultFile]
      const onLine = (line: string): boolean => {
        if (!line.startsWith(progressMark)) return false
        onProgress?.(parsed(line.slice(progressMark.length)))
        return true
      }
      const end = await context.exec('powershell.exe', args, { watch: usualWatch(), ...options, onLine })
      if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'powershell.exe' }))
      const result = existsSync(resultFile) ? parsed(readFileSync(resultFile, 'utf8')) : undefined
      if (end.kind === 'exited' && end.code === 0 && result !== undefined) return result
      const how = end.kind === 'exited' ? `exit code ${end.code}` : endedBy(end.signal)
      const detail = `${how}\n${end.stdout.slice(-2000)}\n${end.stderr.slice(-4000)}`.trim()
      throw new StepError(failure('SCRIPT_FAILED', { script: script.name }, { detail }))
    })
  } finally {
    for (const file of [inputFile, resultFile]) rmSync(file, { force: true })
  }
}

const stoodStill = 'ended because it had stood still for too long'
const endedBy = (signal: string): string => (signal === 'stalled' ? stoodStill : `ended by ${signal}`)

/** Whether a SCRIPT_FAILED says that the script was ended because it stood still. */
export function hasStoodStill({ detail }: Failure): boolean {
  return detail?.startsWith(stoodStill) === true
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
