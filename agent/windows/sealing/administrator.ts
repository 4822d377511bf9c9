import { prepareWindows } from '../../../tasksequences/steps/prepare-windows.ts'
import type { StepWork } from '../../protocol/messages.ts'
import type { Retirement } from '../lifetime/retirement.ts'
import { workshopAccount } from './workshop-account.ts'

/** Where no account of the workshop is left to sign in with, one is made for this and goes with it. */
const throwaway = 'EtabliScellement'

/**
 * In whose session sysprep runs, by the name of the account; null is the built-in Administrator, who is signed in all the
 * while in audit mode.
 *
 * Microsoft supports sysprep from an administrator's own session, in audit mode or not, and not as SYSTEM: there it leaves
 * the shell's packages unregistered, and the owner meets a black screen ("Fix black screen after running Sysprep as
 * system"). Audit mode is not made the only way, because Store apps are not updated and profiles not made there as they are
 * for an account. Pure.
 */
export function sealingAdministrator(work: Pick<StepWork, 'results'>, before: Retirement | null): string | null {
  const isAudit = work.results[prepareWindows.type]?.['account'] === 'audit'
  return isAudit ? null : (workshopAccount(work, before) ?? throwaway)
}
