import type { Application } from './application.ts'
import { installingsOf, packagesOf } from './application-needs.ts'
import { literalText, oneLine } from './foreign-text.ts'
import { valueOf, type IniEntry, type IniSection } from './ini.ts'
import { guidOf } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { byEtabli, left, taken, type Outcome } from './report.ts'
import type { ReachedSection, RuleSections } from './rule-sections.ts'
import { settingMeaning, type WindowsValue } from './settings.ts'
import { ownName } from './variable-names.ts'
import { windowsValue } from './windows-values.ts'

/** What settings may name. */
export type RulesContext = {
  /** By MDT's id in small letters, the id here. */
  readonly sequenceIds: ReadonlyMap<string, string>
  readonly applications: ReadonlyMap<string, Application>
}

/** What one setting gives. */
export type Gift =
  | { readonly kind: 'windows'; readonly name: WindowsValue; readonly value: string }
  | { readonly kind: 'own'; readonly name: string; readonly value: string }
  | { readonly kind: 'sequence'; readonly id: string }
  | { readonly kind: 'application'; readonly guid: string }
  | { readonly kind: 'skip'; readonly update: string }
  | { readonly kind: 'finish'; readonly step: 'shut-down' | 'restart' }
  | { readonly kind: 'nothing' }

/** What is reported of a setting, and what it gives. */
export type Read = { readonly outcome: Outcome; readonly gift: Gift }

/** What a setting gives that Établi has no use for. */
export const nothing: Gift = { kind: 'nothing' }

/** A setting that gives nothing. */
export const only = (outcome: Outcome): Read => ({ outcome, gift: nothing })

/** Reads each setting of a section, in the order of the file. */
export function readEntries(
  section: IniSection,
  isTwice: boolean,
  reached: ReachedSection | undefined,
  found: RuleSections,
  context: RulesContext,
): Read[] {
  const keys = new Set<string>()
  return section.entries.map((entry) => {
    const key = entry.key.toLowerCase()
    const isAgain = keys.has(key)
    keys.add(key)
    if (isTwice || isAgain) return only(left(remark('MDT_RULE_TWICE', { name: oneLine(entry.key) })))
    if (/^settings$/i.test(section.name)) return readOfSettings(entry)
    if (reached === undefined) return only(withoutSecret(entry, left(remark('MDT_RULE_UNREACHED'))))
    return readEntry(entry, section, found, context)
  })
}

function withoutSecret(entry: IniEntry, outcome: Outcome): Outcome {
  const meaning = settingMeaning(entry.key)
  return meaning.is === 'left' && meaning.code === 'MDT_SETTING_SECRET' ? left(remark(meaning.code)) : outcome
}

function readOfSettings({ key }: IniEntry): Read {
  if (/^(priority|properties)$/i.test(key)) return only(byEtabli(remark('MDT_RULE_ORDER')))
  const meaning = settingMeaning(key)
  return only(left(remark(meaning.is === 'left' ? meaning.code : 'MDT_SETTING_NONE')))
}

function readEntry(entry: IniEntry, section: IniSection, found: RuleSections, context: RulesContext): Read {
  const { key } = entry
  const value = expanded(entry.value, section)
  if (/^defaultgateway$/i.test(section.name)) {
    const isKnown = found.leads.get(section)?.some((name) => name.toLowerCase() === value.toLowerCase()) === true
    return only(
      isKnown ? taken(`[${oneLine(value)}]`) : left(remark('MDT_SETTING_TARGET_GONE', { value: oneLine(value) })),
    )
  }
  const meaning = settingMeaning(key)
  if (meaning.is === 'left') return only(left(remark(meaning.code)))
  const source = sourceOf(section)
  if (source !== null) return only(left(remark(source)))
  if (value === '') return only(left(remark('MDT_SETTING_EMPTY')))
  switch (meaning.is) {
    case 'etabli':
      return only(byEtabli(remark('MDT_SETTING_BY_ETABLI', { what: meaning.what })))
    case 'way':
      return only(wayOutcome(meaning.to, value, found.leads.get(section) ?? []))
    case 'windows': {
      const read = windowsValue(meaning.name, value)
      if (read === null) return only(left(valueRemark(value)))
      return { outcome: taken(`variables.${meaning.name}`), gift: { kind: 'windows', name: meaning.name, value: read } }
    }
    case 'sequence': {
      const id = context.sequenceIds.get(value.toLowerCase())
      if (id === undefined) return only(left(goneOr(value)))
      return { outcome: taken(`sequences/${id}.yaml`), gift: { kind: 'sequence', id } }
    }
    case 'application': {
      const guid = guidOf(value)
      const packages = packagesOf(guid, context.applications)
      if (installingsOf(guid, context.applications).length === 0) return only(left(goneOr(value)))
      return {
        outcome: taken(packages.map((id) => `software/${id}`).join(', ') || 'run-powershell'),
        gift: { kind: 'application', guid },
      }
    }
    case 'drivers':
      return only(byEtabli(remark('MDT_DRIVERS_BY_DEVICE', { profile: oneLine(value) })))
    case 'skipped-update': {
      const update = /^\d{5,8}$/.test(value) ? `KB${value}` : value
      if (update.length < 3 || update.length > 128 || /\$\{/.test(update)) return only(left(valueRemark(value)))
      return { outcome: taken('windows-update (skip)'), gift: { kind: 'skip', update } }
    }
    case 'finish':
      if (/^shutdown$/i.test(value)) return { outcome: taken('shut-down'), gift: { kind: 'finish', step: 'shut-down' } }
      if (/^(reboot|restart)$/i.test(value))
        return { outcome: taken('restart'), gift: { kind: 'finish', step: 'restart' } }
      return only(left(remark('MDT_SETTING_NONE')))
    case 'unknown':
      return readOwn({ ...entry, value }, found)
  }
}

/** A setting the share declares itself; one it does not declare, MDT does not read either. */
function readOwn({ key, value }: IniEntry, { declared }: RuleSections): Read {
  if (!declared.has(key.toLowerCase().replace(/\d+$/, '')) && !declared.has(key.toLowerCase()))
    return only(left(remark('MDT_SETTING_NONE')))
  const literal = literalText(value)
  if (literal === null || value.length > 1000) return only(left(remark('MDT_STEP_SECRET_TEXT')))
  if (/#.+#/.test(value) || /%\w+%/.test(value)) return only(left(valueRemark(value)))
  const name = ownName(key)
  return { outcome: taken(`variables.${name}`), gift: { kind: 'own', name, value: literal } }
}

function valueRemark(value: string): Remark {
  if (/#.+#/.test(value)) return remark('MDT_RULE_COMPUTED', { value: oneLine(value, 100) })
  const names = value.match(/%\w+%/g) ?? []
  if (names.length > 0) return remark('MDT_STEP_MDT_VARIABLE', { names: oneLine(names.join(', '), 100) })
  return remark('MDT_SETTING_VALUE', { value: oneLine(value, 100) })
}

/** A value with the section's own settings filled in: `TimeZoneName=%TimeZone%`. What holds a secret stays out. */
function expanded(value: string, section: IniSection): string {
  return value.replaceAll(/%(\w{1,64})%/g, (whole, name: string) => {
    const meaning = settingMeaning(name)
    const own = meaning.is === 'left' ? null : valueOf(section, name)
    return own === null || /[%#]/.test(own) ? whole : own
  })
}

function goneOr(value: string): Remark {
  return /#.+#|%\w+%/.test(value)
    ? valueRemark(value)
    : remark('MDT_SETTING_TARGET_GONE', { value: oneLine(value, 100) })
}

function wayOutcome(
  to: 'section' | 'script' | 'database' | 'web-service',
  value: string,
  leads: readonly string[],
): Outcome {
  switch (to) {
    case 'section':
      return leads.length === 0
        ? left(remark('MDT_SETTING_TARGET_GONE', { value: oneLine(value) }))
        : taken(
            oneLine(leads.map((name) => `[${name}]`).join(', ')),
            remark('MDT_RULE_LEADS_ON', { sections: oneLine(leads.join(', ')) }),
          )
    case 'script':
      return left(remark('MDT_RULE_USER_EXIT', { script: oneLine(value) }))
    case 'database':
      return left(remark('MDT_RULE_DATABASE'))
    case 'web-service':
      return left(remark('MDT_RULE_WEB_SERVICE'))
  }
}

/** Where all of a section's values would come from. */
export function sourceOf(section: IniSection): 'MDT_RULE_DATABASE' | 'MDT_RULE_WEB_SERVICE' | null {
  if (valueOf(section, 'WebService') !== null) return 'MDT_RULE_WEB_SERVICE'
  return ['SQLServer', 'Database', 'Table', 'StoredProcedure'].some((key) => valueOf(section, key) !== null)
    ? 'MDT_RULE_DATABASE'
    : null
}
