import { builtInCards } from '../../protocol/network-card.ts'
import { computerNameFromRule } from '../../../images/unattend/computer-name.ts'
import { settingsProblems } from '../../../images/unattend/problem-messages.ts'
import type {
  Account,
  AnswerFileSettings,
  OemInformation,
  SpecializeCommand,
} from '../../../images/unattend/settings.ts'
import { validate } from '../../../images/unattend/validate.ts'
import type { PrepareWindowsInput } from '../../../tasksequences/steps/prepare-windows.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Inventory } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { regionOf, variableText, type Variables } from './answer-region.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { describeCode } from '../../../text/messages.ts'

export type AnswerWish = {
  input: PrepareWindowsInput
  variables: Variables
  /** That the image carries. */
  languages: readonly string[]
  inventory: Pick<Inventory, 'system' | 'board' | 'networkInterfaces' | 'devices'>
  productKey: string | null
  /** Of the local account, made for this run. */
  password: string
  specializeCommands: readonly SpecializeCommand[]
  agentStart: SpecializeCommand
}

/** A sentence has room for so many; the log has them all. */
const mostProblems = 4

export type AnswerDecision = { kind: 'valid'; settings: AnswerFileSettings } | { kind: 'refused'; failure: Failure }

/**
 * All an answer file is made of, or ANSWER_FILE_INVALID with everything that is wrong, in the words of `images/unattend`.
 * Nobody is signed on by itself: the agent needs no session, and a password for it would lie in the registry. Pure.
 */
export function answerSettings(wish: AnswerWish): AnswerDecision {
  const { input, variables, languages, inventory, productKey, specializeCommands, agentStart } = wish
  const settings: AnswerFileSettings = {
    ...regionOf(input, variables, languages),
    computerName: computerName(input.computerName ?? variableText(variables, 'computerName'), inventory),
    account: accountOf(input, wish.password),
    productKey,
    oem: oemOf(input),
    deviceEncryption: 'prevented',
    oobe: 'hidden',
    specializeCommands,
    agentStart,
    firstLogonCommand: null,
    autoLogon: null,
  }
  const problems = validate(settings, languages)
  if (problems.length === 0) return { kind: 'valid', settings }
  const told = problems.slice(0, mostProblems).map(({ code, params }) => describeCode(settingsProblems, code, params))
  const params = { message: joined(told.map(({ message }) => message)), fix: joined(told.map(({ fix }) => fix)) }
  const detail = problems.map(({ code, setting }) => `${setting}: ${code}`).join('\n')
  return { kind: 'refused', failure: failure('ANSWER_FILE_INVALID', params, { detail }) }
}

/** `*`, a name of Windows' making, when nobody names the machine. */
function computerName(rule: string | null, inventory: AnswerWish['inventory']): string {
  const { system, board, networkInterfaces } = inventory
  if (rule === null) return '*'
  if (!/\{(?:serial|mac|model)\}/.test(rule)) return rule
  const own = builtInCards(inventory)
  const wired = own.find(({ wireless }) => !wireless) ?? own[0] ?? networkInterfaces[0]
  return computerNameFromRule(rule, {
    serial: system.serial ?? board.serial ?? '',
    mac: wired?.mac ?? '',
    model: system.product ?? board.product ?? '',
  })
}

function accountOf(input: PrepareWindowsInput, password: string): Account {
  if (input.account === 'audit') return { kind: 'audit' }
  return { kind: 'local', name: input.name ?? 'Utilisateur', displayName: input.displayName ?? '', password }
}

function oemOf({ oem }: PrepareWindowsInput): OemInformation | null {
  if (oem === undefined) return null
  const { manufacturer = '', model = '', supportPhone = '', supportHours = '', supportUrl = '' } = oem
  return { manufacturer, model, supportPhone, supportHours, supportUrl }
}

/** Several sentences as one text, each once. */
function joined(sentences: readonly Sentence[]): Sentence {
  const once = (texts: string[]): string => [...new Set(texts)].join(' ')
  return { fr: once(sentences.map(({ fr }) => fr)), en: once(sentences.map(({ en }) => en)) }
}
