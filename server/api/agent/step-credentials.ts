import type { StepWork } from '../../../agent/protocol/messages.ts'
import { takesOf } from '../../../tasksequences/steps/definitions.ts'
import type { Deployments } from '../../deployments/deployments.ts'
import { secretNames } from '../../deployments/serving/step-secrets.ts'
import type { Secrets } from '../../configuration/secrets.ts'
import type { AgentKeys } from './agent-keys.ts'
import type { RunTokens } from './run-tokens.ts'
import type { AgentSession } from './sessions.ts'

/** What an agent gets with a step that is nobody else's business and stands in no run. */
export type StepCredentials = (
  work: Omit<StepWork, 'token'>,
  session: AgentSession,
) => Promise<Pick<StepWork, 'token' | 'secrets' | 'agentKey'>>

export type StepCredentialsDependencies = {
  deployments: Pick<Deployments, 'get'>
  runTokens: Pick<RunTokens, 'mint'>
  agentKeys: Pick<AgentKeys, 'mint'>
  secrets: Pick<Secrets, 'valuesOf'>
}

/**
 * Gives the run token, the secrets the step refers to, and the key for the agent that it lays on the disk. Secrets are for
 * an agent in Windows that has shown its key: the environment has nothing to show, anybody can say that he is it.
 */
export function createStepCredentials({
  deployments,
  runTokens,
  agentKeys,
  secrets,
}: StepCredentialsDependencies): StepCredentials {
  const secretsFor = async ({ runId, step, materials }: Omit<StepWork, 'token'>, session: AgentSession) => {
    if (session.phase !== 'windows' || !session.proven) return {}
    const run = await deployments.get(runId)
    const planned = run?.steps.find(({ id }) => id === step.id)
    const names = planned === undefined ? [] : secretNames(planned, materials ?? null)
    // The serial number that the person saw who started the run: what a machine has said of itself since counts for nothing.
    const serial = String(run?.facts['serial'] ?? '')
    return names.length === 0 ? {} : { secrets: await secrets.valuesOf(names, serial) }
  }
  return async (work, session) => {
    const { runId, step } = work
    const origin = { machineId: session.machineId, runId, attempt: step.attempt }
    return {
      token: await runTokens.mint(runId, session),
      ...(await secretsFor(work, session)),
      ...(takesOf(step).windowsAgent === true ? { agentKey: await agentKeys.mint(origin) } : {}),
    }
  }
}
