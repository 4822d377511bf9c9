import { keyboardFor } from '../../../images/unattend/locales.ts'
import { windowsTimeZoneOf } from '../../../images/unattend/time-zones.ts'
import type { AnswerFileSettings } from '../../../images/unattend/settings.ts'
import type { PrepareWindowsInput } from '../../../tasksequences/steps/prepare-windows.ts'
import type { StepWork } from '../../protocol/messages.ts'

export type Variables = StepWork['variables']

/** What a variable of the run says; null when it is not set, or empty. */
export function variableText(variables: Variables, name: string): string | null {
  const value = variables[name]
  const text = value === undefined ? '' : String(value).trim()
  return text === '' ? null : text
}

export type Region = Pick<AnswerFileSettings, 'locale' | 'language' | 'keyboard' | 'timeZone'>

/**
 * Formats, language, keyboard and time zone: as the step says, else as the run's variables do, else as the image has it.
 * Where nobody says anything it stays empty, which `validate` puts into words. Pure.
 */
export function regionOf(input: PrepareWindowsInput, variables: Variables, languages: readonly string[]): Region {
  const locale = input.locale ?? variableText(variables, 'locale') ?? languages[0] ?? ''
  const language = input.language ?? languageFor(locale, languages)
  const timeZone = input.timezone ?? variableText(variables, 'timezone') ?? ''
  return {
    locale,
    language,
    keyboard: input.keyboard ?? keyboardFor(locale) ?? keyboardFor(language) ?? '',
    // A server or a browser says `Europe/Paris`.
    timeZone: windowsTimeZoneOf(timeZone) ?? timeZone,
  }
}

/** `fr-BE` has no Windows of its own: the menus are in the image's `fr-FR`. */
function languageFor(locale: string, languages: readonly string[]): string {
  if (languages.length === 0 || languages.includes(locale)) return locale
  const [wanted] = locale.split('-')
  return languages.find((one) => one.split('-')[0] === wanted) ?? locale
}
