/** `040c:0000040c`: the input language's LCID and the keyboard layout's identifier, both in hexadecimal. */
export type KeyboardId = string

/**
 * The keyboard Windows gives a locale ("Default Input Profiles (Input Locales) in Windows"). Languages written with an
 * input method instead of a layout (Japanese, Korean, Chinese) are not here.
 */
export const keyboards: Readonly<Record<string, KeyboardId>> = {
  'fr-FR': '040c:0000040c',
  'fr-BE': '080c:0000080c',
  'fr-CA': '0c0c:00011009',
  'fr-CH': '100c:0000100c',
  'fr-LU': '140c:0000100c',
  'fr-MC': '180c:0000040c',
  'nl-BE': '0813:00000813',
  'nl-NL': '0413:00020409',
  'de-DE': '0407:00000407',
  'de-AT': '0c07:00000407',
  'de-CH': '0807:00000807',
  'de-LU': '1007:00000407',
  'it-IT': '0410:00000410',
  'it-CH': '0810:0000100c',
  'es-ES': '0c0a:0000040a',
  'es-MX': '080a:0000080a',
  'pt-PT': '0816:00000816',
  'pt-BR': '0416:00000416',
  'en-US': '0409:00000409',
  'en-GB': '0809:00000809',
  'en-IE': '1809:00001809',
  'en-CA': '1009:00000409',
  'en-AU': '0c09:00000409',
  'da-DK': '0406:00000406',
  'sv-SE': '041d:0000041d',
  'nb-NO': '0414:00000414',
  'fi-FI': '040b:0000040b',
  'pl-PL': '0415:00000415',
  'cs-CZ': '0405:00000405',
  'sk-SK': '041b:0000041b',
  'hu-HU': '040e:0000040e',
  'ro-RO': '0418:00010418',
  'hr-HR': '041a:0000041a',
  'sl-SI': '0424:00000424',
  'el-GR': '0408:00000408',
  'tr-TR': '041f:0000041f',
  'ru-RU': '0419:00000419',
  'uk-UA': '0422:00020422',
  'bg-BG': '0402:00030402',
  'et-EE': '0425:00000425',
  'lv-LV': '0426:00020426',
  'lt-LT': '0427:00010427',
}

/** @returns the usual keyboard of a locale, or null when this table has none and one must be given */
export function keyboardFor(locale: string): KeyboardId | null {
  return Object.hasOwn(keyboards, locale) ? (keyboards[locale] ?? null) : null
}

/** Whether a text has the form of a keyboard identifier. */
export function isKeyboardId(text: string): boolean {
  return /^[0-9a-f]{4}:[0-9a-f]{8}$/i.test(text)
}

/** A BCP 47 tag as Windows writes it: language, perhaps a script, region. */
export function isLocale(text: string): boolean {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}$/.test(text)
}
