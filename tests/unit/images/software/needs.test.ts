import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { installOrder } from '../../../../images/software/needs.ts'

const knownOf = (needs: Record<string, string[]>) =>
  new Map(Object.entries(needs).map(([id, list]) => [id, { needs: list }]))

describe('the order to install in', () => {
  test('puts what is needed first, each once, else as asked', () => {
    const known = knownOf({ app: ['runtime', 'font'], runtime: ['base'], font: ['base'], base: [], tool: ['base'] })
    expect(installOrder(['tool', 'app', 'base', 'app'], known)).toEqual({
      ok: true,
      order: ['base', 'tool', 'runtime', 'font', 'app'],
    })
  })

  test('names who needs what nobody has', () => {
    expect(installOrder(['app'], knownOf({ app: ['mid'], mid: ['gone'] }))).toEqual({
      ok: false,
      problem: { code: 'NEEDS_UNKNOWN', name: 'mid', needs: 'gone' },
    })
  })

  test('names a circle without what leads into it', () => {
    expect(installOrder(['in'], knownOf({ in: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toEqual({
      ok: false,
      problem: { code: 'NEEDS_CIRCLE', circle: ['a', 'b', 'c'] },
    })
  })

  test('never has anything before what it needs', () => {
    // Needs that point to earlier numbers only cannot go in a circle.
    const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(graph, (rows) => {
        const needs = rows.map((row, index) => row.filter((other) => other < index).map(String))
        const known = new Map(needs.map((list, index) => [String(index), { needs: list }]))
        const result = installOrder([...known.keys()].toReversed(), known)
        const order = result.ok ? result.order : []
        expect([...order].toSorted()).toEqual([...known.keys()].toSorted())
        needs.forEach((list, index) => {
          for (const needed of list) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(String(index)))
        })
      }),
    )
  })
})
