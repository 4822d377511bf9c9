import { Type } from 'typebox'
import type { Sentence } from '../../text/sentence.ts'

/** A list of the catalogue, of which a setting names something. */
export type CatalogueList = 'images' | 'driver-packs' | 'software' | 'profiles'

/** A setting as a person meets it, in a form or in a sentence about a mistake. */
export type Field = {
  label: Sentence
  /** What may stand in it, in words that end the sentence "this must be …". */
  expects: Sentence
  /** What the label does not say. */
  help?: Sentence
  /** What counts when it is not there, where that is one value. */
  standard?: string | number | boolean
  /** What its number counts. */
  unit?: Sentence
  /** How each of its values is called. */
  choices?: Readonly<Record<string, Sentence>>
  of?: CatalogueList
  /** Whether it is a text of several lines. */
  lines?: true
}

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

const FirmwareVersion = Type.String({ minLength: 1, maxLength: 64 })
/** A version of firmware as its maker writes it, or one for each family of boards: `TNTGL357.0071`. */
export const Firmware = Type.Union([FirmwareVersion, Type.Array(FirmwareVersion, { minItems: 1, maxItems: 32 })])
export const expectsFirmware: Sentence = {
  fr: 'une version de BIOS, par exemple TNTGL357.0071, ou une liste, une par famille',
  en: 'a firmware version, for example TNTGL357.0071, or a list, one a family',
}
