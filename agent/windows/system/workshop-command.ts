import type { ExecResult } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { reveal, secretsOf, withoutSecrets } from '../../runtime/secrets.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { commandScript, type Shell } from './command-script.ts'
import type { WindowsDependencies } from '../dependencies.ts'

export type WorkshopCommand = {
  shell: Shell
  /** May refer to secrets, `${secret.NAME}`. */
  text: string
  /** Exit codes that mean success, signed or not. */
  expect: number | readonly number[]
}

/**
 * Runs a workshop's own text by one of Windows' shells and gives its exit code. Throws StepError COMMAND_FAILED,
 * SECRET_MISSING, WINDOWS_PROGRAM_MISSING.
 */
export async function runWorkshopCommand(
  context: StepContext,
  dependencies: WindowsDependencies,
  { shell, text, expect }: WorkshopCommand,
): Promise<number> {
  const script = commandScript(shell, reveal(text, context))
  return dependencies.withFile(script.extension, script.bytes, async (file) => {
    const { command, args } = script.run(file)
    const end = await context.exec(command, args, { secrets: secretsOf(context) })
    if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: command }))
    const expected = typeof expect === 'number' ? [expect] : expect
    if (end.kind === 'exited' && expected.some((one) => one >>> 0 === end.code >>> 0)) return end.code
    const title = (text.trim().split('\n')[0] ?? '').slice(0, 200)
    const code = end.kind === 'exited' ? end.code : end.signal
    const detail = withoutSecrets(endOfOutput(end), context)
    throw new StepError(failure('COMMAND_FAILED', { command: title, code }, { detail }))
  })
}

/** How a program ended and what it said last, for a failure's detail. */
export function endOfOutput(end: Exclude<ExecResult, { kind: 'missing' }>): string {
  const how = end.kind === 'exited' ? `exit code ${end.code}` : `ended by ${end.signal}`
  return `${how}\n${end.stdout.slice(-2000)}\n${end.stderr.slice(-4000)}`.trim()
}
