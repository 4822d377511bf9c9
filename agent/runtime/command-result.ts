import { failure } from '../protocol/failures/failures.ts'
import type { ExecResult } from './exec.ts'
import { withoutSecrets } from './secrets.ts'
import { StepError, type StepContext } from './step.ts'

/** How a program that did run has ended. */
export type Ended = Exclude<ExecResult, { kind: 'missing' }>

/** How a program ended and the end of what it said, errors last, for a failure's detail; fits the protocol. */
export function endOfOutput(end: Ended): string {
  const how = end.kind === 'exited' ? `exit code ${end.code}` : `ended by ${end.signal}`
  return `${how}\n${end.stdout.slice(-2000)}\n${end.stderr.slice(-4000)}`.trim()
}

export type ExpectedEnd = {
  /** What was run, for the failure's sentence: its first line is its title. */
  text: string
  /** Exit codes that mean success; Windows' may be written signed or not. */
  expect: number | readonly number[]
}

/** The exit code of a workshop's own command. Throws StepError COMMAND_FAILED for one that is not expected. */
export function expectedCode(context: StepContext, end: Ended, { text, expect }: ExpectedEnd): number {
  const expected = typeof expect === 'number' ? [expect] : expect
  if (end.kind === 'exited' && expected.some((one) => one >>> 0 === end.code >>> 0)) return end.code
  const command = (text.trim().split('\n')[0] ?? '').slice(0, 200)
  const code = end.kind === 'exited' ? end.code : end.signal
  throw new StepError(
    failure('COMMAND_FAILED', { command, code }, { detail: withoutSecrets(endOfOutput(end), context) }),
  )
}
