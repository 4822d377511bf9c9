import type { AccountNameFault } from './account-name.ts'
import type { ComputerNameFault } from './computer-name.ts'

export type SettingsProblemCode =
  | `COMPUTER_NAME_${'EMPTY' | 'TOO_LONG' | 'CHARACTERS' | 'DIGITS_ONLY' | 'HYPHEN' | 'RESERVED'}`
  | `ACCOUNT_NAME_${'EMPTY' | 'TOO_LONG' | 'CHARACTERS' | 'DOTS_AND_SPACES' | 'BUILT_IN' | 'COMPUTER_NAME'}`
  | 'DISPLAY_NAME_INVALID'
  | 'PASSWORD_EMPTY'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_CHARACTERS'
  | 'TIME_ZONE_UNKNOWN'
  | 'LANGUAGE_INVALID'
  | 'LANGUAGE_NOT_IN_IMAGE'
  | 'LOCALE_INVALID'
  | 'KEYBOARD_INVALID'
  | 'PRODUCT_KEY_MALFORMED'
  | 'OEM_TEXT_INVALID'
  | 'COMMAND_EMPTY'
  | 'COMMAND_TOO_LONG'
  | 'COMMAND_CHARACTERS'
  | 'TOO_MANY_COMMANDS'
  | 'AUTO_LOGON_COUNT'
  | 'AUTO_LOGON_IN_AUDIT'
  | 'FIRST_LOGON_IN_AUDIT'

/** One thing that keeps the settings from becoming an answer file. No value of a password or key is ever in it. */
export type SettingsProblem = {
  readonly code: SettingsProblemCode
  /** Where it is: `account.name`, `specializeCommands.2.path`. */
  readonly setting: string
  readonly params: Readonly<Record<string, string>>
}

export const computerNameCodes: Readonly<Record<ComputerNameFault, SettingsProblemCode>> = {
  empty: 'COMPUTER_NAME_EMPTY',
  'too-long': 'COMPUTER_NAME_TOO_LONG',
  characters: 'COMPUTER_NAME_CHARACTERS',
  'digits-only': 'COMPUTER_NAME_DIGITS_ONLY',
  hyphen: 'COMPUTER_NAME_HYPHEN',
  reserved: 'COMPUTER_NAME_RESERVED',
}

export const accountNameCodes: Readonly<Record<AccountNameFault, SettingsProblemCode>> = {
  empty: 'ACCOUNT_NAME_EMPTY',
  'too-long': 'ACCOUNT_NAME_TOO_LONG',
  characters: 'ACCOUNT_NAME_CHARACTERS',
  'dots-and-spaces': 'ACCOUNT_NAME_DOTS_AND_SPACES',
  'built-in': 'ACCOUNT_NAME_BUILT_IN',
  'computer-name': 'ACCOUNT_NAME_COMPUTER_NAME',
}
