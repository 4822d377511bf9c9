import { isFirmwareNewEnough } from '../../protocol/firmware-version.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import { expected, noted, unmeasured, verbatim } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

const about = { id: 'firmware', title: { fr: 'Version du BIOS', en: 'Firmware version' } }

/**
 * The firmware's version; at least `wanted`, where the sequence gives one for this family of boards. Versions of other
 * families say nothing of this one. Pure.
 */
export function firmwareVersionItems(
  { firmware }: Pick<WindowsMeasured, 'firmware'>,
  wanted: readonly string[],
): EvidenceItem[] {
  const atLeast = { fr: `au moins ${wanted.join(', ')}`, en: `at least ${wanted.join(', ')}` }
  if (firmware === null) return [wanted.length === 0 ? noted(about, null) : unmeasured(about, atLeast)]
  const { version } = firmware
  const isNew = isFirmwareNewEnough(version, wanted)
  if (wanted.length === 0) return [noted(about, verbatim(version))]
  if (isNew === null) {
    const other = { fr: 'pas comparable à', en: 'not comparable with' }
    const list = wanted.join(', ')
    return [noted(about, { fr: `${version}, ${other.fr} ${list}`, en: `${version}, ${other.en} ${list}` })]
  }
  return [expected(about, atLeast, verbatim(version), isNew)]
}
