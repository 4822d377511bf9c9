import { entry } from './failure-messages.ts'

/** What the hardware makes impossible, disks first. */
export const hardwareFailures = {
  DISK_NONE: entry(
    () => [
      'Aucun disque interne sur lequel écrire n’a été trouvé.',
      'Vérifiez que le SSD est bien enfoncé et vissé, et visible dans le BIOS, puis reprenez la préparation.',
    ],
    () => [
      'No internal disk that may be written was found.',
      'Check that the SSD is seated, screwed down and visible in the firmware setup, then retry.',
    ],
  ),
  DISK_AMBIGUOUS: entry<'count'>(
    (p) => [
      `Ce poste a ${p.text('count')} disques. Choisissez celui à effacer.`,
      'Choisissez le disque dans la liste ; les autres ne seront pas touchés.',
    ],
    (p) => [
      `This machine has ${p.text('count')} disks. Choose the one to erase.`,
      'Choose the disk in the list; the others will not be touched.',
    ],
  ),
  DISK_TOO_SMALL: entry<'disk' | 'size' | 'needed'>(
    (p) => [
      `Le disque ${p.text('disk')} est trop petit : ${p.bytes('size')}, il faut au moins ${p.bytes('needed')}.`,
      'Montez un disque plus grand, ou choisissez une image plus petite.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is too small: ${p.bytes('size')}, and at least ${p.bytes('needed')} is needed.`,
      'Fit a larger disk, or choose a smaller image.',
    ],
  ),
  DISK_IN_USE: entry<'disk' | 'use'>(
    (p) => [
      `Le disque ${p.text('disk')} est en cours d’utilisation (${p.text('use')}) ; rien n’y a été écrit.`,
      'Redémarrez le poste sur le réseau, puis reprenez la préparation.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is in use (${p.text('use')}); nothing was written to it.`,
      'Restart the machine from the network, then retry.',
    ],
  ),
  DISK_IS_BOOT_MEDIUM: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} est celui sur lequel ce poste a démarré ; il ne sera pas effacé.`,
      'Choisissez un autre disque, ou démarrez le poste par le réseau.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is the one this machine was started from; it will not be erased.`,
      'Choose another disk, or start the machine from the network.',
    ],
  ),
  DISK_REMOVABLE: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} est amovible ; il ne sera pas effacé.`,
      'Retirez-le et choisissez un disque interne.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is removable; it will not be erased.`,
      'Unplug it and choose an internal disk.',
    ],
  ),
  DISK_GONE: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} n’est pas ou n’est plus dans ce poste.`,
      'Vérifiez le disque et ses contacts, ou choisissez-en un autre, puis reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is not, or no longer, in this machine.`,
      'Check the disk and its connector, or choose another one, then retry from the partitioning step.',
    ],
  ),
  DISK_UNKNOWN: entry<'step'>(
    (p) => [
      `L’étape « ${p.text('step')} » ne sait pas quel disque écrire : il n’a pas été partitionné dans cette préparation.`,
      'Reprenez la préparation depuis l’étape « partition-disk », ou ajoutez-la à la séquence.',
    ],
    (p) => [
      `The step "${p.text('step')}" does not know which disk to write: none was partitioned in this run.`,
      'Retry from the step "partition-disk", or add it to the sequence.',
    ],
  ),
  STORAGE_HIDDEN: entry<'controller'>(
    (p) => [
      `Le contrôleur de stockage est en mode VMD ou RAID (${p.text('controller')}) : Windows, sans le pilote Intel RST, n’y verrait aucun disque.`,
      'Dans le BIOS, désactivez VMD/RAID (mode AHCI ou NVMe), puis redémarrez sur le réseau. Ou gardez ce mode, avec un lot de pilotes contenant Intel RST et « allowRaid » (true) à check-hardware et à inject-drivers : cela ne suffit que si le disque de Windows est ailleurs ou si l’image a déjà ce pilote, car un lot n’est installé qu’après le premier démarrage.',
    ],
    (p) => [
      `The storage controller is in VMD or RAID mode (${p.text('controller')}): without the Intel RST driver Windows would see no disk on it.`,
      'In the firmware setup, switch VMD/RAID off (AHCI or NVMe mode), then restart from the network. Or keep the mode, with a driver pack that holds Intel RST and "allowRaid: true" for check-hardware and inject-drivers: that is enough only if the disk of Windows is elsewhere or the image has the driver already, since a pack is installed after the first start.',
    ],
  ),
  MEMORY_TOO_SMALL: entry<'size' | 'needed'>(
    (p) => [
      `Ce poste a ${p.memory('size')} de mémoire ; il en faut au moins ${p.memory('needed')}.`,
      'Ajoutez de la mémoire, ou vérifiez que chaque barrette est bien enfoncée.',
    ],
    (p) => [
      `This machine has ${p.memory('size')} of memory; at least ${p.memory('needed')} is needed.`,
      'Add memory, or check that every module is seated.',
    ],
  ),
  TPM_MISSING: entry<'found'>(
    (p) => [
      `Ce poste n’a pas de TPM 2.0 utilisable (trouvé : ${p.text('found')}).`,
      'Activez le TPM (Intel PTT ou AMD fTPM) dans le BIOS, puis redémarrez sur le réseau.',
    ],
    (p) => [
      `This machine has no usable TPM 2.0 (found: ${p.text('found')}).`,
      'Switch the TPM on in the firmware setup (Intel PTT or AMD fTPM), then restart from the network.',
    ],
  ),
  SECURE_BOOT_OFF: entry<'state'>(
    (p) => [
      `Le démarrage sécurisé (Secure Boot) n’est pas actif sur ce poste (état : ${p.text('state')}).`,
      'Activez Secure Boot dans le BIOS avec les clés d’usine, puis redémarrez sur le réseau.',
    ],
    (p) => [
      `Secure Boot is not on in this machine (state: ${p.text('state')}).`,
      'Switch Secure Boot on in the firmware setup with the factory keys, then restart from the network.',
    ],
  ),
  PARTITION_FAILED: entry<'disk' | 'program'>(
    (p) => [
      `Le disque ${p.text('disk')} n’a pas pu être partitionné (${p.text('program')}).`,
      'Reprenez l’étape ; si elle échoue encore, essayez un autre disque : celui-ci est peut-être défectueux.',
    ],
    (p) => [
      `The disk ${p.text('disk')} could not be partitioned (${p.text('program')}).`,
      'Retry the step; if it fails again, try another disk: this one may be broken.',
    ],
  ),
  FORMAT_FAILED: entry<'disk' | 'volume' | 'program'>(
    (p) => [
      `La partition ${p.text('volume')} du disque ${p.text('disk')} n’a pas pu être formatée (${p.text('program')}).`,
      'Reprenez depuis le partitionnement ; si l’échec se répète, essayez un autre disque.',
    ],
    (p) => [
      `The ${p.text('volume')} partition of the disk ${p.text('disk')} could not be formatted (${p.text('program')}).`,
      'Retry from the partitioning step; if it fails again, try another disk.',
    ],
  ),
  MOUNT_FAILED: entry<'disk' | 'volume'>(
    (p) => [
      `La partition ${p.text('volume')} du disque ${p.text('disk')} n’a pas pu être ouverte.`,
      'Reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The ${p.text('volume')} partition of the disk ${p.text('disk')} could not be opened.`,
      'Retry from the partitioning step.',
    ],
  ),
}
