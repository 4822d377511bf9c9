import { amount, type Messages } from '../../../text/messages.ts'
import { formatBytes, formatMemory } from '../../../text/quantities.ts'

/** What the hardware makes impossible, disks first. */
export const hardwareFailures = {
  DISK_NONE: {
    message: () => ({
      fr: 'Aucun disque interne sur lequel écrire n’a été trouvé.',
      en: 'No internal disk that may be written was found.',
    }),
    fix: () => ({
      fr: 'Vérifiez que le SSD est bien enfoncé et vissé, et visible dans le BIOS, puis reprenez la préparation.',
      en: 'Check that the SSD is seated, screwed down and visible in the firmware setup, then retry.',
    }),
  },
  DISK_AMBIGUOUS: {
    message: ({ count }: { count: number }) => ({
      fr: `Ce poste a ${count} disques. Choisissez celui à effacer.`,
      en: `This machine has ${count} disks. Choose the one to erase.`,
    }),
    fix: () => ({
      fr: 'Choisissez le disque dans la liste ; les autres ne seront pas touchés.',
      en: 'Choose the disk in the list; the others will not be touched.',
    }),
  },
  DISK_TOO_SMALL: {
    message: ({ disk, size, needed }: { disk: string; size: number; needed: number }) => ({
      fr: `Le disque ${disk} est trop petit : ${amount(size, formatBytes).fr}, il faut au moins ${amount(needed, formatBytes).fr}.`,
      en: `The disk ${disk} is too small: ${amount(size, formatBytes).en}, and at least ${amount(needed, formatBytes).en} is needed.`,
    }),
    fix: () => ({
      fr: 'Montez un disque plus grand, ou choisissez une image plus petite.',
      en: 'Fit a larger disk, or choose a smaller image.',
    }),
  },
  DISK_IN_USE: {
    message: ({ disk, use }: { disk: string; use: string }) => ({
      fr: `Le disque ${disk} est en cours d’utilisation (${use}) ; rien n’y a été écrit.`,
      en: `The disk ${disk} is in use (${use}); nothing was written to it.`,
    }),
    fix: () => ({
      fr: 'Redémarrez le poste sur le réseau, puis reprenez la préparation.',
      en: 'Restart the machine from the network, then retry.',
    }),
  },
  DISK_IS_BOOT_MEDIUM: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Le disque ${disk} est celui sur lequel ce poste a démarré ; il ne sera pas effacé.`,
      en: `The disk ${disk} is the one this machine was started from; it will not be erased.`,
    }),
    fix: () => ({
      fr: 'Choisissez un autre disque, ou démarrez le poste par le réseau.',
      en: 'Choose another disk, or start the machine from the network.',
    }),
  },
  DISK_REMOVABLE: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Le disque ${disk} est amovible ; il ne sera pas effacé.`,
      en: `The disk ${disk} is removable; it will not be erased.`,
    }),
    fix: () => ({ fr: 'Retirez-le et choisissez un disque interne.', en: 'Unplug it and choose an internal disk.' }),
  },
  DISK_GONE: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Le disque ${disk} n’est pas ou n’est plus dans ce poste.`,
      en: `The disk ${disk} is not, or no longer, in this machine.`,
    }),
    fix: () => ({
      fr: 'Vérifiez le disque et ses contacts, ou choisissez-en un autre, puis reprenez depuis le partitionnement.',
      en: 'Check the disk and its connector, or choose another one, then retry from the partitioning step.',
    }),
  },
  DISK_UNKNOWN: {
    message: ({ step }: { step: string }) => ({
      fr: `L’étape « ${step} » ne sait pas quel disque écrire : il n’a pas été partitionné dans cette préparation.`,
      en: `The step "${step}" does not know which disk to write: none was partitioned in this run.`,
    }),
    fix: () => ({
      fr: 'Reprenez la préparation depuis l’étape « partition-disk », ou ajoutez-la à la séquence.',
      en: 'Retry from the step "partition-disk", or add it to the sequence.',
    }),
  },
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
  PARTITION_FAILED: {
    message: ({ disk, program }: { disk: string; program: string }) => ({
      fr: `Le disque ${disk} n’a pas pu être partitionné (${program}).`,
      en: `The disk ${disk} could not be partitioned (${program}).`,
    }),
    fix: () => ({
      fr: 'Reprenez l’étape ; si elle échoue encore, essayez un autre disque : celui-ci est peut-être défectueux.',
      en: 'Retry the step; if it fails again, try another disk: this one may be broken.',
    }),
  },
  FORMAT_FAILED: {
    message: ({ volume, disk, program }: { volume: string; disk: string; program: string }) => ({
      fr: `La partition ${volume} du disque ${disk} n’a pas pu être formatée (${program}).`,
      en: `The ${volume} partition of the disk ${disk} could not be formatted (${program}).`,
    }),
    fix: () => ({
      fr: 'Reprenez depuis le partitionnement ; si l’échec se répète, essayez un autre disque.',
      en: 'Retry from the partitioning step; if it fails again, try another disk.',
    }),
  },
  MOUNT_FAILED: {
    message: ({ volume, disk }: { volume: string; disk: string }) => ({
      fr: `La partition ${volume} du disque ${disk} n’a pas pu être ouverte.`,
      en: `The ${volume} partition of the disk ${disk} could not be opened.`,
    }),
    fix: () => ({ fr: 'Reprenez depuis le partitionnement.', en: 'Retry from the partitioning step.' }),
  },
} satisfies Messages
