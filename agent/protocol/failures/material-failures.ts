import { amount, type Messages } from '../../../text/messages.ts'
import { formatBytes } from '../../../text/quantities.ts'

/** Failures of fetching drivers, software, updates and the agent itself. */
export const materialFailures = {
  MATERIAL_MISSING: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier ${file} n’est plus sur le serveur.`,
      en: `The file ${file} is no longer on the server.`,
    }),
    fix: () => ({
      fr: 'Vérifiez le catalogue, puis relancez la préparation : elle reprend ce qui s’y trouve maintenant.',
      en: 'Check the catalogue, then start the run again: it takes what is there now.',
    }),
  },
  MATERIAL_INTERRUPTED: {
    message: ({ file, received, total }: { file: string; received: number; total: number }) => ({
      fr: `La réception de ${file} s’est arrêtée à ${amount(received, formatBytes).fr} sur ${amount(total, formatBytes).fr}.`,
      en: `The download of ${file} stopped at ${amount(received, formatBytes).en} of ${amount(total, formatBytes).en}.`,
    }),
    fix: () => ({
      fr: 'Vérifiez le réseau et le serveur, puis reprenez l’étape.',
      en: 'Check the network and the server, then retry the step.',
    }),
  },
  MATERIAL_CHANGED: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier ${file} n’est plus celui que la préparation a retenu à son départ.`,
      en: `The file ${file} is not the one the run has pinned at its start.`,
    }),
    fix: () => ({
      fr: 'Lancez une nouvelle préparation ; elle prendra le fichier d’aujourd’hui.',
      en: 'Start a new run; it will take the file of today.',
    }),
  },
  MATERIAL_DISK_FULL: {
    message: ({ file, size }: { file: string; size: number }) => ({
      fr: `Le disque du poste est plein : le fichier ${file} (${amount(size, formatBytes).fr}) n’y tient plus.`,
      en: `The machine’s disk is full: there is no room for the file ${file} (${amount(size, formatBytes).en}).`,
    }),
    fix: () => ({
      fr: 'Faites de la place ou mettez un disque plus grand, puis reprenez l’étape.',
      en: 'Make room or fit a larger disk, then retry the step.',
    }),
  },
  MATERIAL_NOT_WRITTEN: {
    message: ({ file, reason }: { file: string; reason: string }) => ({
      fr: `Le fichier ${file} n’a pas pu être écrit sur le disque (${reason}).`,
      en: `The file ${file} could not be written to the disk (${reason}).`,
    }),
    fix: () => ({
      fr: 'Vérifiez la place libre sur le disque, puis reprenez l’étape.',
      en: 'Check the free space on the disk, then retry the step.',
    }),
  },
} satisfies Messages
