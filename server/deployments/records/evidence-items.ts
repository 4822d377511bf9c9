import { isInternal } from '../../../agent/protocol/internal-disk.ts'
import type { EvidenceItem } from '../../../agent/protocol/evidence.ts'
import type { Disk, Inventory } from '../../../agent/protocol/inventory.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { formatBytes, formatDuration, formatMemory } from '../../../text/quantities.ts'
import type { Run } from '../run/run.ts'
import { nameOf } from '../../stock/names.ts'
import { systemName, type RecordEvent } from '../../stock/record.ts'
import { phasesOf } from '../timing/run-phases.ts'

/** What the server knows of a run that its check did not measure. */
export type EvidenceContext = {
  run: Run
  /** The environment's. */
  inventory: Inventory | null
  /** The record's history. */
  events: readonly RecordEvent[]
}

const same = (text: string): Sentence => ({ fr: text, en: text })
const noted = (id: string, title: Sentence, measured: Sentence): EvidenceItem => ({
  ...{ id, title, expected: null, measured },
  verdict: 'noted',
})

const phaseTitles = {
  environment: { fr: 'Temps dans l’environnement de préparation', en: 'Time in the environment' },
  windows: { fr: 'Temps dans Windows', en: 'Time in Windows' },
}
const healthNames: Readonly<Record<Disk['health']['verdict'], Sentence>> = {
  good: { fr: 'en bonne santé', en: 'healthy' },
  worn: { fr: 'usé', en: 'worn' },
  failing: { fr: 'en train de lâcher', en: 'failing' },
  unknown: { fr: 'santé inconnue', en: 'health unknown' },
}

function timeItems(run: Run): EvidenceItem[] {
  return phasesOf(run).map(({ phase, startedAt, endedAt }) => {
    const seconds = endedAt === null ? null : (endedAt.getTime() - startedAt.getTime()) / 1000
    const measured =
      seconds === null
        ? { fr: 'en cours', en: 'going on' }
        : { fr: formatDuration(seconds, 'fr'), en: formatDuration(seconds, 'en') }
    return noted(`time-${phase}`, phaseTitles[phase], measured)
  })
}

function imageItem({ image }: Run): EvidenceItem[] {
  if (image === null) return []
  const measured = same(`${image.name} (${image.edition}, ${image.build})`)
  return [noted('image', { fr: 'Image commandée', en: 'Image as ordered' }, measured)]
}

/** Who began the run, and every person who moved the record since: taking the run up again moves it, too. */
function peopleItem(run: Run, events: readonly RecordEvent[]): EvidenceItem {
  const deeds = events
    .filter(({ at, by }) => at >= run.createdAt && by !== systemName && !by.startsWith('run '))
    .toSorted((a, b) => a.id - b.id)
    .map(({ by, to, reason, sentence }): Sentence => {
      const state = nameOf(to)
      return sentence === null
        ? { fr: `${by} : « ${state.fr} », ${reason}`, en: `${by}: "${state.en}", ${reason}` }
        : { fr: `${by} : ${sentence.fr}`, en: `${by}: ${sentence.en}` }
    })
  const started = { fr: `${run.createdBy} a lancé la préparation`, en: `${run.createdBy} started the run` }
  const all = [started, ...deeds]
  const measured = { fr: all.map(({ fr }) => fr).join(' ; '), en: all.map(({ en }) => en).join('; ') }
  return noted('people', { fr: 'Qui a fait quoi', en: 'Who did what' }, measured)
}

function diskItem({ name, model, serial, sizeBytes, health }: Disk): EvidenceItem {
  const called = [model, serial].filter((part) => part !== null).join(', ')
  const state = healthNames[health.verdict]
  const worn =
    health.percentUsed === null
      ? { fr: '', en: '' }
      : { fr: ` (usé à ${health.percentUsed} %)`, en: ` (${health.percentUsed}% worn)` }
  const title = { fr: 'Disque', en: 'Disk' }
  return noted(`disk:${serial ?? name}`, title, {
    fr: `${called}, ${formatBytes(sizeBytes, 'fr')}, ${state.fr}${worn.fr}`,
    en: `${called}, ${formatBytes(sizeBytes, 'en')}, ${state.en}${worn.en}`,
  })
}

function hardwareItems(inventory: Inventory | null): EvidenceItem[] {
  if (inventory === null) return []
  const { processor, memory, disks } = inventory
  const modules = (locale: 'fr' | 'en') =>
    memory.modules.map(({ slot, sizeBytes, type }) =>
      [slot, formatMemory(sizeBytes, locale), type].filter((part) => part !== null).join(' '),
    )
  const amount = (locale: 'fr' | 'en', slots: string) =>
    [formatMemory(memory.totalBytes, locale), `${memory.slots} ${slots}`, ...modules(locale)].join(', ')
  const internal = disks.filter(isInternal)
  return [
    ...(processor.model === null
      ? []
      : [noted('processor', { fr: 'Processeur', en: 'Processor' }, same(processor.model))]),
    noted('memory', { fr: 'Mémoire', en: 'Memory' }, { fr: amount('fr', 'emplacements'), en: amount('en', 'slots') }),
    ...internal.map(diskItem),
  ]
}

/** Evidence that the server adds to what a check measured: only what that does not say itself. Pure. */
export function serverItems({ run, inventory, events }: EvidenceContext, measured: readonly EvidenceItem[]) {
  const kinds = new Set(measured.map(({ id }) => id.split(':')[0]))
  if (kinds.has('disk-health')) kinds.add('disk')
  const own = [...imageItem(run), ...hardwareItems(inventory), ...timeItems(run), peopleItem(run, events)]
  return own.filter(({ id }) => !kinds.has(id.split(':')[0]))
}
