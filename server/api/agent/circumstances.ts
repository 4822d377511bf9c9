import type { Deployments } from '../../deployments/deployments.ts'
import type { Circumstances } from '../../machines/claims/claim.ts'
import { nextStepOf } from '../../netboot/intent.ts'
import { claimantVariable } from './claimed-twice.ts'

/** What a machine's run says about claims to be that machine. */
export async function circumstancesOf(
  machineId: string,
  deployments: Pick<Deployments, 'activeFor'>,
): Promise<Omit<Circumstances, 'atMs'>> {
  const run = await deployments.activeFor(machineId)
  if (run === null) return { wants: null, chosen: null }
  const { phase } = nextStepOf(run)
  const chosen = run.variables[claimantVariable]
  return { wants: phase === 'none' ? null : phase, chosen: typeof chosen === 'string' ? chosen : null }
}
