import { isProtected, type DebloatItem, type DebloatProfile } from '../../../images/debloat/profile.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { expected, unmeasured, verbatim } from './item.ts'
import type { AppsMeasured } from './measurements.ts'

const gone: Sentence = { fr: 'absente', en: 'gone' }

/** How an app can be there, or be about to. */
type State = 'installed' | 'provisioned' | 'scheduled'

const states: Readonly<Record<State, Sentence>> = {
  installed: { fr: 'installée', en: 'installed' },
  provisioned: { fr: 'prévue pour les nouveaux comptes', en: 'there for new accounts' },
  scheduled: { fr: 'revient au premier démarrage de son propriétaire', en: 'comes back at its owner’s first start' },
}

/** What the profiles of a run want gone, each once, without what no profile may take. Pure. */
export function unwantedOf(profiles: readonly DebloatProfile[]): DebloatItem[] {
  const items = profiles.flatMap((one) => one.items).filter(({ kind, name }) => kind !== 'appx' || !isProtected(name))
  const byName = new Map(items.map((item) => [`${item.kind} ${item.name.toLowerCase()}`, item]))
  return [...byName.values()]
}

/** Unwanted apps gone, each by name. Pure. */
export function appItems(measured: AppsMeasured, unwanted: readonly DebloatItem[]): EvidenceItem[] {
  return unwanted.map(({ kind, name, title }) => {
    const about = { id: `${kind === 'appx' ? 'app' : kind}:${name}`, title: title ?? verbatim(name) }
    const found = statesOf(measured, kind, name)
    if (found === null) return unmeasured(about, gone)
    const names = found.map((state) => states[state])
    const there = { fr: names.map(({ fr }) => fr).join(', '), en: names.map(({ en }) => en).join(', ') }
    return expected(about, gone, found.length === 0 ? gone : there, found.length === 0)
  })
}

function statesOf(measured: AppsMeasured, kind: DebloatItem['kind'], name: string): State[] | null {
  const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase()
  if (kind === 'appx') return measured.appx && (measured.appx.items.find((one) => same(one.name))?.states ?? [])
  if (kind === 'onedrive') return measured.onedrive
  const list = kind === 'capability' ? measured.capabilities : measured.features
  return list && (list.items.some(same) ? ['installed'] : [])
}
