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

const FirmwareVersion = Type.String({ minLength: 1, maxLength: 64 })
/** A version of firmware as its maker writes it, or one for each family of boards: `TNTGL357.0071`. */
export const Firmware = Type.Union([FirmwareVersion, Type.Array(FirmwareVersion, { minItems: 1, maxItems: 32 })])
export const expectsFirmware: Sentence = {
  fr: 'une version de BIOS, par exemple TNTGL357.0071, ou une liste, une par famille',
  en: 'a firmware version, for example TNTGL357.0071, or a list, one a family',
}
