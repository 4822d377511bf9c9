import { prepareWindows } from '../../../tasksequences/steps/prepare-windows.ts'
import type { StepWork } from '../../protocol/messages.ts'
import type { Retirement } from '../lifetime/retirement.ts'

/** Audit mode has the built-in Administrator, which Windows switches off by itself when sysprep leaves that mode. */
const auditMode = 'audit'

/**
 * The account the workshop made, or null when there is none to see to: from `prepare-windows` of this run, or from the
 * run that has put the agent to sleep. Never guessed: an account nobody has named may be the customer's. Pure.
 */
export function workshopAccount({ results }: Pick<StepWork, 'results'>, before: Retirement | null): string | null {
  const account = results[prepareWindows.type]?.['account']
  if (typeof account === 'string') return account === auditMode ? null : account
  return before?.kind === 'kept' ? before.account : null
}
