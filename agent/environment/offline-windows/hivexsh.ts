import { failure } from '../../protocol/failures/failures.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'

/** How a script of `hivexsh` has ended; `code` is null when it was killed. */
export type HivexshEnd = { code: number | null; stdout: string; message: string }

/**
 * Runs a script of `hivexsh` over a hive: quietly when it only asks. It ends at its first command that fails.
 * Throws StepError PROGRAM_MISSING.
 */
export async function hivexsh(
  { exec }: Pick<StepContext, 'exec'>,
  file: string,
  script: readonly string[],
  options: readonly string[] = [],
): Promise<HivexshEnd> {
  const feed = (stdin: NodeJS.WritableStream): Promise<void> => {
    stdin.end(`${script.join('\n')}\n`)
    return Promise.resolve()
  }
  const end = await exec('hivexsh', [...options, file], { feed, quiet: options.length === 0 })
  if (end.kind === 'missing') throw new StepError(failure('PROGRAM_MISSING', { program: 'hivexsh' }))
  const code = end.kind === 'exited' ? end.code : null
  return { code, stdout: end.stdout, message: endOfOutput(end) }
}
