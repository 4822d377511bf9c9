import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeRunFailure } from '../../../../../server/deployments/failure-messages.ts'
import { reportedFacts } from '../../../../../server/deployments/run/reported-facts.ts'
import { readVerification } from '../../../../../server/deployments/run/verification.ts'
import { bad, good, item } from '../evidence.ts'

describe('the result of a check', () => {
  test('that passed is evidence', () => {
    expect(readVerification(good)).toEqual({ evidence: good, failure: null })
  })

  test('that did not is evidence all the same, and a failure that names what failed', () => {
    const { evidence, failure } = readVerification(bad)
    expect(evidence).toEqual(bad)
    expect(failure).toEqual({
      code: 'VERIFY_FAILED',
      params: { count: 2, titles: { fr: 'titre activation, titre app:News', en: 'title activation, title app:News' } },
    })
    expect(failure && describeRunFailure(failure).message).toEqual({
      fr: 'Le contrôle n’est pas passé (2)\u202f: titre activation, titre app:News.',
      en: 'The check has not passed (2): title activation, title app:News.',
    })
  })

  test('names the first three of many', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => item(id, 'failed'))
    expect(readVerification({ passed: false, items }).failure?.params).toMatchObject({
      count: 4,
      titles: { en: 'title a, title b, title c…' },
    })
  })

  test('that says "passed" beside an item that failed is not believed', () => {
    expect(readVerification({ ...bad, passed: true })).toMatchObject({
      evidence: { passed: false },
      failure: { code: 'VERIFY_FAILED', params: { count: 2 } },
    })
  })

  test('keeps what is evidence of it, not what else came along', () => {
    expect(readVerification({ ...good, facts: { a: 'b' } }).evidence).toEqual(good)
  })

  test.each<[string, Record<string, unknown>]>([
    ['is empty', {}],
    ['has no item', { passed: true, items: [] }],
    ['has items of another shape', { passed: true, items: [{ id: 'x', verdict: 'fine' }] }],
    ['has more items than anybody reads', { passed: true, items: Array.from({ length: 1001 }, () => item('x')) }],
  ])('that %s proves nothing', (_, result) => {
    expect(readVerification(result)).toEqual({ evidence: null, failure: { code: 'VERIFY_UNREADABLE', params: {} } })
  })

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (result) => void readVerification(result)))
  })
})

describe('the facts of a result', () => {
  test('are short texts under plain names', () => {
    const facts = { teamViewerId: '123 456 789', Upper: 'x', long: 'x'.repeat(300), number: 5, 'a b': 'x', ok2: '' }
    expect(reportedFacts({ facts })).toEqual({ teamViewerId: '123 456 789', ok2: '' })
  })

  test('are none where there are none', () => {
    for (const facts of [undefined, null, 'x', 5, []]) expect(reportedFacts({ facts })).toEqual({})
  })

  test('are read whatever they are', () => {
    fc.assert(fc.property(fc.anything(), (facts) => void reportedFacts({ facts })))
  })
})
