import { expect, test } from 'vitest'
import { EnvironmentError, describeEnvironmentError, environmentErrors } from '../../../../agent/boot-image/errors.ts'

test('every error has a sentence and a fix in both languages, with the same parameters', () => {
  const parametersOf = (text: { sentence: string; fix: string }): string[] =>
    [...new Set(`${text.sentence} ${text.fix}`.match(/\{\w+\}/g) ?? [])].sort()
  for (const { fr, en } of Object.values(environmentErrors)) {
    for (const text of [fr.sentence, fr.fix, en.sentence, en.fix]) expect(text).not.toBe('')
    expect(parametersOf(fr)).toEqual(parametersOf(en))
  }
})

test('French double punctuation has its narrow no-break space', () => {
  for (const { fr } of Object.values(environmentErrors))
    expect(`${fr.sentence} ${fr.fix}`).not.toMatch(/ [:;!?»]|« (?!\u202f)/)
})

test('parameters stand in the words', () => {
  const error = new EnvironmentError('ENVIRONMENT_TOOLS_MISSING', { tools: 'xz, cpio', packages: 'xz-utils cpio' })
  expect(describeEnvironmentError(error, 'fr')).toEqual({
    sentence: 'Il manque des programmes\u202f: xz, cpio.',
    fix: 'Installez-les\u202f: apt-get install xz-utils cpio',
  })
})
