import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveEvent } from '../../../../server/api/events/schema.ts'
import { startAgent } from './agent-driver.ts'
import { ask, openWorkshop, signIn, type Workshop } from './workshop.ts'

let workshop: Workshop
let token: string
beforeAll(async () => {
  workshop = await openWorkshop()
  token = await signIn(workshop)
})
afterAll(() => workshop.close())

type Heard = { id: string; name: string; event: LiveEvent }

/** Reads the stream as any client of text/event-stream would. */
async function listen(lastEventId?: string) {
  const leave = new AbortController()
  const response = await fetch(`${workshop.url}/api/events`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: leave.signal,
  })
  if (!response.body) throw new Error(`no stream: ${response.status}`)
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let head = ''
  const ended = (async () => {
    let rest = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
        if (field('data') === '') head += block
        else heard.push({ id: field('id'), name: field('event'), event: JSON.parse(field('data')) })
      }
      for (const wake of waiting) wake()
    }
  })().catch((error: unknown) => {
    if (!leave.signal.aborted) throw error
  })
  return {
    response,
    heard,
    ended,
    head: () => head,
    leave: () => leave.abort(),
    async until(wanted: (heard: Heard) => boolean): Promise<Heard> {
      for (;;) {
        const found = heard.find(wanted)
        if (found) return found
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
  }
}

const isMachine =
  (id: string) =>
  ({ event }: Heard): boolean =>
    event.type === 'machine' && event.machine.id === id

describe('live events', () => {
  test('tell of a machine, its record and its run as they change', async () => {
    const stream = await listen()
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    expect((await stream.until(({ name }) => name === 'begin')).id).toMatch(/-\d+$/)
    expect(stream.head()).toContain('retry: 2000')
    const agent = await startAgent(workshop, 1)
    const { machineId } = agent.welcome
    await stream.until(isMachine(machineId))
    await stream.until(({ event }) => event.type === 'record' && event.record.machineId === machineId)
    const json = { machineIds: [machineId], sequenceId: 'check-only' }
    await ask(workshop, 'POST', '/api/deployments', { token, json })
    const started = await stream.until(({ event }) => event.type === 'deployment')
    expect(started.event).toMatchObject({ deployment: { machineId, state: 'waiting' } })
    const step = await agent.step()
    await agent.report(step, { kind: 'started' })
    const line = { at: new Date().toISOString(), level: 'info', text: 'bonjour' } as const
    await agent.report(step, { kind: 'log', from: 0, lines: [line] })
    await agent.report(step, { kind: 'done', result: {} })
    const log = await stream.until(({ event }) => event.type === 'deployment-log')
    expect(log.event).toMatchObject({ deploymentId: step.runId, stepId: step.step.id, from: 0, lines: [line] })
    await stream.until(({ event }) => event.type === 'deployment' && event.deployment.state === 'done')
    await stream.until(({ event }) => event.type === 'record' && event.record.state === 'checking')
    stream.leave()
    await stream.ended
  })

  test('bring a reader that comes back what it missed, and only that', async () => {
    const first = await listen()
    const one = await startAgent(workshop, 2)
    const { id } = await first.until(isMachine(one.welcome.machineId))
    first.leave()
    await first.ended
    const two = await startAgent(workshop, 3)
    const second = await listen(id)
    await second.until(isMachine(two.welcome.machineId))
    expect(second.heard.filter(({ name }) => name !== '')).toEqual([])
    expect(second.heard.map((heard) => heard.id)).not.toContain(id)
    second.leave()
    await second.ended
  })

  test('tell a reader of an earlier life of the server to ask for everything anew', async () => {
    const stream = await listen('0123456789ab-7')
    expect((await stream.until(({ name }) => name === 'reset')).event).toEqual({ type: 'reset' })
    stream.leave()
    await stream.ended
  })

  test('end in order when the server closes', async () => {
    const stream = await listen()
    await stream.until(({ name }) => name === 'begin')
    await workshop.restart()
    await stream.ended
  })

  test('are counted while somebody reads', async () => {
    const stream = await listen()
    await stream.until(({ name }) => name === 'begin')
    expect((await ask<string>(workshop, 'GET', '/metrics')).body).toContain('etabli_event_readers 1')
    stream.leave()
    await stream.ended
  })
})
