import type { ExecOptions, ExecResult } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Failure } from '../../protocol/messages.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'

export type Succeeded = Extract<ExecResult, { kind: 'exited' }>

/** Runs a program that has to succeed; its last words go into the failure's detail. */
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

/** The end of what the program said, errors last; fits the protocol. */
export function endOfOutput(result: Exclude<ExecResult, { kind: 'missing' }>): string {
  const how = result.kind === 'exited' ? `exit code ${result.code}` : `ended by ${result.signal}`
  return `${how}\n${result.stdout.slice(-2000)}\n${result.stderr.slice(-4000)}`.trim()
}
