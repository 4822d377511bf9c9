import { packagesOf } from './application-needs.ts'
import type { Defaults } from './defaults.ts'
import type { ReachedSection } from './rule-sections.ts'
import type { MdtRule } from './rules.ts'
import type { WindowsValue } from './settings.ts'
import { type Gift, type RulesContext } from './rule-settings.ts'

/** A section MDT would read, with what its settings give. */
export type Section = ReachedSection & { readonly gifts: readonly Gift[] }

/** A rule of these sections, in the order in which the first value wins. */
export function ruleOf(
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

/** What the sections for every machine give; `all` are these and those for some. */
export function defaultsOf(everyone: readonly Section[], all: readonly Section[]): Defaults {
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
