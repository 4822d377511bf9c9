import { amount, type Messages } from '../../../text/messages.ts'
import { formatMemory } from '../../../text/quantities.ts'

/** What the hardware makes impossible, but for its disks. */
export const hardwareFailures = {
  STORAGE_HIDDEN: {
    message: ({ controller }: { controller: string }) => ({
      fr: `Le contrôleur de stockage est en mode VMD ou RAID (${controller}) : Windows, sans le pilote Intel RST, n’y verrait aucun disque.`,
      en: `The storage controller is in VMD or RAID mode (${controller}): without the Intel RST driver Windows would see no disk on it.`,
    }),
    fix: () => ({
      fr: 'Dans le BIOS, désactivez VMD/RAID (mode AHCI ou NVMe), puis redémarrez sur le réseau. Ou gardez ce mode, avec un lot de pilotes contenant Intel RST et « allowRaid » (true) à check-hardware et à inject-drivers : cela ne suffit que si le disque de Windows est ailleurs ou si l’image a déjà ce pilote, car un lot n’est installé qu’après le premier démarrage.',
      en: 'In the firmware setup, switch VMD/RAID off (AHCI or NVMe mode), then restart from the network. Or keep the mode, with a driver pack that holds Intel RST and "allowRaid: true" for check-hardware and inject-drivers: that is enough only if the disk of Windows is elsewhere or the image has the driver already, since a pack is installed after the first start.',
    }),
  },
  MEMORY_TOO_SMALL: {
    message: ({ size, needed }: { size: number; needed: number }) => ({
      fr: `Ce poste a ${amount(size, formatMemory).fr} de mémoire ; il en faut au moins ${amount(needed, formatMemory).fr}.`,
      en: `This machine has ${amount(size, formatMemory).en} of memory; at least ${amount(needed, formatMemory).en} is needed.`,
    }),
    fix: () => ({
      fr: 'Ajoutez de la mémoire, ou vérifiez que chaque barrette est bien enfoncée.',
      en: 'Add memory, or check that every module is seated.',
    }),
  },
  FIRMWARE_TOO_OLD: {
    message: ({ found, needed }: { found: string; needed: string }) => ({
      fr: `Le BIOS de ce poste est trop ancien (${found}) ; il faut au moins ${needed}.`,
      en: `This machine’s firmware is too old (${found}); at least ${needed} is needed.`,
    }),
    fix: () => ({
      fr: 'Mettez le fichier du fabricant (.cap ou .bio) sur une clé USB en FAT32, allumez le poste en tenant F7, choisissez le fichier, puis relancez la préparation.',
      en: 'Put the maker’s file (.cap or .bio) on a USB stick with FAT32, switch the machine on with F7 held, choose the file, then start the run again.',
    }),
  },
  TPM_MISSING: {
    message: ({ found }: { found: string }) => ({
      fr: `Ce poste n’a pas de TPM 2.0 utilisable (trouvé : ${found}).`,
      en: `This machine has no usable TPM 2.0 (found: ${found}).`,
    }),
    fix: () => ({
      fr: 'Activez le TPM (Intel PTT ou AMD fTPM) dans le BIOS, puis redémarrez sur le réseau.',
      en: 'Switch the TPM on in the firmware setup (Intel PTT or AMD fTPM), then restart from the network.',
    }),
  },
  SECURE_BOOT_OFF: {
    message: ({ state }: { state: string }) => ({
      fr: `Le démarrage sécurisé (Secure Boot) n’est pas actif sur ce poste (état : ${state}).`,
      en: `Secure Boot is not on in this machine (state: ${state}).`,
    }),
    fix: () => ({
      fr: 'Activez Secure Boot dans le BIOS avec les clés d’usine, puis redémarrez sur le réseau.',
      en: 'Switch Secure Boot on in the firmware setup with the factory keys, then restart from the network.',
    }),
  },
} satisfies Messages
