import type { ExecOptions, ExecResult } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'

export type Succeeded = Extract<ExecResult, { kind: 'exited' }>

/** Runs a program that has to succeed; the end of its output goes into the failure's detail. */
export async function mustRun(
  { exec }: Pick<StepContext, 'exec'>,
  command: string,
  args: readonly string[],
  otherwise: (program: string) => Failure,
  options: ExecOptions = {},
): Promise<Succeeded> {
  const result = await exec(command, args, options)
  if (result.kind === 'missing') throw new StepError(failure('PROGRAM_MISSING', { program: command }))
  if (result.kind === 'exited' && result.code === 0) return result
  throw new StepError({ ...otherwise(command), detail: endOfOutput(result) })
}
