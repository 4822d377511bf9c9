import { expect, test } from 'vitest'
import { clockSentence } from '../../../text/clock-sentence.ts'

const day = 86_400

test.each<[number, boolean, string, string]>([
  [
    -3287 * day,
    true,
    'retardait de 9\u202fans\u202f; elle a été mise à l’heure',
    'was 9\u202fyears behind; it has been set',
  ],
  [-31 * day, true, 'retardait de 1\u202fmois\u202f;', 'was 1\u202fmonth behind;'],
  [16 * 3600, true, 'avançait de 16\u202fheures\u202f;', 'was 16\u202fhours ahead;'],
  [-day, false, 'retardait de 1\u202fjour et n’a pas pu être mise à l’heure', '1\u202fday behind and could not be set'],
])('says of a clock that was %d s ahead what became of it', (aheadSeconds, corrected, fr, en) => {
  const said = clockSentence({ aheadSeconds, corrected })
  expect(said.fr).toContain(fr)
  expect(said.en).toContain(en)
})
