import { keyboardFor } from '../../images/unattend/locales.ts'
import type { AnswerPart } from './answer-file.ts'
import { fillVariables } from './command-steps.ts'
import { literalText, oneLine } from './foreign-text.ts'
import type { WrittenVariable } from './sequence-text.ts'
import type { WindowsValue } from './settings.ts'
import { windowsValue } from './windows-values.ts'

/** What the rules say for every machine. */
export type Defaults = {
  readonly windows: ReadonlyMap<WindowsValue, string>
  /** Values of Windows' setup that any rule gives. */
  readonly ofSome: ReadonlySet<WindowsValue>
  /** The share's own variables, by the names they have here; empty for one that only some machines get. */
  readonly own: ReadonlyMap<string, string>
  /** Guids of applications, in the rules' order. */
  readonly applications: readonly string[]
  readonly skippedUpdates: readonly string[]
  readonly finish: 'shut-down' | 'restart' | null
}

/** Where a setting of `Unattend.xml` stands, by the value it gives. */
const answerPlaces: ReadonlyArray<readonly [WindowsValue, RegExp]> = [
  ['timezone', /^TimeZone$/],
  ['locale', /^UserLocale$/],
  ['language', /^UILanguage$/],
  ['keyboard', /^InputLocale$/],
  ['computerName', /^ComputerName$/],
]

/** The values of Windows' setup for a sequence: the rules', then its own answer file's, the passes after setup only. */
export function windowsValuesOf(
  { windows }: Defaults,
  answers: readonly AnswerPart[],
): ReadonlyMap<WindowsValue, string> {
  const found = new Map(windows)
  for (const part of answers) {
    if (part.kind !== 'component' || /^windowsPE$/i.test(part.pass)) continue
    for (const [name, place] of answerPlaces)
      for (const [path, value] of part.settings) {
        const read = place.test(path) && !found.has(name) ? windowsValue(name, value) : null
        if (read !== null) found.set(name, read)
      }
  }
  return found
}

/** The variables a sequence declares, standard ones first. */
export function variablesOf(defaults: Defaults, answers: readonly AnswerPart[]): WrittenVariable[] {
  const values = windowsValuesOf(defaults, answers)
  const locale = values.get('locale') ?? values.get('language') ?? 'fr-FR'
  const standard: WrittenVariable[] = [
    { name: 'locale', value: locale, comment: null },
    { name: 'timezone', value: values.get('timezone') ?? 'Romance Standard Time', comment: null },
    { name: 'computerName', value: values.get('computerName') ?? 'PC-{serial}', comment: null },
  ]
  const others = menusOf(defaults, values).map(([name, value]): WrittenVariable => ({ name, value, comment: null }))
  const own = [...defaults.own].map(([name, value]): WrittenVariable => ({
    name,
    value,
    comment: 'CustomSettings.ini',
  }))
  return [...standard, ...others, ...own]
}

/** Language of the menus and keyboard, where they are not simply the locale's, or where a rule changes them. */
function menusOf(
  { ofSome }: Defaults,
  values: ReadonlyMap<WindowsValue, string>,
): Array<readonly ['language' | 'keyboard', string]> {
  const locale = values.get('locale') ?? values.get('language') ?? 'fr-FR'
  const [language, keyboard] = [values.get('language') ?? locale, values.get('keyboard') ?? keyboardFor(locale)]
  const found: Array<readonly ['language' | 'keyboard', string]> = []
  if (language !== locale || ofSome.has('language')) found.push(['language', language])
  if (keyboard !== null && (keyboard !== keyboardFor(locale) || ofSome.has('keyboard')))
    found.push(['keyboard', keyboard])
  return found
}

/** What `prepare-windows` takes beside account and key. */
export function prepareOf(defaults: Defaults, answers: readonly AnswerPart[]): Record<string, unknown> {
  const menus = menusOf(defaults, windowsValuesOf(defaults, answers)).map(([name]) => [name, `\${${name}}`] as const)
  const oem = oemOf(answers)
  return {
    ...Object.fromEntries(menus),
    ...(Object.keys(oem).length === 0 ? {} : { oem }),
  }
}

const oemNames: Readonly<Record<string, string>> = {
  'OEMInformation/Manufacturer': 'manufacturer',
  'OEMInformation/Model': 'model',
  'OEMInformation/SupportPhone': 'supportPhone',
  'OEMInformation/SupportHours': 'supportHours',
  'OEMInformation/SupportURL': 'supportUrl',
}

function oemOf(answers: readonly AnswerPart[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const part of answers)
    if (part.kind === 'component')
      for (const [path, name] of Object.entries(oemNames)) {
        const value = literalText(oneLine(part.settings.get(path) ?? '', 256))
        if (value !== null && value !== '') found[name] ??= value
      }
  return found
}

/** Commands of MDT's own templates, which prepare Windows for MDT to go on in it. */
const ofTemplate =
  /net user administrator \/active|FilterAdministratorToken|UnattendCreatedUser|AsyncRunOnce|LiteTouch|LTIBootstrap|\\MININT\\/i

/** Whether a command of an answer file is one of MDT’s own. */
export function isTemplateCommand(command: string): boolean {
  return ofTemplate.test(command)
}

/** A technician's own commands of an answer file, which run at the start of `windows`. */
export function commandsOf(answers: readonly AnswerPart[]): Array<{ command: string; name: string }> {
  return answers.flatMap((part) => {
    const command = part.kind === 'command' ? answerCommand(part.command) : null
    return command === null || part.kind !== 'command' ? [] : [{ command, name: oneLine(part.name, 100) }]
  })
}

/** A command as a step takes it; null for one of MDT's own and for one that cannot stand in a sequence. */
export function answerCommand(text: string): string | null {
  if (text === '' || isTemplateCommand(text) || /[\r\n]/.test(text) || text.length > 4096) return null
  return fillVariables(text)?.text ?? null
}
