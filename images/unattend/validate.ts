import { accountNameFaults, hasControlCharacter } from './account-name.ts'
import { computerNameFaults } from './computer-name.ts'
import { parseProductKey } from './firmware-key.ts'
import { isKeyboardId, isLocale } from './locales.ts'
import { accountNameCodes, computerNameCodes, settingsProblem, type SettingsProblem } from './problems.ts'
import type { Account, AnswerFileSettings } from './settings.ts'
import { isWindowsTimeZone } from './time-zones.ts'

/** Microsoft's limits for the settings of the same names. */
const longest = { password: 127, specializeCommand: 259, firstLogonCommand: 1024, text: 256 } as const
const mostCommands = 500
const mostLogons = 9999

/**
 * Says everything that is wrong with the settings, at once.
 *
 * @param languagesInImage - of the image's XML; empty when it does not say, and then nothing is held against it
 * @returns empty when `writeAnswerFile` may be called
 */
export function validate(settings: AnswerFileSettings, languagesInImage: readonly string[] = []): SettingsProblem[] {
  return [
    ...computerNameFaults(settings.computerName).map((fault) =>
      settingsProblem(computerNameCodes[fault], 'computerName', { name: settings.computerName }),
    ),
    ...region(settings, languagesInImage),
    ...account(settings.account, settings.computerName),
    ...productKey(settings),
    ...oemInformation(settings),
    ...commands(settings),
    ...logon(settings),
  ]
}

function region(settings: AnswerFileSettings, languagesInImage: readonly string[]): SettingsProblem[] {
  const { timeZone, language, locale, keyboard } = settings
  const found: SettingsProblem[] = []
  if (!isWindowsTimeZone(timeZone)) found.push(settingsProblem('TIME_ZONE_UNKNOWN', 'timeZone', { name: timeZone }))
  if (!isLocale(language)) found.push(settingsProblem('LANGUAGE_INVALID', 'language', { name: language }))
  else if (languagesInImage.length > 0 && !languagesInImage.includes(language)) {
    found.push(
      settingsProblem('LANGUAGE_NOT_IN_IMAGE', 'language', { name: language, languages: languagesInImage.join(', ') }),
    )
  }
  if (!isLocale(locale)) found.push(settingsProblem('LOCALE_INVALID', 'locale', { name: locale }))
  if (!isKeyboardId(keyboard)) found.push(settingsProblem('KEYBOARD_INVALID', 'keyboard', { name: keyboard }))
  return found
}

function account(wanted: Account, computerName: string): SettingsProblem[] {
  if (wanted.kind === 'audit') return []
  const { name, displayName, password } = wanted
  const found = accountNameFaults(name, computerName).map((fault) =>
    settingsProblem(accountNameCodes[fault], 'account.name', { name }),
  )
  if (displayName.length > longest.text || hasControlCharacter(displayName) || isBlank(displayName)) {
    found.push(settingsProblem('DISPLAY_NAME_INVALID', 'account.displayName', { longest: String(longest.text) }))
  }
  if (password === '') found.push(settingsProblem('PASSWORD_EMPTY', 'account.password', {}))
  if (password.length > longest.password) {
    found.push(settingsProblem('PASSWORD_TOO_LONG', 'account.password', { longest: String(longest.password) }))
  }
  if (hasControlCharacter(password)) found.push(settingsProblem('PASSWORD_CHARACTERS', 'account.password', {}))
  return found
}

/** Blank but not empty: an empty text is left out or replaced, a blank one would be written. */
function isBlank(text: string): boolean {
  return text !== '' && text.trim() === ''
}

function productKey({ productKey: key }: AnswerFileSettings): SettingsProblem[] {
  return key === null || parseProductKey(key) === key
    ? []
    : [settingsProblem('PRODUCT_KEY_MALFORMED', 'productKey', {})]
}

function oemInformation({ oem }: AnswerFileSettings): SettingsProblem[] {
  return Object.entries(oem ?? {}).flatMap(([name, text]) =>
    text.length > longest.text || hasControlCharacter(text) || isBlank(text)
      ? [settingsProblem('OEM_TEXT_INVALID', `oem.${name}`, { longest: String(longest.text) })]
      : [],
  )
}

function commands(settings: AnswerFileSettings): SettingsProblem[] {
  const { specializeCommands, agentStart, firstLogonCommand } = settings
  const listed = [
    ...specializeCommands.map((command, index) => ({ command, setting: `specializeCommands.${index}` })),
    ...(agentStart === null ? [] : [{ command: agentStart, setting: 'agentStart' }]),
  ]
  const found = listed.flatMap(({ command, setting }) => [
    ...commandText(command.path, `${setting}.path`, longest.specializeCommand),
    ...(command.description === '' ? [] : commandText(command.description, `${setting}.description`, longest.text)),
  ])
  if (listed.length > mostCommands) {
    found.push(settingsProblem('TOO_MANY_COMMANDS', 'specializeCommands', { most: String(mostCommands) }))
  }
  if (firstLogonCommand === null) return found
  return [...found, ...commandText(firstLogonCommand, 'firstLogonCommand', longest.firstLogonCommand)]
}

function commandText(text: string, setting: string, limit: number): SettingsProblem[] {
  if (text.trim() === '') return [settingsProblem('COMMAND_EMPTY', setting, {})]
  const found: SettingsProblem[] = []
  if (text.length > limit) {
    found.push(settingsProblem('COMMAND_TOO_LONG', setting, { longest: String(limit), length: String(text.length) }))
  }
  if (hasControlCharacter(text)) found.push(settingsProblem('COMMAND_CHARACTERS', setting, {}))
  return found
}

/** Audit mode signs its own Administrator on and skips what stands for the first logon. */
function logon({ account: wanted, autoLogon, firstLogonCommand }: AnswerFileSettings): SettingsProblem[] {
  const found: SettingsProblem[] = []
  if (
    autoLogon !== null &&
    !(Number.isInteger(autoLogon.times) && autoLogon.times >= 1 && autoLogon.times <= mostLogons)
  ) {
    found.push(settingsProblem('AUTO_LOGON_COUNT', 'autoLogon.times', { most: String(mostLogons) }))
  }
  if (wanted.kind !== 'audit') return found
  if (autoLogon !== null) found.push(settingsProblem('AUTO_LOGON_IN_AUDIT', 'autoLogon', {}))
  if (firstLogonCommand !== null) found.push(settingsProblem('FIRST_LOGON_IN_AUDIT', 'firstLogonCommand', {}))
  return found
}
