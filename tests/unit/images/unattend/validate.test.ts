import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountNameFaults } from '../../../../images/unattend/account-name.ts'
import { computerNameFaults, computerNameFromRule } from '../../../../images/unattend/computer-name.ts'
import { describeCode } from '../../../../text/messages.ts'
import { settingsProblems } from '../../../../images/unattend/problem-messages.ts'
import type { AnswerFileSettings } from '../../../../images/unattend/settings.ts'
import { validate } from '../../../../images/unattend/validate.ts'
import { audit, usual } from './material.ts'

const local = (part: { name?: string; displayName?: string; password?: string }): Partial<AnswerFileSettings> => ({
  account: { kind: 'local', name: 'Client', displayName: 'Client', password: 'Azerty-123', ...part },
})
const command = (path: string): Partial<AnswerFileSettings> => ({ specializeCommands: [{ path, description: '' }] })

describe('settings', () => {
  test.each<[string, Partial<AnswerFileSettings>, string]>([
    ['COMPUTER_NAME_EMPTY', { computerName: '' }, 'computerName'],
    ['COMPUTER_NAME_TOO_LONG', { computerName: 'ATELIER-00000042' }, 'computerName'],
    ['COMPUTER_NAME_CHARACTERS', { computerName: 'PC_42' }, 'computerName'],
    ['COMPUTER_NAME_DIGITS_ONLY', { computerName: '0042' }, 'computerName'],
    ['COMPUTER_NAME_HYPHEN', { computerName: 'PC-' }, 'computerName'],
    ['COMPUTER_NAME_RESERVED', { computerName: 'System' }, 'computerName'],
    ['ACCOUNT_NAME_EMPTY', local({ name: ' ' }), 'account.name'],
    ['ACCOUNT_NAME_TOO_LONG', local({ name: 'x'.repeat(21) }), 'account.name'],
    ['ACCOUNT_NAME_CHARACTERS', local({ name: 'a@b' }), 'account.name'],
    ['ACCOUNT_NAME_CHARACTERS', local({ name: 'a\u0007b' }), 'account.name'],
    ['ACCOUNT_NAME_DOTS_AND_SPACES', local({ name: 'Client.' }), 'account.name'],
    ['ACCOUNT_NAME_BUILT_IN', local({ name: 'ADMINISTRATEUR' }), 'account.name'],
    ['ACCOUNT_NAME_BUILT_IN', local({ name: 'Invité' }), 'account.name'],
    ['ACCOUNT_NAME_BUILT_IN', local({ name: 'Service réseau' }), 'account.name'],
    ['ACCOUNT_NAME_COMPUTER_NAME', local({ name: 'atelier-0042' }), 'account.name'],
    ['DISPLAY_NAME_INVALID', local({ displayName: 'a\nb' }), 'account.displayName'],
    ['PASSWORD_EMPTY', local({ password: '' }), 'account.password'],
    ['PASSWORD_TOO_LONG', local({ password: 'x'.repeat(128) }), 'account.password'],
    ['PASSWORD_CHARACTERS', local({ password: 'a\u0000b' }), 'account.password'],
    ['TIME_ZONE_UNKNOWN', { timeZone: 'Europe/Paris' }, 'timeZone'],
    ['LANGUAGE_INVALID', { language: 'french' }, 'language'],
    ['LOCALE_INVALID', { locale: 'fr_FR' }, 'locale'],
    ['KEYBOARD_INVALID', { keyboard: 'azerty' }, 'keyboard'],
    ['PRODUCT_KEY_MALFORMED', { productKey: 'VK7JG-NPHTM-C97JM-9MPGT' }, 'productKey'],
    [
      'OEM_TEXT_INVALID',
      { oem: { manufacturer: '', model: '', supportHours: '', supportUrl: '', supportPhone: '01\u0000' } },
      'oem.supportPhone',
    ],
    ['COMMAND_EMPTY', command(' '), 'specializeCommands.0.path'],
    ['COMMAND_TOO_LONG', command('x'.repeat(260)), 'specializeCommands.0.path'],
    ['COMMAND_CHARACTERS', command('a\r\nb'), 'specializeCommands.0.path'],
    ['COMMAND_TOO_LONG', { agentStart: { path: 'x'.repeat(260), description: '' } }, 'agentStart.path'],
    ['COMMAND_TOO_LONG', { firstLogonCommand: 'x'.repeat(1025) }, 'firstLogonCommand'],
    [
      'TOO_MANY_COMMANDS',
      { specializeCommands: Array.from({ length: 500 }, () => ({ path: 'x', description: '' })) },
      'specializeCommands',
    ],
    ['AUTO_LOGON_COUNT', { autoLogon: { times: 0 } }, 'autoLogon.times'],
    ['AUTO_LOGON_COUNT', { autoLogon: { times: 1.5 } }, 'autoLogon.times'],
    ['AUTO_LOGON_IN_AUDIT', { ...audit, autoLogon: { times: 1 } }, 'autoLogon'],
    ['FIRST_LOGON_IN_AUDIT', { ...audit, firstLogonCommand: 'x' }, 'firstLogonCommand'],
  ])('are refused with a reason and a fix: %s', (code, part, setting) => {
    const found = validate({ ...usual, ...part })
    expect(found.map((problem) => [problem.code, problem.setting])).toEqual([[code, setting]])
    for (const { code: known, params } of found) {
      const { message, fix } = describeCode(settingsProblems, known, params)
      for (const text of [message.fr, message.en, fix.fr, fix.en]) {
        expect(text).toMatch(/^\S.*\.$/)
        expect(text).not.toContain('undefined')
      }
    }
  })

  test('name a language the image does not hold, and let every language pass when the image says nothing', () => {
    expect(validate(usual, ['en-US']).map(({ code }) => code)).toEqual(['LANGUAGE_NOT_IN_IMAGE'])
    expect(validate(usual, ['en-US', 'fr-FR'])).toEqual([])
    expect(validate(usual, [])).toEqual([])
  })

  test('name everything at once, and never a password or a key', () => {
    const bad = {
      ...usual,
      ...local({ name: 'a|b', password: `${'secret'.repeat(30)}` }),
      computerName: '12345678901234567',
      timeZone: 'Paris',
      productKey: 'SECRET-KEY',
    }
    const found = validate(bad)
    expect(found.map(({ code }) => code)).toEqual([
      'COMPUTER_NAME_TOO_LONG',
      'COMPUTER_NAME_DIGITS_ONLY',
      'TIME_ZONE_UNKNOWN',
      'ACCOUNT_NAME_CHARACTERS',
      'PASSWORD_TOO_LONG',
      'PRODUCT_KEY_MALFORMED',
    ])
    expect(JSON.stringify(found)).not.toMatch(/secret/i)
  })
})

describe('a computer name from a rule', () => {
  const facts = { serial: 'G6BN13400ABC', mac: '1c:69:7a:01:02:03', model: 'NUC 8 i5 BEH' }

  test.each([
    ['ATELIER-01', 'ATELIER-01'],
    ['PC-{serial}', 'PC-G6BN13400ABC'],
    ['ATELIER-{serial}', 'ATELIER-3400ABC'],
    ['NUC-{mac}', 'NUC-C697A010203'],
    ['Établi {mac}', 'ETABLI-7A010203'],
    ['{model}', 'NUC-8-I5-BEH'],
    ['{serial}-{mac}', '3400ABC-A010203'],
    ['', '*'],
    ['-', '*'],
  ])('%s → %s', (rule, name) => {
    expect(computerNameFromRule(rule, facts)).toBe(name)
  })

  test('is left to Windows when the serial number is empty or only digits are left', () => {
    expect(computerNameFromRule('{serial}', { ...facts, serial: '' })).toBe('*')
    // Else every machine without a serial number would be called PC.
    for (const rule of ['PC-{serial}', '{serial}-PC', 'PC-{serial}-{model}'])
      expect(computerNameFromRule(rule, { ...facts, serial: '—', model: '' })).toBe('*')
    expect(computerNameFromRule('PC', { ...facts, serial: '' })).toBe('PC')
    expect(computerNameFromRule('{serial}', { ...facts, serial: '12345678' })).toBe('*')
  })

  test('never has a fault, whatever the firmware says', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const check = (rule: string, serial: string, mac: string, model: string): void => {
      const name = computerNameFromRule(`${rule}{serial}{mac}`, { serial, mac, model })
      expect(computerNameFaults(name)).toEqual([])
    }
    fc.assert(fc.property(text, text, text, text, check))
  })
})

test('account names say every fault at once', () => {
  expect(accountNameFaults('a'.repeat(21) + '/.', 'X')).toEqual(['too-long', 'characters', 'dots-and-spaces'])
})

describe('names of accounts that Windows keeps for itself', () => {
  test.each(['Administrador', 'Gast', 'Invité', 'Invite\u0301', 'Администратор', 'CON', 'nul', 'com1', 'LPT9.txt'])(
    '%s',
    (name) => {
      expect(accountNameFaults(name, 'NUC-1')).toContain('built-in')
    },
  )

  test.each(['Atelier', 'Console', 'Constance', 'Communes', 'Gaston'])('and none of them is %s', (name) => {
    expect(accountNameFaults(name, 'NUC-1')).toEqual([])
  })
})
