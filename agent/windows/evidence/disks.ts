import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { formatBytes } from '../../../text/quantities.ts'
import { expected, joined, unmeasured } from './item.ts'
import type { HardwareMeasured, WindowsMeasured } from './measurements.ts'

type Disk = NonNullable<HardwareMeasured['disks']>['items'][number]

/** MSFT_PhysicalDisk.HealthStatus: 0 healthy, 1 warning, 2 unhealthy, 5 unknown. */
const health: Readonly<Record<number, Sentence>> = {
  0: { fr: 'sain', en: 'healthy' },
  1: { fr: 'avertissement', en: 'warning' },
  2: { fr: 'défaillant', en: 'failing' },
}
const unknownHealth: Sentence = { fr: 'état inconnu', en: 'unknown state' }
const bad: ReadonlySet<number> = new Set([1, 2])
/** NVMe "percentage used" from which a disk is not sold as new. */
const wornPercent = 20

/** Disk health: no warning, no media error, little worn. What a disk does not tell is no fault of it. Pure. */
export function diskItems({ disks }: Pick<HardwareMeasured, 'disks'>): EvidenceItem[] {
  const about = { id: 'disk-health', title: { fr: 'Santé du disque', en: 'Disk health' } }
  const wanted = {
    fr: `sain, sans erreur, usé de moins de ${wornPercent}\u202f%`,
    en: `healthy, no error, less than ${wornPercent}% worn`,
  }
  if (disks === null || disks.items.length === 0) return [unmeasured(about, wanted)]
  return [expected(about, wanted, joined(disks.items.map(diskSentence), ' ; '), disks.items.every(isGood))]
}

function isGood({ health: status, counter }: Disk): boolean {
  return !bad.has(status) && (counter?.errors ?? 0) === 0 && (counter?.wear ?? 0) < wornPercent
}

function diskSentence({ model, sizeBytes, health: status, counter }: Disk): Sentence {
  const { wear = null, hours = null, errors = null } = counter ?? {}
  const told = health[status] ?? unknownHealth
  const text = (language: 'fr' | 'en', worn: string, wrong: string): string =>
    [
      `${model} ${formatBytes(sizeBytes, language)}`,
      told[language],
      ...(wear === null ? [] : [worn]),
      ...(hours === null ? [] : [`${hours} h`]),
      ...(errors === null || errors === 0 ? [] : [wrong]),
    ].join(', ')
  return {
    fr: text('fr', `usé de ${wear}\u202f%`, `${errors} erreur(s) de support`),
    en: text('en', `${wear}% worn`, `${errors} media error(s)`),
  }
}

/** Below this Windows cannot take its next version. */
const leastFreeBytes = 20e9

/** Room on the system's drive. Pure. */
export function spaceItems({ space }: Pick<WindowsMeasured, 'space'>): EvidenceItem[] {
  const about = { id: 'free-space', title: { fr: 'Espace libre', en: 'Free disk space' } }
  const size = (bytes: number): Sentence => ({ fr: formatBytes(bytes, 'fr'), en: formatBytes(bytes, 'en') })
  const least = size(leastFreeBytes)
  const wanted = { fr: `au moins ${least.fr}`, en: `at least ${least.en}` }
  if (space === null) return [unmeasured(about, wanted)]
  const free = size(space.freeBytes)
  const all = size(space.sizeBytes)
  const measured = { fr: `${free.fr} sur ${all.fr}`, en: `${free.en} of ${all.en}` }
  return [expected(about, wanted, measured, space.freeBytes >= leastFreeBytes)]
}
