import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holds } from '../../../tasksequences/condition/evaluate.ts'
import { parseCondition } from '../../../tasksequences/condition/parse-condition.ts'
import { runs } from '../property-runs.ts'

const variables = {
  edition: 'Professional',
  memoryGiB: 16,
  serial: '',
  quick: false,
  product: 'NUC11TNHi5',
  count: '8',
}

function judge(source: string): boolean | string {
  const parsed = parseCondition(source)
  return parsed.ok ? holds(parsed.expression, variables) : `${parsed.error.reason}@${parsed.error.at}`
}

describe('a condition', () => {
  test.each<[string, boolean]>([
    ["${edition} != 'Enterprise'", true],
    ["${edition} == 'professional'", true],
    ['${memoryGiB} >= 16 and ${memoryGiB} < 32', true],
    ["${count} < '10'", true],
    ["${edition} in ['Home', 'Professional']", true],
    ['${edition} in []', false],
    ["'nuc11' in ${product}", true],
    ['not ${quick}', true],
    ['${serial}', false],
    ["${serial} == ''", true],
    ['not ${quick} and (${memoryGiB} == 4 or ${memoryGiB} == 16)', true],
    ['true or false and false', true],
    ['${quick} == false', true],
    ['NOT ${quick} AND true', true],
    ['${memoryGiB} > -1', true],
  ])('%s is %s', (source, expected) => {
    expect(judge(source)).toBe(expected)
  })

  test.each<[string, string]>([
    ['', 'expected-value@0'],
    ['${edition} = 1', 'character@11'],
    ['${edition} == Pro', 'word@14'],
    ["${edition} == 'Pro", 'open-text@14'],
    ['(true', 'expected-sign@5'],
    ['true true', 'expected-end@5'],
    ['[1, 2', 'expected-sign@5'],
    ['1 == and', 'expected-value@5'],
    ['constructor.constructor("x")()', 'word@0'],
    ['('.repeat(100), 'deep@32'],
    [`true ${' '.repeat(2000)}`, 'long@1024'],
  ])('%s is refused', (source, expected) => {
    expect(judge(source)).toBe(expected)
  })

  test('any text is read and judged, or refused with a place inside it', () => {
    const pieces = fc.constantFrom(
      '${a}',
      '${edition}',
      "'x'",
      '1',
      ' and ',
      ' or ',
      'not ',
      ' in ',
      '==',
      '<',
      '(',
      ')',
      '[',
      ']',
      ',',
      ' ',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (source) => {
        const parsed = parseCondition(source)
        if (parsed.ok) return typeof holds(parsed.expression, variables) === 'boolean'
        return parsed.error.at >= 0 && parsed.error.at <= source.length
      }),
      { numRuns: runs(2000) },
    )
  })
})
