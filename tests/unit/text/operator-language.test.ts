import { expect, test } from 'vitest'
import { operatorLanguage as setupLanguage } from '../../../setup/messages.mjs'
import { operatorLanguage } from '../../../text/operator-language.ts'

test.each([
  ['what is asked for', { ETABLI_LANGUAGE: 'en', LANG: 'fr_FR.UTF-8' }, 'en'],
  ['a French locale', { LANG: 'fr_BE.UTF-8' }, 'fr'],
  ['another locale', { LANG: 'de_DE.UTF-8' }, 'en'],
  ['the strongest variable of the locale', { LANG: 'fr_FR.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  ['no locale', { LANG: 'C.UTF-8' }, 'fr'],
  ['nothing at all', {}, 'fr'],
  ['a language nobody speaks here', { ETABLI_LANGUAGE: 'de', LANG: 'en_US.UTF-8' }, 'en'],
])('the operator reads the language of %s', (_what, env, language) => {
  expect(operatorLanguage(env)).toBe(language)
  expect(setupLanguage(env)).toBe(language)
})
