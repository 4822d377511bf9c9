import { describe, expect, test } from 'vitest'
import { regionOf } from '../../../../agent/environment/offline-windows/answer-region.ts'
import { answerSettings, type AnswerWish } from '../../../../agent/environment/offline-windows/answer-settings.ts'
import { isFolderName } from '../../../../agent/environment/offline-windows/folder-name.ts'
import { decideKey } from '../../../../agent/environment/offline-windows/key-policy.ts'
import { controlSetKey } from '../../../../agent/environment/offline-windows/control-set.ts'
import { registerService } from '../../../../agent/environment/offline-windows/fallback-service.ts'
import { agentStart, driversCommand } from '../../../../agent/environment/offline-windows/specialize-commands.ts'
import { byteProgress } from '../../../../agent/runtime/byte-progress.ts'
import { describeFailure } from '../../../../agent/protocol/failures/failures.ts'
import type { Progress } from '../../../../agent/protocol/messages.ts'
import { writeAnswerFile } from '../../../../images/unattend/answer-file.ts'
import type { FirmwareKey } from '../../../../images/unattend/firmware-key.ts'
import { genericKeys } from '../../../../images/unattend/key-choice.ts'
import { checkAgainstTable } from '../../../answer-files/table-check.ts'
import { makeInventory } from '../machines.ts'

const wish = (part: Partial<AnswerWish> = {}): AnswerWish => ({
  input: {},
  variables: { locale: 'fr-FR', timezone: 'Romance Standard Time' },
  languages: ['fr-FR'],
  inventory: makeInventory(),
  productKey: null,
  password: 'a-Password-of-the-run-7',
  specializeCommands: [driversCommand],
  agentStart,
  ...part,
})

function settingsOf(part: Partial<AnswerWish> = {}) {
  const decision = answerSettings(wish(part))
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.failure))
  return decision.settings
}

describe('the answer file', () => {
  test.each<[string, Partial<AnswerWish>, string]>([
    ['of Windows’ making when nobody names it', {}, '*'],
    ['the sequence’s', { input: { computerName: 'ATELIER-1' } }, 'ATELIER-1'],
    ['the run’s', { variables: { ...wish().variables, computerName: 'PC-{serial}' } }, 'PC-BTTN12300456'],
    [
      'by the board’s number where the machine has none',
      {
        input: { computerName: 'X{serial}' },
        inventory: makeInventory({ system: { ...makeInventory().system, serial: null } }),
      },
      'XBTTN123004D1',
    ],
    ['by the wired card', { input: { computerName: 'N-{mac}' } }, 'N-88AEDD000001'],
  ])('names the machine: %s', (_what, part, name) => {
    expect(settingsOf(part).computerName).toBe(name)
  })

  test('signs nobody on, gives no page to click, encrypts nothing', () => {
    expect(settingsOf()).toMatchObject({
      autoLogon: null,
      firstLogonCommand: null,
      oobe: 'hidden',
      deviceEncryption: 'prevented',
      account: { kind: 'local', name: 'Utilisateur' },
    })
  })

  test.each<[string, Partial<AnswerWish>]>([
    ['as a local account', {}],
    ['in audit mode', { input: { account: 'audit' } }],
    ['with a key and the shop', { productKey: genericKeys['Core'] ?? '', input: { oem: { supportPhone: '01 02' } } }],
  ])('is one Windows knows every word of, %s', (_what, part) => {
    expect(checkAgainstTable(writeAnswerFile(settingsOf(part)))).toEqual([])
  })

  test('is refused with all that is wrong, in both languages, and never with the password', () => {
    const decision = answerSettings(
      wish({ input: { computerName: '12', language: 'xx' }, variables: {}, password: '' }),
    )
    if (decision.kind !== 'refused') throw new Error('valid')
    expect(decision.failure.code).toBe('ANSWER_FILE_INVALID')
    const { message } = describeFailure(decision.failure)
    expect(message.en).toContain('digits')
    expect(message.fr).toContain('chiffres')
    expect(decision.failure.detail?.split('\n')).toEqual([
      'computerName: COMPUTER_NAME_DIGITS_ONLY',
      'timeZone: TIME_ZONE_UNKNOWN',
      'language: LANGUAGE_INVALID',
      'account.password: PASSWORD_EMPTY',
    ])
  })
})

describe('language and place', () => {
  test.each([
    ['as the run says', {}, { locale: 'fr-FR', timezone: 'Europe/Paris' }, ['fr-FR', 'en-US'], 'fr-FR', 'fr-FR'],
    ['as the step says, before the run', { locale: 'en-GB' }, { locale: 'fr-FR' }, [], 'en-GB', 'en-GB'],
    ['as the image is, when nobody says', {}, {}, ['de-DE'], 'de-DE', 'de-DE'],
    ['menus of the same language where the image has no other', {}, { locale: 'fr-BE' }, ['fr-FR'], 'fr-BE', 'fr-FR'],
    ['an image that says nothing is not doubted', {}, { locale: 'fr-CH' }, [], 'fr-CH', 'fr-CH'],
  ])('%s', (_what, input, variables, languages, locale, language) => {
    expect(regionOf(input, variables, languages)).toMatchObject({ locale, language })
  })

  test('a time zone may be said as servers say it; the keyboard is the place’s', () => {
    const region = regionOf({}, { locale: 'fr-BE', timezone: 'Europe/Brussels' }, ['fr-FR'])
    expect(region).toMatchObject({ timeZone: 'Romance Standard Time', keyboard: '080c:0000080c' })
  })
})

describe('the product key', () => {
  const key = 'BCDFG-HJKMN-PQRTV-WXY23-46789'
  const [absent, present, damaged]: FirmwareKey[] = [
    { state: 'absent' },
    { state: 'present', key },
    { state: 'damaged', field: 'checksum' },
  ]
  const pro = genericKeys['Professional'] ?? ''

  test.each([
    ['automatic', 'Professional', present, null, 'firmware-key'],
    ['automatic', 'Professional', absent, pro, 'generic-key'],
    ['automatic', 'Professional', damaged, pro, 'generic-key'],
    ['automatic', 'Enterprise', present, genericKeys['Enterprise'], 'generic-key-over-firmware'],
    ['automatic', 'CloudEdition', absent, null, 'image-key'],
    ['none', 'Professional', absent, null, 'image-key'],
    ['generic', 'Professional', present, pro, 'generic-key-over-firmware'],
    [key.toLowerCase(), 'Professional', present, key, 'given-key'],
  ])('%s, for %s', (wanted, edition, firmware = absent, productKey, reason) => {
    expect(decideKey({ wanted, edition, firmware: firmware ?? { state: 'absent' } })).toMatchObject({
      kind: 'go',
      productKey,
      reason,
    })
  })

  test('that will not do is refused in words, without the key', () => {
    const decision = decideKey({ wanted: `${key}-TOO-LONG`, edition: 'Core', firmware: { state: 'absent' } })
    if (decision.kind !== 'refused') throw new Error('it goes')
    expect(decision.failure.code).toBe('PRODUCT_KEY_REFUSED')
    expect(JSON.stringify([decision, describeFailure(decision.failure)])).not.toContain('BCDFG')
    expect(describeFailure(decision.failure).fix.fr).toContain('étiquette')
  })
})

test('commands of specialize always end with 0 and fit Windows’ 259 characters', () => {
  for (const { path } of [agentStart, driversCommand]) {
    expect(path).toMatch(/^cmd\.exe \/d \/c .* & exit 0$/)
    expect(path.length).toBeLessThanOrEqual(259)
  }
})

describe('the fallback service', () => {
  test.each([
    ['1\n', '\\ControlSet001'],
    ['12', '\\ControlSet012'],
    ['0', null],
    ['', null],
    ['0x1', null],
    ['hivexsh: no such key', null],
  ])('is in the control set hivexsh names: %j', (said, key) => {
    expect(controlSetKey(said)).toBe(key)
  })

  test('is made once, and its values anew each time', () => {
    const anew = registerService('\\ControlSet001\\Services', false)
    const again = registerService('\\ControlSet001\\Services', true)
    expect(anew.filter((line) => !again.includes(line))).toEqual(['add EtabliStart'])
    expect(anew.at(-1)).toBe('commit')
    const count = Number(/^setval (\d+)$/m.exec(anew.join('\n'))?.[1])
    expect(anew.slice(anew.indexOf(`setval ${count}`) + 1, -1)).toHaveLength(2 * count)
  })
})

test.each([
  ['NUC 11 réseau', true],
  ['Intel.RST-20', true],
  ['', false],
  ['.', false],
  ['..', false],
  ['a/b', false],
  ['a\\b', false],
  ['C:', false],
  ['nul', false],
  ['COM1.drivers', false],
  ['console', true],
  ['trailing ', false],
  ['trailing.', false],
  ['tab\there', false],
])('%j as a folder of Windows: %s', (name, may) => {
  expect(isFolderName(name)).toBe(may)
})

test('a transfer tells its bytes, its rate and what it does, at most four times a second, and its end', () => {
  let ms = 0
  const told: Progress[] = []
  // The clock is set meanwhile, by nine years: what is measured does not jump.
  const set = (): Date => new Date(ms > 500 ? '2026-11-27' : '2017-01-01')
  const clock = { now: set, elapsedMs: () => ms, sleep: () => Promise.resolve() }
  const onBytes = byteProgress({ clock, progress: (one) => told.push(one) }, 1000, { fr: 'Copie', en: 'Copying' })
  for (; ms < 1000; ms += 100) onBytes(100)
  expect(told.map(({ bytesDone }) => bytesDone)).toEqual([400, 700, 1000])
  expect(told.at(-1)).toMatchObject({ fraction: 1, secondsLeft: 0, doing: { en: 'Copying' } })
  expect(told[0]?.bytesPerSecond).toBeCloseTo(1333, 0)
})
