import type { InventoryDevice, Precision } from './device-ids.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { StorageVerdict, WayOut } from './storage.ts'

/** By which id a driver was found. */
export const precisionMessages: Readonly<Record<Precision, Sentence>> = {
  'subsystem-revision': { fr: 'le modèle exact et sa révision', en: 'the exact model and its revision' },
  subsystem: { fr: 'le modèle exact', en: 'the exact model' },
  revision: { fr: 'le composant et sa révision', en: 'the chip and its revision' },
  device: { fr: 'le composant', en: 'the chip' },
  'device-class': { fr: 'le composant et sa classe', en: 'the chip and its class' },
  interface: { fr: 'une fonction du périphérique USB', en: 'a function of the USB device' },
  'vendor-class': { fr: 'le fabricant et la classe', en: 'the maker and the class' },
  class: { fr: 'la classe seule', en: 'the class alone' },
}

const pciKinds: Readonly<Record<string, Sentence>> = {
  '0104': { fr: 'contrôleur de stockage en mode RAID', en: 'storage controller in RAID mode' },
  '0106': { fr: 'contrôleur SATA', en: 'SATA controller' },
  '0108': { fr: 'disque NVMe', en: 'NVMe drive' },
  '0200': { fr: 'réseau filaire', en: 'wired network' },
  '0280': { fr: 'réseau sans fil', en: 'wireless network' },
  '0300': { fr: 'affichage', en: 'display' },
  '0380': { fr: 'affichage', en: 'display' },
  '0401': { fr: 'audio', en: 'audio' },
  '0403': { fr: 'audio', en: 'audio' },
  '0780': { fr: 'contrôleur de communication', en: 'communication controller' },
  '0C03': { fr: 'contrôleur USB', en: 'USB controller' },
  '0C05': { fr: 'contrôleur SMBus', en: 'SMBus controller' },
  '1180': { fr: 'traitement du signal', en: 'signal processing' },
}

/** What kind of device this is, where it has no name. */
export function deviceKind({ bus, deviceClass }: InventoryDevice): Sentence {
  const code = deviceClass.toUpperCase()
  if (bus === 'acpi') return { fr: 'composant de la carte mère', en: 'part of the board' }
  if (bus === 'usb') {
    return code === 'E0' ? { fr: 'Bluetooth', en: 'Bluetooth' } : { fr: 'périphérique USB', en: 'USB device' }
  }
  return pciKinds[code.slice(0, 4)] ?? { fr: 'périphérique PCI', en: 'PCI device' }
}

const wayOutMessages: Readonly<Record<WayOut, Sentence>> = {
  'switch-off-in-firmware': {
    fr: 'Dans le BIOS, désactivez VMD ou RAID (mode AHCI ou NVMe), puis redémarrez sur le réseau.',
    en: 'In the firmware setup, switch VMD or RAID off (AHCI or NVMe mode), then restart from the network.',
  },
  'install-rst-driver': {
    fr: 'Ou gardez ce mode et donnez à Windows le pilote Intel RST avant son premier démarrage.',
    en: 'Or keep the mode and give Windows the Intel RST driver before its first start.',
  },
}

/** What to tell a person of controllers in RAID or VMD mode: the sentence, then the two ways out. */
export function storageMessages(verdict: Extract<StorageVerdict, { state: 'raid' }>): readonly Sentence[] {
  const names = verdict.controllers.map(({ device }) => device.hardwareId).join(', ')
  const driver = verdict.controllers.find((controller) => controller.driver !== null)?.driver ?? null
  const held: Sentence =
    driver === null
      ? { fr: 'Aucun pack ne contient ce pilote.', en: 'No driver pack holds that driver.' }
      : { fr: `Il est dans ${driver}.`, en: `It is in ${driver}.` }
  return [
    {
      fr: `Le stockage est en mode VMD ou RAID (${names}) : Windows ne verrait pas le disque.`,
      en: `Storage is in VMD or RAID mode (${names}): Windows would not see the disk.`,
    },
    ...verdict.waysOut.map((way): Sentence => {
      const { fr, en } = wayOutMessages[way]
      return way === 'install-rst-driver' ? { fr: `${fr} ${held.fr}`, en: `${en} ${held.en}` } : { fr, en }
    }),
  ]
}
