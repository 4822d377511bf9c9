import { sectionOf, valueOf, type IniFile, type IniSection } from './ini.ts'
import { likeliestProperty, namingOf, testOf, type RuleTest } from './rules.ts'

/** A section that MDT would read for some machine, in the order of `Priority`. */
export type ReachedSection = {
  readonly section: IniSection
  readonly tests: readonly RuleTest[]
  /** The property its name was taken to be a value of, where `Priority` leaves that open. */
  readonly guessed: string | null
}

/** The sections of a rules file in the order MDT reads them. */
export type RuleSections = {
  readonly reached: readonly ReachedSection[]
  /** By the section that leads on, the names of those it leads to. */
  readonly leads: ReadonlyMap<IniSection, readonly string[]>
  /** Properties the share declares itself, in small letters. */
  readonly declared: ReadonlySet<string>
}

const deepestSubsection = 8
const mostSections = 5000

/** Which sections MDT's gathering would process, and for which machines ("CustomSettings.ini", Priority, Subsection). Total. */
export function reachSections(ini: IniFile): RuleSections {
  const settings = sectionOf(ini, 'Settings')
  const listOf = (key: string): string[] =>
    (valueOf(settings, key) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  const priority = listOf('Priority').slice(0, 200)
  // `Custom(*)` is a property that holds a list.
  const declared = new Set(listOf('Properties').map((name) => name.toLowerCase().replace(/\(.*$/, '')))
  const reached: ReachedSection[] = []
  const leads = new Map<IniSection, string[]>()
  const done = new Set<IniSection>()

  const visit = (section: IniSection, tests: readonly RuleTest[], guessed: string | null, depth: number): void => {
    if (done.has(section) || depth > deepestSubsection || reached.length >= mostSections) return
    done.add(section)
    reached.push({ section, tests, guessed })
    for (const { section: next, tests: more } of subsectionsOf(section, ini)) {
      leads.set(section, [...(leads.get(section) ?? []), next.name])
      visit(next, [...tests, ...more], guessed, depth + 1)
    }
  }
  const named = new Set(ini.sections.filter((section) => namesOf(priority, ini).has(section)))
  const free = priority.filter(
    (property) => isNaming(property, declared, ini) && (namingOf(property)?.form ?? null) === null,
  )
  for (const property of priority) {
    const section = sectionOf(ini, property)
    if (section !== undefined) {
      if (/^defaultgateway$/i.test(property)) {
        // A table of routers: `10.0.0.1=Site`.
        done.add(section)
        reached.push({ section, tests: [], guessed: null })
        for (const { key, value } of section.entries) {
          const site = sectionOf(ini, value)
          if (site === undefined) continue
          leads.set(section, [...(leads.get(section) ?? []), site.name])
          visit(site, [testOf('DefaultGateway', key)], null, 1)
        }
        continue
      }
      visit(section, [], null, 0)
    }
    if (section !== undefined && namingOf(property) === null) continue
    if (!isNaming(property, declared, ini)) continue
    const form = namingOf(property)?.form ?? null
    for (const one of ini.sections) {
      if (one === settings || named.has(one) || done.has(one)) continue
      const isIts =
        form === null ? free.length === 1 || likeliestProperty(one.name, free) === property : form.test(one.name)
      if (isIts && !hasOtherForm(one.name, priority, property))
        visit(one, [testOf(property, one.name)], form === null && free.length > 1 ? property : null, 0)
    }
  }
  return { reached, leads, declared }
}

/** Sections that are reached by their own name: of `Priority`, of a table of routers, or as a subsection of one. */
function namesOf(priority: readonly string[], ini: IniFile): Set<IniSection> {
  const found = new Set<IniSection>()
  const follow = (section: IniSection | undefined, depth: number): void => {
    if (section === undefined || found.has(section) || depth > deepestSubsection) return
    found.add(section)
    for (const { section: next } of subsectionsOf(section, ini)) follow(next, depth + 1)
  }
  for (const property of priority) follow(sectionOf(ini, property), 0)
  const table = sectionOf(ini, 'DefaultGateway')
  for (const { value } of table?.entries ?? []) follow(sectionOf(ini, value), 1)
  return found
}

function isNaming(property: string, declared: ReadonlySet<string>, ini: IniFile): boolean {
  return namingOf(property) !== null || (declared.has(property.toLowerCase()) && sectionOf(ini, property) === undefined)
}

/** Whether the name has the form of another property of `Priority`: a MAC address is no model. */
function hasOtherForm(name: string, priority: readonly string[], property: string): boolean {
  return priority.some((other) => other !== property && (namingOf(other)?.form?.test(name) ?? false))
}

/** Sections that `Subsection=` leads to; with `%Model%` in it, those whose name fits, with what the name asks. */
function subsectionsOf(section: IniSection, ini: IniFile): Array<{ section: IniSection; tests: RuleTest[] }> {
  const patterns = section.entries.filter(({ key }) => /^subsection$/i.test(key)).map(({ value }) => value)
  return patterns.flatMap((pattern) => {
    const properties = [...pattern.matchAll(/%([A-Za-z0-9_]{1,64})%/g)].map(([, name = '']) => name)
    if (properties.length === 0) {
      const found = sectionOf(ini, pattern)
      return found === undefined ? [] : [{ section: found, tests: [] }]
    }
    if (properties.length > 4) return []
    const parts = pattern
      .split(/%[A-Za-z0-9_]{1,64}%/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    const shape = new RegExp(`^${parts.join('(.{1,100}?)')}$`, 'i')
    return ini.sections.flatMap((one) => {
      const match = one.name.length <= 200 && one !== section ? shape.exec(one.name) : null
      if (match === null || /^(settings|default)$/i.test(one.name)) return []
      return [{ section: one, tests: properties.map((property, index) => testOf(property, match[index + 1] ?? '')) }]
    })
  })
}
