import { randomBytes } from 'node:crypto'
import type { Failure } from '../../agent/protocol/messages.ts'
import { describeRunFailure } from '../deployments/failure-messages.ts'
import type { Logger } from 'pino'
import type { Problem } from '../api/deployments/schema.ts'
import type { DomainServices } from './domain.ts'
import { publishChanges, type EventDependencies } from '../api/events/publish.ts'
import type { LiveEvent } from '../api/events/schema.ts'
import { createLiveHub, type LiveHub } from '../live/hub.ts'
import { createPublisher } from '../live/publisher.ts'
import { createBootPolicy, type BootPolicy } from '../netboot/boot-policy.ts'

/** What the API's views are made from, and the stream of their changes. */
export type LiveServices = {
  views: EventDependencies & DomainServices & { bootPolicy: BootPolicy }
  hub: LiveHub<LiveEvent>
}

/** Some minutes of a busy bench. */
const eventsKept = 2000

/** Opens the stream of changes, and logs what happens to runs. */
export function openLive(
  domain: DomainServices,
  opened: AsyncDisposableStack,
  { log, now }: { log: Logger; now: () => Date },
): LiveServices {
  const { stock, deployments } = domain
  const views = {
    ...domain,
    bootPolicy: createBootPolicy({ stock, deployments }),
    describeFailure: problemOf,
    now,
  }
  const hub = createLiveHub<LiveEvent>({ epoch: randomBytes(6).toString('hex'), capacity: eventsKept })
  const publisher = createPublisher(hub, (error, key) => log.error({ err: error, key }, 'live event'))
  opened.defer(() => publisher.idle())
  opened.defer(publishChanges(views, hub, publisher))
  opened.defer(logRuns(domain, log))
  return { views, hub }
}

function problemOf(failure: Failure): Problem {
  const { message, fix } = describeRunFailure(failure)
  return { code: failure.code, message, fix, detail: failure.detail ?? null, choice: failure.choice ?? null }
}

/** What an operator would tell a colleague: a run began, needs somebody, is over. */
function logRuns({ deployments }: DomainServices, log: Logger): () => void {
  const told = new Map<string, string>()
  return deployments.onChange(({ id, machineId, state, steps }) => {
    const step = 'step' in state ? steps[state.step]?.type : undefined
    const line = `${state.kind} ${step ?? ''}`
    if (told.get(id) === line) return
    if (state.kind === 'done' || state.kind === 'cancelled') told.delete(id)
    else told.set(id, line)
    const fields = { run: id, machine: machineId, ...(step === undefined ? {} : { step }) }
    if (state.kind === 'attention') log.warn({ ...fields, code: state.failure.code }, 'run attention')
    else log.info(fields, `run ${state.kind}`)
  })
}
