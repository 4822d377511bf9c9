import { Value } from 'typebox/value'
import { startAttempt, type Attempt } from './attempt.ts'
import type { Clock } from './clock.ts'
import { deliver } from './report-sender.ts'
import type { ProgramGroup } from './exec.ts'
import type { Inventory } from '../protocol/inventory.ts'
import { defaultPace, type Pace } from './outbox.ts'
import { Welcome, Work, type Hello, type StepWork } from '../protocol/messages.ts'
import type { ScreenState, ScreenWork } from './screen-state.ts'
import { isSameAttempt, openScreenUpdates, type ScreenUpdates } from './screen-updates.ts'
import type { PowerAction, Steps } from './step.ts'
import { TransportError, type Answer, type Transport } from './transport.ts'

export type RunnerOptions = {
  server: string
  transport: Transport
  clock: Clock
  steps: Steps
  phase: Hello['phase']
  agentVersion: string
  bootId: string
  /** Of the agent in Windows: its proof that it was laid on this machine's disk. */
  key?: string
  /** Read at every hello: what was plugged in meanwhile counts. */
  readInventory(): Promise<Inventory>
  show(state: ScreenState): void
  /** The machine's own log, one line at a time. */
  say(text: string): void
  signal: AbortSignal
  pace?: Pace
  /** Between two tries to reach a server that is not there; 10 s when it is not said. */
  longestPauseMs?: number
  /** How programs of a step are ended with their children; POSIX process groups when it is not said. */
  group?: ProgramGroup
}

/** A refusal that is no accident of the network. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number

  constructor(status: number, what: string) {
    super(`${what} was answered with status ${status}`)
    this.status = status
  }
}

/** The server holds a poll for 25 s at most. */
const pollSilenceMs = 40_000
const helloSilenceMs = 20_000
/** A server that answers "wait" at once must not be asked in a tight loop. */
const shortestPollMs = 1000

/**
 * The agent's whole life, the same in both halves: hello, long poll for work, do the step, report until accepted, again.
 * Resolves with what the machine has to do next; rejects with the signal's reason when it is told to stop.
 * Loss of the server never ends it, nor does it stop a step that runs.
 */
export async function runAgent(options: RunnerOptions): Promise<PowerAction> {
  const { clock, signal } = options
  let inventory: Inventory | null = null
  let attempt: Attempt | null = null
  const { show, progress, connected, lost } = openScreenUpdates(options)
  try {
    let welcome: Welcome | null = null
    for (;;) {
      try {
        if (welcome === null || inventory === null) {
          inventory = await options.readInventory()
          welcome = await greet(options, inventory)
          show({ welcome, model: inventory.system.product, address: addressOf(inventory) })
          connected()
          // The first poll may be held for long: until it says otherwise, the machine waits.
          if (attempt === null) show({ work: { kind: 'waiting' } })
          options.say(`present as ${welcome.code}`)
        }
        const askedAtMs = clock.now().getTime()
        const work = await poll(options, welcome)
        connected()
        if (attempt !== null && !isAttempt(work, attempt)) {
          options.say(`dropping ${attempt.work.step.type}: the run has moved on`)
          await attempt.stop('stale')
          attempt = null
        }
        if (work.kind === 'restart') {
          show({ work: { kind: 'power-action', action: 'restart' } })
          return 'restart'
        }
        if (work.kind !== 'step') {
          show({ work: screenWorkOf(work) })
          await clock.sleep(Math.max(0, shortestPollMs - (clock.now().getTime() - askedAtMs)), signal)
          continue
        }
        if (attempt === null) {
          show({ work: screenWorkOf(work) })
          attempt = begin(options, work, inventory, progress)
        } else attempt.adopt(work)
        const end = await deliver(attempt, { ...options, connected, lost })
        if (end.kind === 'refused') {
          if (end.status === 401) welcome = null
          await clock.sleep(shortestPollMs, signal)
          continue
        }
        const powerAction: PowerAction | undefined = end.kind === 'accepted' ? attempt.afterwards() : undefined
        attempt = null
        if (powerAction === undefined) continue
        show({ work: { kind: 'power-action', action: powerAction } })
        return powerAction
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof TransportError || error instanceof Refused)) throw error
        if (error instanceof Refused && error.status === 401) welcome = null
        await clock.sleep(lost(error.message), signal)
      }
    }
  } finally {
    await attempt?.stop('the agent ends')
  }
}

function begin(
  options: RunnerOptions,
  work: StepWork,
  inventory: Inventory,
  progress: ScreenUpdates['progress'],
): Attempt {
  const { step } = work
  options.say(`step ${step.index + 1} of ${step.of}: ${step.type}, attempt ${step.attempt}`)
  const pace = options.pace ?? defaultPace
  return startAttempt(work, { ...options, inventory, pace, onProgress: (now) => progress(step, now) })
}

async function greet(options: RunnerOptions, inventory: Inventory): Promise<Welcome> {
  const { phase, agentVersion, bootId, key, transport, signal } = options
  const body: Hello = { phase, agentVersion, bootId, inventory, ...(key === undefined ? {} : { key }) }
  const answer = await transport.send({
    method: 'POST',
    path: '/agent/v1/hello',
    body,
    silenceMs: helloSilenceMs,
    signal,
  })
  return expectShape(Welcome, answer, 'hello')
}

async function poll(options: RunnerOptions, welcome: Welcome): Promise<Work> {
  const { transport, signal } = options
  const bearer = welcome.session
  const answer = await transport.send({
    method: 'GET',
    path: '/agent/v1/work',
    bearer,
    silenceMs: pollSilenceMs,
    signal,
  })
  return expectShape(Work, answer, 'the poll for work')
}

function expectShape<Schema extends typeof Welcome | typeof Work>(schema: Schema, answer: Answer, what: string) {
  if (answer.status !== 200) throw new Refused(answer.status, what)
  if (!Value.Check(schema, answer.body)) throw new TransportError(`${what} was answered with something unknown`)
  return answer.body
}

function isAttempt(work: Work, attempt: Attempt): boolean {
  return work.kind === 'step' && work.runId === attempt.work.runId && isSameAttempt(work.step, attempt.work.step)
}

function screenWorkOf(work: Exclude<Work, { kind: 'restart' }>): ScreenWork {
  switch (work.kind) {
    case 'wait':
      return { kind: 'waiting' }
    case 'attention':
      return { kind: 'attention', message: work.message, fix: work.fix }
    case 'step':
      return { kind: 'step', step: work.step, weight: work.weight, progress: null }
  }
}

function addressOf(inventory: Inventory): string | null {
  return inventory.networkInterfaces.find((one) => one.address !== null)?.address ?? null
}
