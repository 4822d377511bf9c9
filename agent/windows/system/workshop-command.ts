import { expectedCode, type ExpectedEnd } from '../../runtime/command-result.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { reveal, secretsOf } from '../../runtime/secrets.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { commandScript, type Shell, type ShellFile } from './command-script.ts'
import type { WindowsDependencies } from '../dependencies.ts'

/** A command whose text may refer to secrets, `${secret.NAME}`. */
export type WorkshopCommand = ExpectedEnd & { shell: Shell }

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
  const withFile = <Value>(one: ShellFile | null, use: (path: string) => Promise<Value>): Promise<Value> =>
    one === null ? use('') : dependencies.withFile(one.extension, one.bytes, use)
  const run = async (file: string, starter: string): Promise<number> => {
    const { command, args } = script.run(file, starter)
    const end = await context.exec(command, args, { secrets: secretsOf(context) })
    if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: command }))
    return expectedCode(context, end, { text, expect })
  }
  return withFile(script.file, (file) => withFile(script.starter, (starter) => run(file, starter)))
}
