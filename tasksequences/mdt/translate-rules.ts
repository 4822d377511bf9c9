import { installingsOf, packagesOf, type Application } from './applications.ts'
import type { Defaults } from './defaults.ts'
import { literalText, oneLine } from './foreign-text.ts'
import { valueOf, type IniEntry, type IniSection } from './ini.ts'
import { guidOf } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import { byEtabli, left, taken, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import { reachSections, type ReachedSection, type RuleSections } from './rule-sections.ts'
import { testsText, type MdtRule } from './rules.ts'
import { settingMeaning, type WindowsValue } from './settings.ts'
import type { RulesFile } from './share.ts'
import { ownName } from './variable-names.ts'
import { windowsValue } from './windows-values.ts'

export type TranslatedRules = {
  readonly rules: readonly MdtRule[]
  readonly defaults: Defaults
  readonly lines: readonly ReportLine[]
}

export type RulesContext = {
  /** By MDT's id in small letters, the id here. */
  readonly sequenceIds: ReadonlyMap<string, string>
  readonly applications: ReadonlyMap<string, Application>
}

/** What one setting gives. */
type Gift =
  | { readonly kind: 'windows'; readonly name: WindowsValue; readonly value: string }
  | { readonly kind: 'own'; readonly name: string; readonly value: string }
  | { readonly kind: 'sequence'; readonly id: string }
  | { readonly kind: 'application'; readonly guid: string }
  | { readonly kind: 'skip'; readonly update: string }
  | { readonly kind: 'finish'; readonly step: 'shut-down' | 'restart' }
  | { readonly kind: 'nothing' }

type Read = { readonly outcome: Outcome; readonly gift: Gift }
type Section = ReachedSection & { readonly gifts: readonly Gift[] }

const nothing: Gift = { kind: 'nothing' }
const only = (outcome: Outcome): Read => ({ outcome, gift: nothing })

/**
 * Translates the rules files, the first of which counts most. Each section and each of its settings gets a line; a
 * section for certain machines becomes a rule.
 */
export function translateRules(files: readonly RulesFile[], context: RulesContext): TranslatedRules {
  const given = new Set<string>()
  const read = files.map((file) => readFile(file, context, given))
  const sections = read.flatMap((one) => one.sections)
  const everyone = sections.filter(({ tests }) => tests.length === 0)
  const rules = sections
    .filter(({ tests, gifts }) => tests.length > 0 && gifts.some(({ kind }) => kind !== 'nothing'))
    .map((one) =>
      ruleOf(
        one.section.name,
        one.tests,
        sections.filter((other) => other === one || other.tests.length === 0),
        context,
      ),
    )
  const last = ruleOf('*', [], everyone, context)
  const isChoice = last.chooses.sequence !== null
  return {
    rules: isChoice ? [...rules, last] : rules,
    defaults: defaultsOf(everyone, sections),
    lines: read.flatMap(({ lines }) => lines),
  }
}

function readFile({ path, ini }: RulesFile, context: RulesContext, given: Set<string>) {
  const found = reachSections(ini)
  const byPlace = new Map(found.reached.map((one) => [one.section, one] as const))
  const lines: ReportLine[] = []
  const sections = new Map<IniSection, Section>()
  const at = (kind: Item['kind'], line: number, name: string): Item => ({
    ...{ kind, name: oneLine(name) || '—', file: path },
    key: `${kind}:${path}:${line}`,
  })
  const names = new Set<string>()
  for (const section of ini.sections) {
    const isTwice = names.has(section.name.toLowerCase())
    names.add(section.name.toLowerCase())
    const reached = byPlace.get(section)
    const reads = readEntries(section, isTwice, reached, found, context)
    if (reached !== undefined) sections.set(section, { ...reached, gifts: reads.map(({ gift }) => gift) })
    const outcome = isTwice
      ? left(remark('MDT_RULE_TWICE', { name: oneLine(section.name) }))
      : sectionOutcome(section, reached, found, reads)
    lines.push({ item: at('rule', section.line, `[${section.name}]`), outcome })
    section.entries.forEach((entry, index) => {
      const one = reads[index]
      if (one !== undefined)
        lines.push({ item: at('setting', entry.line, `[${section.name}] ${entry.key}`), outcome: one.outcome })
    })
  }
  for (const { line, text } of ini.strays)
    lines.push({
      item: at('line', line, text.slice(0, 60).replace(/=.*/s, '=…')),
      outcome: left(remark('MDT_LINE_UNREADABLE')),
    })
  // In the order of Priority, not of the file: that is the order in which a first value wins.
  const ordered = found.reached.flatMap(({ section }) => sections.get(section) ?? [])
  markOverridden(ordered, lines, path, given)
  return { sections: ordered, lines }
}

/** Among sections for every machine the first value counts; later ones are said to be overridden. */
function markOverridden(ordered: readonly Section[], lines: ReportLine[], path: string, given: Set<string>): void {
  const places = new Map(lines.map(({ item }, index) => [item.key, index] as const))
  for (const { section, tests, gifts } of ordered) {
    if (tests.length > 0) continue
    gifts.forEach((gift, index) => {
      if (gift.kind !== 'windows' && gift.kind !== 'own') return
      const key = `${gift.kind}:${gift.name}`
      const at = places.get(`setting:${path}:${section.entries[index]?.line ?? 0}`) ?? -1
      const found = lines[at]
      if (given.has(key) && found !== undefined)
        lines[at] = { item: found.item, outcome: left(remark('MDT_SETTING_OVERRIDDEN')) }
      given.add(key)
    })
  }
}

function readEntries(
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
function sourceOf(section: IniSection): 'MDT_RULE_DATABASE' | 'MDT_RULE_WEB_SERVICE' | null {
  if (valueOf(section, 'WebService') !== null) return 'MDT_RULE_WEB_SERVICE'
  return ['SQLServer', 'Database', 'Table', 'StoredProcedure'].some((key) => valueOf(section, key) !== null)
    ? 'MDT_RULE_DATABASE'
    : null
}

function sectionOutcome(
  section: IniSection,
  reached: ReachedSection | undefined,
  found: RuleSections,
  reads: readonly Read[],
): Outcome {
  if (/^settings$/i.test(section.name)) return byEtabli(remark('MDT_RULE_ORDER'))
  if (reached === undefined) return left(remark('MDT_RULE_UNREACHED'))
  const source = sourceOf(section)
  if (source !== null) return left(remark(source))
  const leads = found.leads.get(section) ?? []
  const leadsOn = leads.length === 0 ? [] : [remark('MDT_RULE_LEADS_ON', { sections: oneLine(leads.join(', ')) })]
  const { tests, guessed } = reached
  const gives = reads.some(({ gift }) => gift.kind !== 'nothing')
  if (tests.length === 0) {
    const script = valueOf(section, 'UserExit')
    if (!gives && script !== null) return left(remark('MDT_RULE_USER_EXIT', { script: oneLine(script) }))
    return gives || leads.length === 0
      ? taken('variables', remark('MDT_RULE_DEFAULTS'), ...leadsOn)
      : taken('—', ...leadsOn)
  }
  const kinds = kindsOf(tests)
  const other = found.reached.find(
    (one) =>
      one.tests.length > 0 &&
      one.section !== section &&
      kindsOf(one.tests) !== kinds &&
      !leads.includes(one.section.name),
  )
  const unknown = tests.flatMap((test) => (test.by === 'property' ? [test.property] : []))
  const reasons = [
    remark('MDT_RULE_NOT_YET'),
    ...(guessed === null ? [] : [remark('MDT_RULE_GUESSED', { property: guessed })]),
    ...(unknown.length === 0 ? [] : [remark('MDT_RULE_PROPERTY', { property: oneLine(unknown.join(', ')) })]),
    ...(other === undefined ? [] : [remark('MDT_RULE_OVERLAPS', { other: `[${oneLine(other.section.name)}]` })]),
  ]
  return takenWith(testsText(tests), reasons, ...leadsOn)
}

function kindsOf(tests: ReachedSection['tests']): string {
  return tests.map((test) => (test.by === 'property' ? test.property.toLowerCase() : test.by)).join(',')
}

/** A rule of these sections, in the order in which the first value wins. */
function ruleOf(
  name: string,
  tests: ReachedSection['tests'],
  sections: readonly Section[],
  context: RulesContext,
): MdtRule {
  const gifts = sections.flatMap((one) => one.gifts)
  const variables = new Map<string, string>()
  for (const gift of gifts)
    if ((gift.kind === 'windows' || gift.kind === 'own') && !variables.has(gift.name))
      variables.set(gift.name, gift.value)
  const sequence = gifts.find((gift) => gift.kind === 'sequence')?.id ?? null
  const packages = gifts.flatMap((gift) =>
    gift.kind === 'application' ? packagesOf(gift.guid, context.applications) : [],
  )
  return {
    section: name,
    tests,
    chooses: { sequence, variables: Object.fromEntries(variables), packages: [...new Set(packages)] },
  }
}

function defaultsOf(everyone: readonly Section[], all: readonly Section[]): Defaults {
  const gifts = everyone.flatMap((one) => one.gifts)
  const windows = new Map<WindowsValue, string>()
  const own = new Map<string, string>()
  for (const gift of gifts) {
    if (gift.kind === 'windows' && !windows.has(gift.name)) windows.set(gift.name, gift.value)
    if (gift.kind === 'own' && !own.has(gift.name)) own.set(gift.name, gift.value)
  }
  // What only some machines get is declared too: a rule can give a run no variable its sequence does not know.
  for (const gift of all.flatMap((one) => one.gifts))
    if (gift.kind === 'own' && !own.has(gift.name)) own.set(gift.name, '')
  const ofSome = all
    .filter(({ tests }) => tests.length > 0)
    .flatMap((one) => one.gifts)
    .flatMap((gift) => (gift.kind === 'windows' ? [gift.name] : []))
  const applications = gifts.flatMap((gift) => (gift.kind === 'application' ? [gift.guid] : []))
  const skipped = gifts.flatMap((gift) => (gift.kind === 'skip' ? [gift.update] : []))
  return {
    ...{ windows, own, ofSome: new Set(ofSome) },
    applications: [...new Set(applications)],
    skippedUpdates: [...new Set(skipped)].slice(0, 64),
    finish: gifts.find((gift) => gift.kind === 'finish')?.step ?? null,
  }
}
