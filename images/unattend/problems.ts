import type { CodeOf, Params, ParamsOf } from '../../text/messages.ts'
import type { AccountNameFault } from './account-name.ts'
import type { ComputerNameFault } from './computer-name.ts'
import type { settingsProblems } from './problem-messages.ts'

export type SettingsProblemCode = CodeOf<typeof settingsProblems>

/** One thing that keeps the settings from becoming an answer file. No value of a password or key is ever in it. */
export type SettingsProblem = {
  readonly code: SettingsProblemCode
  /** Where it is: `account.name`, `specializeCommands.2.path`. */
  readonly setting: string
  readonly params: Params
}

export const computerNameCodes = {
  empty: 'COMPUTER_NAME_EMPTY',
  'too-long': 'COMPUTER_NAME_TOO_LONG',
  characters: 'COMPUTER_NAME_CHARACTERS',
  'digits-only': 'COMPUTER_NAME_DIGITS_ONLY',
  hyphen: 'COMPUTER_NAME_HYPHEN',
  reserved: 'COMPUTER_NAME_RESERVED',
} as const satisfies Readonly<Record<ComputerNameFault, SettingsProblemCode>>

export const accountNameCodes = {
  empty: 'ACCOUNT_NAME_EMPTY',
  'too-long': 'ACCOUNT_NAME_TOO_LONG',
  characters: 'ACCOUNT_NAME_CHARACTERS',
  'dots-and-spaces': 'ACCOUNT_NAME_DOTS_AND_SPACES',
  'built-in': 'ACCOUNT_NAME_BUILT_IN',
  'computer-name': 'ACCOUNT_NAME_COMPUTER_NAME',
} as const satisfies Readonly<Record<AccountNameFault, SettingsProblemCode>>

/** A problem of one setting; a parameter that is wrong, missing or misnamed does not compile. */
export function settingsProblem<Code extends SettingsProblemCode>(
  code: Code,
  setting: string,
  params: ParamsOf<typeof settingsProblems, Code>,
): SettingsProblem {
  return { code, setting, params }
}
