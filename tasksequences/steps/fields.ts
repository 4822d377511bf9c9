import { Type } from 'typebox'
import type { Sentence } from '../../text/sentence.ts'

/** A size with its unit, `8 GiB` or `120 GB`: `parseSize` gives its bytes. */
export const Size = Type.String({
  pattern: '^\\s*\\d{1,12}([.,]\\d{1,6})?\\s*([kKmMgGtT]?[iI]?[bBoO])\\s*$',
  maxLength: 32,
})

export const expectsSize: Sentence = {
  fr: 'une taille avec son unité, par exemple « 8 GiB » ou « 120 GB »',
  en: 'a size with its unit, for example "8 GiB" or "120 GB"',
}

export const expectsBoolean: Sentence = { fr: 'true ou false', en: 'true or false' }
