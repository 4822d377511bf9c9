import { describe, expect, test } from 'vitest'
import type { DeploymentView } from '../../../../server/api/deployments/schema.ts'
import type { MachineView } from '../../../../server/api/machines/schema.ts'
import { cardsOf, countGroups, groupOf, isFree } from '../../../../server/dashboard/state/board.ts'
import { emptyWorkshop, reduce } from '../../../../server/dashboard/state/reduce.ts'
import { busyWorkshop } from '../../../dashboard/workshop.ts'

const seed = busyWorkshop()
const now = new Date()
const [model] = seed.machines
const [run] = seed.deployments
if (model === undefined || run === undefined) throw new Error('the seed is empty')

const here: MachineView['presence'] = { kind: 'present', since: now.toISOString(), phase: 'environment', address: '' }
const booting: MachineView['presence'] = { kind: 'booting', since: now.toISOString(), doing: 'dhcp' }
const absent: MachineView['presence'] = { kind: 'absent' }
const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString()
const with_ = (state: DeploymentView['state'], endedAt: string | null = null) => ({ ...run, state, endedAt })

test.each([
  ['needs a person', here, with_('attention'), 'attention'],
  ['needs a person though it is switched off', absent, with_('attention'), 'attention'],
  ['works', here, with_('running'), 'working'],
  ['works while it restarts', absent, with_('running'), 'working'],
  ['is assigned', booting, with_('waiting'), 'working'],
  ['waits', here, null, 'waiting'],
  ['comes up', booting, null, 'waiting'],
  ['waits again after a cancelled run', here, with_('cancelled'), 'waiting'],
  ['is done', absent, with_('done', hoursAgo(1)), 'done'],
  ['was done yesterday and is gone', absent, with_('done', hoursAgo(20)), null],
  ['was done yesterday and is still there', here, with_('done', hoursAgo(20)), 'done'],
  ['is off', absent, null, null],
  ['is off after a cancelled run', absent, with_('cancelled'), null],
] as const)('a machine that %s', (_name, presence, deployment, group) => {
  expect(groupOf({ ...model, presence }, deployment, now)).toBe(group)
})

describe('the bench', () => {
  const { machines, deployments, images, imports, newcomers } = seed
  const workshop = reduce(emptyWorkshop, {
    type: 'loaded',
    lists: { machines, deployments, images, imports, newcomers },
  })
  const cards = cardsOf(workshop, now)

  test('sorts: needs a person, working, waiting, done', () => {
    expect(countGroups(cards)).toEqual({ attention: 2, working: 4, waiting: 4, done: 1 })
    expect([...new Set(cards.map((card) => card.group))]).toEqual(['attention', 'working', 'waiting', 'done'])
  })

  test('moves no card when progress, presence or a name changes', () => {
    const [first] = deployments
    const last = cards.findLast((card) => card.group === 'waiting')?.machine
    if (first === undefined || last === undefined) throw new Error('the seed is empty')
    let later = reduce(workshop, { type: 'deployment', deployment: { ...first, fraction: 0.99 } })
    later = reduce(later, { type: 'machine', machine: { ...last, label: 'AAA', presence: booting } })
    expect(cardsOf(later, now).map((card) => card.machine.id)).toEqual(cards.map((card) => card.machine.id))
  })

  test('keeps the machines of a group as they came, in whatever order they were started', () => {
    const working = cards.filter((card) => card.group === 'working')
    const [first, second] = working
    if (first?.deployment == null || second?.deployment == null) throw new Error('the seed is empty')
    const since = working.map(({ machine }) => machine.firstSeenAt)
    expect(since).toEqual(since.toSorted())
    const later = { ...first.deployment, createdAt: now.toISOString() }
    const order = cardsOf(reduce(workshop, { type: 'deployment', deployment: later }), now)
    expect(order.map(({ machine }) => machine.id)).toEqual(cards.map(({ machine }) => machine.id))
  })

  test('knows a run before its machine says so', () => {
    const waiting = cards.find((card) => card.group === 'waiting')?.machine
    if (waiting === undefined) throw new Error('nothing waits')
    const deployment = { ...run, id: 'new', machineId: waiting.id, state: 'waiting' as const }
    const later = cardsOf(reduce(workshop, { type: 'deployment', deployment }), now)
    expect(later.find((card) => card.machine.id === waiting.id)?.group).toBe('working')
  })

  test('offers only machines with which nothing goes on', () => {
    expect(new Set(cards.filter(isFree).map((card) => card.group))).toEqual(new Set(['waiting', 'done']))
  })
})
