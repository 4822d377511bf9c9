import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { deviceProblemMessage } from '../drivers/device-problem-messages.ts'
import { problemsOf, type ReportedDevice } from '../drivers/problem-devices.ts'
import { expected, joined, noted, shortened, unmeasured, type Measured } from './item.ts'
import type { HardwareMeasured } from './measurements.ts'

const none: Sentence = { fr: 'aucun', en: 'none' }

/** No device with a problem. Pure. */
export function deviceItems(devices: Measured<readonly ReportedDevice[]>): EvidenceItem[] {
  const about = { id: 'device-problems', title: { fr: 'Périphériques en défaut', en: 'Devices with a problem' } }
  if (devices === null) return [unmeasured(about, none)]
  const problems = problemsOf(devices).map(({ name, deviceId, hardwareIds, code }): Sentence => {
    const called = name === '' ? (hardwareIds[0] ?? deviceId) : name
    const { fr, en } = deviceProblemMessage(code)
    return { fr: `${called} : ${fr}`, en: `${called}: ${en}` }
  })
  return [expected(about, none, problems.length === 0 ? none : joined(problems.slice(0, 8), ' ; '), !problems.length)]
}

/** Windows' own screen driver, for want of a better one: no code tells it in the Device Manager. */
const basicDisplay = 'basicdisplay'

const kinds = [
  { id: 'driver-display', classes: ['DISPLAY'], title: { fr: 'Pilote d’affichage', en: 'Display driver' } },
  { id: 'driver-network', classes: ['NET'], title: { fr: 'Pilotes réseau', en: 'Network drivers' } },
  {
    id: 'driver-storage',
    classes: ['SCSIADAPTER', 'HDC'],
    title: { fr: 'Pilotes de stockage', en: 'Storage drivers' },
  },
  { id: 'driver-audio', classes: ['MEDIA'], title: { fr: 'Pilotes audio', en: 'Audio drivers' } },
]

/** Versions of the drivers in use, and that the screen has one of its own. Pure. */
export function driverItems({ drivers }: Pick<HardwareMeasured, 'drivers'>): EvidenceItem[] {
  const own: Sentence = { fr: 'celui du fabricant', en: 'the maker’s' }
  return kinds.map(({ id, classes, title }) => {
    const about = { id, title }
    const found = drivers?.items.filter(({ kind }) => classes.includes(kind)) ?? null
    const measured =
      found === null
        ? null
        : found.length === 0
          ? none
          : shortened(found.map(({ name, version }) => `${name} ${version}`.trim()))
    if (id !== 'driver-display') return noted(about, measured)
    if (found === null || measured === null) return unmeasured(about, own)
    const isBasic = found.length === 0 || found.some(({ service }) => service.toLowerCase() === basicDisplay)
    return expected(about, own, measured, !isBasic)
  })
}
