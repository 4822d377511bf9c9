import { expect, test } from 'vitest'
import { hasWords, wordsOf } from '../../../../server/stock/search.ts'

const texts = ['Cabinet Morel', 'T4VB', null, 'NUC13ANHi5', 'Contrôlé par Claire']

test.each([
  ['MOREL', true],
  ['controle claire nuc13', true],
  ['nuc13 imaginaire', false],
  ['  ', true],
])('every word is found, whatever its case and accents: "%s"', (search, found) => {
  expect(hasWords(wordsOf(search), texts)).toBe(found)
})
