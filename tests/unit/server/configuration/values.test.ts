import { expect, test } from 'vitest'
import { addressRange } from '../../../../server/configuration/values.ts'

test.each([
  ['10.0.0.50-10.0.0.90', { first: '10.0.0.50', last: '10.0.0.90' }],
  [' 10.0.0.50 - 10.0.0.50 ', { first: '10.0.0.50', last: '10.0.0.50' }],
  ['10.0.0.90-10.0.0.50', undefined],
  ['10.0.0.50', undefined],
  ['10.0.0.50-10.0.0.60-10.0.0.70', undefined],
  ['10.0.0.50-10.0.0.256', undefined],
  ['10.0.0.0-10.1.0.0', undefined],
])('the address range %s', (text, expected) => {
  const parsed = addressRange(text)
  expect(parsed.ok ? parsed.value : undefined).toEqual(expected)
})
