import { amount, type Messages } from '../../../text/messages.ts'
import { formatBytes } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { Failure } from '../messages.ts'

/** What can be wrong with the disk that a step writes, or with writing it. */
export const diskFailures = {
  DISK_NONE: {
    message: () => ({
      fr: 'Aucun disque interne sur lequel écrire n’a été trouvé.',
      en: 'No internal disk that may be written was found.',
    }),
    fix: () => ({
      fr: 'Vérifiez que le SSD est bien enfoncé et vissé, et visible dans le BIOS, redémarrez sur le réseau, puis annulez cette préparation et lancez-en une autre, qui montrera ce disque.',
      en: 'Check that the SSD is seated, screwed down and visible in the firmware setup, restart from the network, then cancel this run and start another one, which will show the disk.',
    }),
  },
  DISK_AMBIGUOUS: {
    message: ({ count }: { count: number }) =>
      count === 1
        ? {
            fr: 'Ce poste n’a plus qu’un des disques vus au lancement. Dites si c’est lui qu’il faut effacer.',
            en: 'Only one of the disks that were seen when the run was started is still there. Say whether it is the one to erase.',
          }
        : {
            fr: `Ce poste a ${count} disques. Choisissez celui à effacer.`,
            en: `This machine has ${count} disks. Choose the one to erase.`,
          },
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
      fr: 'Montez un disque plus grand et redémarrez sur le réseau, puis annulez cette préparation et lancez-en une autre ; ou choisissez une image plus petite.',
      en: 'Fit a larger disk and restart from the network, then cancel this run and start another one; or choose a smaller image.',
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
      fr: 'Vérifiez le disque et ses contacts, puis reprenez depuis le partitionnement. Pour en écrire un autre, annulez cette préparation et lancez-en une autre.',
      en: 'Check the disk and its connector, then retry from the partitioning step. To write another disk, cancel this run and start another one.',
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
  DISK_NOT_EXPECTED: {
    message: ({ expected, found }: { expected: Sentence; found: Sentence }) => ({
      fr: `Ce poste n’a pas le disque vu au lancement (${expected.fr}) ; il a maintenant : ${found.fr}. Rien n’y a été écrit.`,
      en: `This machine does not have the disk that was seen when the run was started (${expected.en}); now it has: ${found.en}. Nothing was written to it.`,
    }),
    fix: () => ({
      fr: 'Vérifiez que c’est le bon poste. Si le disque a été changé exprès, annulez cette préparation et lancez-en une autre ; sinon remettez-le et reprenez.',
      en: 'Check that it is the right machine. If the disk was changed on purpose, cancel this run and start another one; otherwise put it back and retry.',
    }),
  },
  DISK_TWINS: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Rien ne distingue le disque ${disk} d’un autre de ce poste, qui dit de lui-même la même chose : rien n’a été écrit.`,
      en: `Nothing tells the disk ${disk} from another one of this machine, which says the same of itself: nothing was written.`,
    }),
    fix: () => ({
      fr: 'Éteignez le poste, débranchez le disque à garder, redémarrez sur le réseau, puis annulez cette préparation et lancez-en une autre.',
      en: 'Switch the machine off, unplug the disk to keep, restart from the network, then cancel this run and start another one.',
    }),
  },
  DISKS_NOT_PINNED: {
    message: ({ step }: { step: string }) => ({
      fr: `L’étape « ${step} » n’écrit rien : cette préparation ne dit pas quels disques on a vus en la lançant.`,
      en: `The step "${step}" writes nothing: this run does not say which disks were seen when it was started.`,
    }),
    fix: () => ({
      fr: 'Annulez cette préparation et lancez-en une autre depuis l’atelier, qui montre les disques de ce poste.',
      en: 'Cancel this run and start another one from the bench, which shows the disks of this machine.',
    }),
  },
  PARTITION_FAILED: {
    message: ({ disk, program }: { disk: string; program: string }) => ({
      fr: `Le disque ${disk} n’a pas pu être partitionné (${program}).`,
      en: `The disk ${disk} could not be partitioned (${program}).`,
    }),
    fix: () => ({
      fr: 'Reprenez l’étape ; si elle échoue encore, ce disque est peut-être défectueux : montez-en un autre et lancez une autre préparation.',
      en: 'Retry the step; if it fails again, this disk may be broken: fit another one and start another run.',
    }),
  },
  FORMAT_FAILED: {
    message: ({ volume, disk, program }: { volume: string; disk: string; program: string }) => ({
      fr: `La partition ${volume} du disque ${disk} n’a pas pu être formatée (${program}).`,
      en: `The ${volume} partition of the disk ${disk} could not be formatted (${program}).`,
    }),
    fix: () => ({
      fr: 'Reprenez depuis le partitionnement ; si l’échec se répète, montez un autre disque et lancez une autre préparation.',
      en: 'Retry from the partitioning step; if it fails again, fit another disk and start another run.',
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

const wrongDisk: ReadonlySet<string> = new Set(['DISK_NOT_EXPECTED', 'DISK_TWINS', 'DISKS_NOT_PINNED'])

/** Whether a step met another disk than it may write: neither a retry nor the next step may try again, only a person. */
export function isWrongDisk({ code }: Pick<Failure, 'code'>): boolean {
  return wrongDisk.has(code)
}
