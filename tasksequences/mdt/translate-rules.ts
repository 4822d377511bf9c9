import type { Defaults } from './defaults.ts'
import { oneLine } from './foreign-text.ts'
import { valueOf, type IniSection } from './ini.ts'
import { remark } from './remarks.ts'
import { byEtabli, left, taken, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import { reachSections, type ReachedSection, type RuleSections } from './rule-sections.ts'
import { testsText, type MdtRule } from './rules.ts'
import type { RulesFile } from './share.ts'
import { readEntries, sourceOf, type Read, type RulesContext } from './rule-settings.ts'
import { defaultsOf, ruleOf, type Section } from './rule-values.ts'

/** What the rules files come to. */
export type TranslatedRules = {
  readonly rules: readonly MdtRule[]
  readonly defaults: Defaults
  readonly lines: readonly ReportLine[]
}

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
