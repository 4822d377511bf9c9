import { describe, expect, test } from 'vitest'
import { recordStates } from '../../../../server/stock/record.ts'
import { judgeMove, transitionsFrom, type Move } from '../../../../server/stock/transitions.ts'

const person = { mover: 'person', hasEvidence: false, override: false } as const
const move = (change: Pick<Move, 'from' | 'to'> & Partial<Move>) => judgeMove({ ...person, ...change })

describe('ready is earned', () => {
  test('without evidence a person cannot say it', () => {
    expect(move({ from: 'checking', to: 'ready' })).toEqual({ kind: 'refused', code: 'EVIDENCE_MISSING' })
  })

  test('with evidence, or on a person’s own word, it is', () => {
    expect(move({ from: 'checking', to: 'ready', hasEvidence: true })).toEqual({ kind: 'allowed' })
    expect(move({ from: 'checking', to: 'ready', override: true })).toEqual({ kind: 'allowed' })
  })

  test('a reservation that falls through gives back what was ready before', () => {
    expect(move({ from: 'reserved', to: 'ready' })).toEqual({ kind: 'allowed' })
  })

  test('a wrong "delivered" goes back to what it was, and nowhere else', () => {
    expect(transitionsFrom('delivered', 'reserved')).toEqual(['reserved', 'received', 'retired'])
    expect(move({ from: 'delivered', to: 'reserved', before: 'reserved' })).toEqual({ kind: 'allowed' })
    expect(move({ from: 'delivered', to: 'ready', before: 'reserved' })).toMatchObject({ kind: 'refused' })
    expect(move({ from: 'delivered', to: 'ready', before: 'ready', hasEvidence: true })).toEqual({ kind: 'allowed' })
    expect(move({ from: 'delivered', to: 'ready', before: 'ready' })).toMatchObject({ code: 'EVIDENCE_MISSING' })
    expect(transitionsFrom('delivered', 'assembled')).toEqual(['received', 'retired'])
    expect(transitionsFrom('ready', 'reserved')).not.toContain('received')
  })

  test('no run makes a machine ready, reserved or delivered', () => {
    for (const to of ['ready', 'reserved', 'delivered', 'retired'] as const)
      expect(move({ from: 'checking', to, mover: 'system' })).toMatchObject({ kind: 'refused' })
  })
})

describe('a run', () => {
  const system = { from: 'deploying', mover: 'system' } as const

  test('makes a machine ready with its own evidence', () => {
    expect(move({ ...system, to: 'ready' })).toEqual({ kind: 'refused', code: 'EVIDENCE_MISSING' })
    expect(move({ ...system, to: 'ready', hasEvidence: true })).toEqual({ kind: 'allowed' })
  })

  test('that left the disk as it was gives back what was there, and makes nothing else of it', () => {
    for (const to of ['ready', 'reserved', 'delivered'] as const)
      expect(move({ ...system, to, grounds: 'return' })).toEqual({ kind: 'allowed' })
    expect(move({ ...system, to: 'retired', grounds: 'return' })).toMatchObject({ kind: 'refused' })
  })

  test('that delivers, delivers', () => {
    expect(move({ ...system, to: 'delivered', grounds: 'delivery' })).toEqual({ kind: 'allowed' })
    for (const to of ['ready', 'reserved'] as const)
      expect(move({ ...system, to, grounds: 'delivery' })).toMatchObject({ kind: 'refused' })
  })
})

describe('what a person may do', () => {
  test.each(recordStates)('from %s is what is offered, and nothing else', (from) => {
    const allowed = recordStates.filter((to) => move({ from, to, override: true }).kind === 'allowed')
    expect(allowed.sort()).toEqual(transitionsFrom(from).sort())
  })

  test('never is to stay, nor to begin a deployment by hand', () => {
    for (const from of recordStates) {
      expect(transitionsFrom(from)).not.toContain(from)
      expect(transitionsFrom(from)).not.toContain('deploying')
    }
  })

  test('every state but that of a running deployment has a way out', () => {
    expect(recordStates.filter((from) => transitionsFrom(from).length === 0)).toEqual(['deploying'])
  })
})

test('a run that says what is so already changes nothing', () => {
  expect(move({ from: 'attention', to: 'attention', mover: 'system' })).toEqual({ kind: 'unchanged' })
})
