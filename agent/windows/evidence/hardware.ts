import type { EvidenceItem } from '../../protocol/evidence.ts'
import { formatMemory } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { expected, noted, shortened, unmeasured, verbatim } from './item.ts'
import type { HardwareMeasured } from './measurements.ts'

/** What is in the box: processor, memory with its slots. Nothing is expected, all of it stands on the label. Pure. */
export function boxItems({ processor, memory }: Pick<HardwareMeasured, 'processor' | 'memory'>): EvidenceItem[] {
  return [
    noted({ id: 'processor', title: { fr: 'Processeur', en: 'Processor' } }, processor && verbatim(processor.model)),
    noted({ id: 'memory', title: { fr: 'Mémoire', en: 'Memory' } }, memory && memorySentence(memory)),
  ]
}

function memorySentence({ items, slots }: NonNullable<HardwareMeasured['memory']>): Sentence {
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const modules = items.map(({ sizeBytes, manufacturer, partNumber, speed }) => {
    const size = { fr: formatMemory(sizeBytes, 'fr'), en: formatMemory(sizeBytes, 'en') }
    const about = [manufacturer, partNumber, speed > 0 ? `${speed} MT/s` : ''].filter((one) => one !== '').join(' ')
    return { fr: `${size.fr} ${about}`.trim(), en: `${size.en} ${about}`.trim() }
  })
  const list = (language: 'fr' | 'en'): string => modules.map((one) => one[language]).join(' + ')
  return {
    fr: `${formatMemory(total, 'fr')} (${list('fr')}), ${items.length} emplacement(s) sur ${slots}`,
    en: `${formatMemory(total, 'en')} (${list('en')}), ${items.length} of ${slots} slots`,
  }
}

const absent: Sentence = { fr: 'absent de ce poste', en: 'not in this machine' }
const works: Sentence = { fr: 'fonctionne', en: 'works' }

/** Wi-Fi and Bluetooth: where the hardware is, it has to work; a machine without is no failure. Pure. */
export function radioItems({ radio }: Pick<HardwareMeasured, 'radio'>): EvidenceItem[] {
  const wifi = { id: 'wifi', title: { fr: 'Wi-Fi', en: 'Wi-Fi' } }
  const bluetooth = { id: 'bluetooth', title: { fr: 'Bluetooth', en: 'Bluetooth' } }
  if (radio === null) return [unmeasured(wifi, works), unmeasured(bluetooth, works)]
  return [
    radioItem(wifi, radio.wifi, radio.wifiHardware),
    radioItem(bluetooth, radio.bluetooth, radio.bluetoothHardware),
  ]
}

function radioItem(about: { id: string; title: Sentence }, found: string[], hardware: boolean): EvidenceItem {
  if (found.length === 0 && !hardware) return noted(about, absent)
  const missing = { fr: 'présent, sans pilote qui fonctionne', en: 'there, without a driver that works' }
  return expected(about, works, found.length === 0 ? missing : shortened(found), found.length > 0)
}
