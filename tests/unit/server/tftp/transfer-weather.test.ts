import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoff } from '../../../../server/tftp/retransmission.ts'
import { lastBlock } from '../../../../server/tftp/transfer.ts'
import type { TransferPlan } from '../../../../server/tftp/transfer.ts'
import { FAIR, simulate } from './simulated-network.ts'
import type { ClientHabit, Weather } from './simulated-network.ts'
import { runs } from '../../property-runs.ts'

const plan = (windowBlocks: number, blocks: number): TransferPlan => ({
  sizeBytes: blocks * 1428,
  blockBytes: 1428,
  windowBlocks,
  acknowledgesOptions: true,
  retransmission: backoff({ firstMs: 300, factor: 2, longestMs: 4000, attempts: 12 }),
})

const habits: ClientHabit[] = ['acks-each-stray', 'acks-once-per-gap']
const windows = [1, 4, 16, 64]
const everyClient = habits.flatMap((habit) => windows.map((window) => [habit, window] as const))

describe.each(everyClient)('a client that %s, windowsize %i', (habit, window) => {
  test('fair weather: each block leaves once', () => {
    const journey = simulate(plan(window, 3000), FAIR, habit, 1)
    expect(journey).toMatchObject({ received: 3001, sent: 3001, outcome: { result: 'completed' } })
  })

  test.each<[string, Partial<Weather>, number]>([
    ['1 in 1000 duplicated', { duplication: 0.001 }, 1.2],
    ['1 in 50 duplicated', { duplication: 0.02 }, 2],
    ['1 in 1000 lost', { loss: 0.001 }, 1.2],
    ['1 in 1000 overtaken', { reordering: 0.001 }, 1.2],
  ])('%s: everything arrives, and no apprentice sends all of it twice', (_weather, weather, mostSent) => {
    const blocks = 6000
    for (const seed of [1, 2, 3]) {
      const journey = simulate(plan(window, blocks), { ...FAIR, ...weather }, habit, seed)
      expect(journey).toMatchObject({ received: blocks + 1, outcome: { result: 'completed' } })
      expect(journey.sent / blocks).toBeLessThan(mostSent)
    }
  })
})

test('in any weather the client ends with the whole file, or the server says that it gave up', () => {
  const anyWeather = fc.record({
    loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
    duplication: fc.double({ min: 0, max: 0.3, noNaN: true }),
    reordering: fc.double({ min: 0, max: 0.5, noNaN: true }),
    latencyMs: fc.double({ min: 0.01, max: 50, noNaN: true }),
    perBlockMs: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  const anyPlan = fc.record({ window: fc.constantFrom(1, 2, 7, 64), blocks: fc.nat({ max: 300 }) })
  fc.assert(
    fc.property(
      anyPlan,
      anyWeather,
      fc.constantFrom(...habits),
      fc.nat(),
      ({ window, blocks }, weather, habit, seed) => {
        const { received, outcome } = simulate(plan(window, blocks), weather, habit, seed)
        expect(outcome).toBeDefined()
        if (outcome?.result === 'completed') expect(received).toBe(lastBlock(plan(window, blocks)))
      },
    ),
    { numRuns: runs(300) },
  )
})
