import type { UpdateKind } from '../../../tasksequences/steps/windows-update.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { FoundUpdate, SearchAnswer } from '../updates/found-update.ts'
import { hresultMessage } from '../updates/hresults.ts'
import { isSkipped, kindOf } from '../updates/selection.ts'
import { expected, shortened, unmeasured, type Measured } from './item.ts'

/** What a run wants of Windows Update. */
export type UpdateWishes = {
  kinds: readonly UpdateKind[]
  /** What `windows-update` left out by name, or gave up: KB numbers or titles. */
  skipped: readonly string[]
  /** Security updates that `windows-update` has given up, and why: the evidence fails unless the sequence allows each by name. */
  givenUp: ReadonlyArray<{ name: string; why?: Sentence }>
}

/** Antivirus definitions come several times a day and install themselves (Microsoft, "Update classification GUIDs"). */
const definitions = 'e0789628-ce08-4437-be74-2495b842f43b'

const about = { id: 'updates', title: { fr: 'Mises à jour en attente', en: 'Pending updates' } }
const none: Sentence = { fr: 'aucune', en: 'none' }

/** Nothing pending of the kinds the run wants; what was left out by name is told, what was given up has an item each. Pure. */
export function updateItems(search: Measured<SearchAnswer>, { kinds, skipped, givenUp }: UpdateWishes): EvidenceItem[] {
  if (search === null) return [unmeasured(about, none)]
  if (search.outcome === 'failed') {
    const why = hresultMessage(search.hresult)
    const measured = {
      fr: `recherche impossible : ${why.fr} ; vérifiez l’accès à Internet`,
      en: `the search failed: ${why.en}; check the Internet access`,
    }
    return [expected(about, none, measured, false)]
  }
  const offered = search.updates.filter((one) => isWanted(one, kinds))
  const pending = offered.filter((one) => !isSkipped(one, skipped)).map(({ title }) => title)
  const passed = offered.filter((one) => isSkipped(one, skipped)).map(({ title }) => title)
  const left = pending.length === 0 ? none : shortened(pending, 4)
  // One that has come with another update since is no longer offered.
  const missing = givenUp.filter(({ name }) => offered.some((one) => isSkipped(one, [name])))
  return [expected(about, none, withSkipped(left, passed), pending.length === 0), ...missing.map(givenUpItem)]
}

/** Allowed by `allow: ['update:KB5066835']`. */
function givenUpItem({ name, why }: UpdateWishes['givenUp'][number]): EvidenceItem {
  const item = { id: `update:${name}`, title: { fr: `Mise à jour ${name}`, en: `Update ${name}` } }
  const because = why === undefined ? { fr: '', en: '' } : { fr: ` : ${why.fr}`, en: `: ${why.en}` }
  const measured = { fr: `pas installée${because.fr}`, en: `not installed${because.en}` }
  return expected(item, { fr: 'installée', en: 'installed' }, measured, false)
}

function isWanted(update: FoundUpdate, kinds: readonly UpdateKind[]): boolean {
  const kind = kindOf(update)
  const isDefinition = update.categories.some((id) => id.toLowerCase() === definitions)
  return kind !== 'upgrade' && kinds.includes(kind) && !update.userInput && !isDefinition
}

function withSkipped(left: Sentence, skipped: readonly string[]): Sentence {
  if (skipped.length === 0) return left
  const names = shortened(skipped, 4)
  return { fr: `${left.fr} ; laissées de côté : ${names.fr}`, en: `${left.en}; left out: ${names.en}` }
}

/** Windows waits for no restart; `reasons` are those of `updates/pending-restart.ts`. Pure. */
export function restartItems(reasons: Measured<readonly string[]>): EvidenceItem[] {
  const item = { id: 'restart-pending', title: { fr: 'Redémarrage en attente', en: 'Pending restart' } }
  const no: Sentence = { fr: 'non', en: 'no' }
  if (reasons === null) return [unmeasured(item, no)]
  const which = reasons.join(', ')
  const yes = { fr: `oui (${which})`, en: `yes (${which})` }
  return [expected(item, no, reasons.length === 0 ? no : yes, reasons.length === 0)]
}
