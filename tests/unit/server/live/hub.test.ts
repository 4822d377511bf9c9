import { expect, test } from 'vitest'
import { createLiveHub, type NumberedEvent } from '../../../../server/live/hub.ts'
import { createPublisher } from '../../../../server/live/publisher.ts'

type Event = { id: string }

const removed = (id: string): Event => ({ id })
const idsOf = (events: NumberedEvent<Event>[]): string[] => events.map(({ event }) => event.id)

test('gives a reader that comes back exactly what it missed', () => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 10 })
  hub.publish(removed('1'))
  const seen = hub.lastId()
  hub.publish(removed('2'))
  hub.publish(removed('3'))
  const missed = hub.missedSince(seen)
  expect(missed.kind === 'events' && idsOf(missed.events)).toEqual(['2', '3'])
  expect(hub.missedSince(hub.lastId())).toEqual({ kind: 'events', events: [] })
})

test.each([
  ['the ring has moved on', 'a-1'],
  ['the server is another one than then', 'b-4'],
  ['the id is from the future', 'a-99'],
  ['the id is nonsense', 'x'],
])('says "too much" when %s', (_why, lastEventId) => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 2 })
  for (const id of ['1', '2', '3', '4']) hub.publish(removed(id))
  expect(hub.missedSince(lastEventId)).toEqual({ kind: 'too-much' })
})

test('stops telling a reader that has left', () => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 2 })
  const heard: NumberedEvent<Event>[] = []
  const leave = hub.subscribe((event) => heard.push(event))
  hub.publish(removed('1'))
  leave()
  hub.publish(removed('2'))
  expect(idsOf(heard)).toEqual(['1'])
  expect(hub.readers()).toBe(0)
})

test('builds a view once for changes that come together, in the order of the changes', async () => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 10 })
  const publisher = createPublisher(hub, (error) => expect.unreachable(String(error)))
  const heard: NumberedEvent<Event>[] = []
  hub.subscribe((event) => heard.push(event))
  let builds = 0
  const build = (id: string) => async () => {
    builds += 1
    await new Promise((resolve) => setImmediate(resolve))
    return removed(id)
  }
  publisher.changed('x', build('x'))
  publisher.changed('y', build('y'))
  publisher.changed('y', build('y'))
  publisher.changed('z', build('z'))
  await publisher.idle()
  expect(idsOf(heard)).toEqual(['x', 'y', 'z'])
  expect(builds).toBe(3)
})

test('tells of a change that comes while the last view is built', async () => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 10 })
  const publisher = createPublisher(hub, () => undefined)
  const heard: NumberedEvent<Event>[] = []
  hub.subscribe((event) => {
    heard.push(event)
    if (heard.length === 1) publisher.changed('second', async () => removed('second'))
  })
  publisher.changed('first', async () => removed('first'))
  await publisher.idle()
  expect(idsOf(heard)).toEqual(['first', 'second'])
})

test('goes on after a view that could not be built', async () => {
  const hub = createLiveHub<Event>({ epoch: 'a', capacity: 10 })
  const failed: string[] = []
  const publisher = createPublisher(hub, (_error, key) => failed.push(key))
  publisher.changed('bad', async () => {
    throw new Error('no')
  })
  publisher.changed('good', async () => removed('good'))
  await publisher.idle()
  expect(failed).toEqual(['bad'])
  expect(hub.lastId()).toBe('a-1')
})
