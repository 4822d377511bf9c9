import type { Logger } from 'pino'
import { circumstancesOf } from '../api/agent/circumstances.ts'
import { claimedTwice } from '../api/agent/claimed-twice.ts'
import type { AgentSessions } from '../api/agent/sessions.ts'
import type { Deployments } from '../deployments/deployments.ts'
import type { Patience } from '../machines/claims/claims.ts'
import { createClaimKeeper, type ClaimKeeper } from '../machines/claims/keeper.ts'
import type { Strangers } from '../machines/claims/strangers.ts'
import { agentSilenceMs } from '../machines/presence.ts'

/** A machine's last word and its next hello are further apart: no firmware starts faster. */
export const usualPatience: Patience = { silenceMs: agentSilenceMs, overlapMs: 5000 }

const sweepMs = 1000

export type ClaimServices = { deployments: Deployments; sessions: AgentSessions; strangers: Strangers }

/** Opens the claims to be a machine, and tells sessions, runs and the log what becomes of them. */
export function openClaims(
  { deployments, sessions, strangers }: ClaimServices,
  opened: AsyncDisposableStack,
  { log, nowMs, patience = usualPatience }: { log: Logger; nowMs: () => number; patience: Patience | undefined },
): ClaimKeeper {
  const keeper = createClaimKeeper({
    lastHolder: sessions.lastKept,
    circumstances: (machineId) => circumstancesOf(machineId, deployments),
    onSeat: sessions.keep,
    onRefused: (machine, claims) => {
      for (const { address, phase } of claims)
        if (strangers.note(machine, { address, phase }))
          log.warn({ machine, address, phase, code: 'AGENT_NOT_THE_MACHINE' }, 'agent beside the machine itself')
    },
    onDispute: async (machine, claims) => {
      const addresses = claims.map(({ address }) => address)
      log.warn({ machine, addresses, code: 'MACHINE_CLAIMED_TWICE' }, 'several computers claim to be one machine')
      await deployments.stop(machine, claimedTwice(claims))
    },
    nowMs,
    patience,
  })
  const sweep = setInterval(() => {
    keeper.sweep().catch((error: unknown) => log.error({ err: error }, 'claims'))
  }, sweepMs)
  opened.defer(() => clearInterval(sweep))
  return keeper
}
