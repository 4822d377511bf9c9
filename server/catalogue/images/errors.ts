import { amount } from '../../../text/messages.ts'
import { formatBytes } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { Refusals } from '../../refusal/refusal.ts'

const makeRoom = (): Sentence => ({
  fr: 'Retirez des images qui ne servent plus, ou agrandissez le disque, puis recommencez.',
  en: 'Remove images no longer in use, or give it more disk, then try again.',
})

/** What each code of the catalogue says to a person, and what to do about it. */
export const catalogueErrors = {
  WIM_NOT_A_WIM: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » n’est pas une image Windows (WIM ou ESD).`,
      en: `“${fileName}” is not a Windows image (WIM or ESD).`,
    }),
    fix: () => ({
      fr: 'Choisissez le fichier sources/install.wim ou sources/install.esd du support d’installation.',
      en: 'Choose the file sources/install.wim or sources/install.esd of the installation medium.',
    }),
  },
  WIM_TRUNCATED: {
    status: 422,
    message: ({ fileName, sizeBytes }: { fileName: string; sizeBytes: number }) => ({
      fr: `« ${fileName} » est incomplet : la fin du fichier manque après ${amount(sizeBytes, formatBytes).fr}.`,
      en: `“${fileName}” is incomplete: the end of the file is missing after ${amount(sizeBytes, formatBytes).en}.`,
    }),
    fix: () => ({
      fr: 'Copiez ou téléchargez le fichier de nouveau, jusqu’au bout.',
      en: 'Copy or download the file again, to its end.',
    }),
  },
  WIM_DAMAGED: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » est abîmé : son contenu ne correspond pas à ses sommes de contrôle.`,
      en: `“${fileName}” is damaged: its content does not match its checksums.`,
    }),
    fix: () => ({
      fr: 'Reprenez le fichier à sa source ; rien n’a été ajouté au catalogue.',
      en: 'Take the file from its source again; nothing was added to the catalogue.',
    }),
  },
  WIM_SPLIT_PART: {
    status: 422,
    message: ({ fileName, partNumber, totalParts }: { fileName: string; partNumber: number; totalParts: number }) => ({
      fr: `« ${fileName} » est la partie ${partNumber} sur ${totalParts} d’une image découpée.`,
      en: `“${fileName}” is part ${partNumber} of ${totalParts} of a split image.`,
    }),
    fix: () => ({
      fr: 'Réunissez les parties (wimlib-imagex join image.wim *.swm), puis importez le résultat.',
      en: 'Join the parts (wimlib-imagex join image.wim *.swm), then import the result.',
    }),
  },
  WIM_ENCRYPTED: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » est chiffré par Microsoft et ne peut pas être lu.`,
      en: `“${fileName}” is encrypted by Microsoft and cannot be read.`,
    }),
    fix: () => ({
      fr: 'Prenez le fichier ESD ou WIM d’un ISO fait par l’outil de création de supports.',
      en: 'Take the ESD or WIM file of an ISO made by the media creation tool.',
    }),
  },
  WIM_UNFINISHED: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » n’a pas été écrit jusqu’au bout : le programme qui le créait s’est arrêté avant la fin.`,
      en: `“${fileName}” was never finished: the program that made it stopped before its end.`,
    }),
    fix: () => ({
      fr: 'Refaites la capture ou la copie, puis importez le fichier terminé.',
      en: 'Make the capture or the copy again, then import the finished file.',
    }),
  },
  WIM_DELTA: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » est une image différentielle : une partie de ses fichiers est dans une autre image.`,
      en: `“${fileName}” is a delta image: some of its files are in another image.`,
    }),
    fix: () => ({
      fr: 'Réunissez-la avec son image de base (wimlib-imagex export delta.wim all complet.wim --ref=base.wim), puis importez le résultat.',
      en: 'Join it with its base image (wimlib-imagex export delta.wim all whole.wim --ref=base.wim), then import the result.',
    }),
  },
  WIM_NO_EDITION: {
    status: 422,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » ne contient aucune édition.`,
      en: `“${fileName}” contains no edition.`,
    }),
    fix: () => ({ fr: 'Choisissez un autre fichier.', en: 'Choose another file.' }),
  },
  WIMLIB_MISSING: {
    status: 500,
    message: () => ({
      fr: 'Le programme wimlib-imagex n’est pas installé sur ce serveur.',
      en: 'The program wimlib-imagex is not installed on this server.',
    }),
    fix: () => ({
      fr: 'Installez le paquet Debian « wimtools », puis recommencez.',
      en: 'Install the Debian package “wimtools”, then try again.',
    }),
  },
  WIMLIB_FAILED: {
    status: 500,
    message: ({ fileName, exitCode }: { fileName: string; exitCode: number }) => ({
      fr: `La préparation de « ${fileName} » a échoué (wimlib, code ${exitCode}).`,
      en: `Preparing “${fileName}” failed (wimlib, code ${exitCode}).`,
    }),
    fix: () => ({
      fr: 'Recommencez ; si cela se répète, le détail du journal dit pourquoi.',
      en: 'Try again; if it happens again, the detail in the log says why.',
    }),
  },
  IMAGE_DUPLICATE: {
    status: 409,
    message: ({ name, preparedAt }: { name: string; preparedAt: string }) => ({
      fr: `« ${name} » est déjà dans le catalogue, avec le même contenu (${day(preparedAt, 'fr')}).`,
      en: `“${name}” is already in the catalogue, with the same content (${day(preparedAt, 'en')}).`,
    }),
    fix: () => ({
      fr: 'Utilisez l’image présente, ou retirez-la d’abord.',
      en: 'Use the image that is there, or remove it first.',
    }),
  },
  IMAGE_NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: string }) => ({
      fr: `L’image « ${id} » n’est pas dans le catalogue.`,
      en: `Image “${id}” is not in the catalogue.`,
    }),
    fix: () => ({ fr: 'Rechargez la liste des images.', en: 'Reload the list of images.' }),
  },
  IMPORT_NOT_FOUND: {
    status: 404,
    message: () => ({ fr: 'Cet import n’existe plus.', en: 'This import no longer exists.' }),
    fix: () => ({ fr: 'Recommencez l’import du fichier.', en: 'Import the file again.' }),
  },
  IMPORT_BUSY: {
    status: 409,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `L’import de « ${fileName} » n’attend pas ce choix maintenant.`,
      en: `The import of “${fileName}” is not waiting for this choice now.`,
    }),
    fix: () => ({ fr: 'Attendez la fin du travail en cours.', en: 'Wait for the current work to end.' }),
  },
  EDITION_NOT_FOUND: {
    status: 422,
    message: ({ fileName, index }: { fileName: string; index: number }) => ({
      fr: `« ${fileName} » n’a pas d’édition numéro ${index}.`,
      en: `“${fileName}” has no edition number ${index}.`,
    }),
    fix: () => ({ fr: 'Choisissez dans la liste des éditions.', en: 'Choose from the list of editions.' }),
  },
  SOURCE_NOT_FOUND: {
    status: 422,
    message: ({ path }: { path: string }) => ({
      fr: `Le fichier « ${path} » n’existe pas sur le serveur, ou ne peut pas être lu.`,
      en: `The file “${path}” does not exist on the server, or cannot be read.`,
    }),
    fix: () => ({
      fr: 'Donnez le chemin complet, vu du serveur, ou envoyez le fichier.',
      en: 'Give the full path as the server sees it, or upload the file.',
    }),
  },
  SOURCE_NOT_A_FILE: {
    status: 422,
    message: ({ path }: { path: string }) => ({
      fr: `« ${path} » n’est pas un fichier.`,
      en: `“${path}” is not a file.`,
    }),
    fix: () => ({
      fr: 'Donnez le chemin d’un fichier .wim ou .esd.',
      en: 'Give the path of a .wim or .esd file.',
    }),
  },
  SOURCE_CHANGED: {
    status: 409,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » a changé depuis qu’il a été lu.`,
      en: `“${fileName}” has changed since it was read.`,
    }),
    fix: () => ({ fr: 'Importez-le de nouveau.', en: 'Import it again.' }),
  },
  SERVER_DISK_FULL: {
    status: 507,
    message: () => ({ fr: 'Le disque du serveur est plein.', en: 'The server’s disk is full.' }),
    fix: makeRoom,
  },
  NO_SPACE: {
    status: 507,
    message: ({ neededBytes, freeBytes }: { neededBytes: number; freeBytes: number }) => ({
      fr: `Il faut ${amount(neededBytes, formatBytes).fr} et il reste ${amount(freeBytes, formatBytes).fr} sur le disque du serveur.`,
      en: `${amount(neededBytes, formatBytes).en} are needed and ${amount(freeBytes, formatBytes).en} are left on the server’s disk.`,
    }),
    fix: makeRoom,
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    message: ({ sizeBytes }: { sizeBytes: number }) => ({
      fr: `L’envoi dépasse la taille annoncée (${amount(sizeBytes, formatBytes).fr}).`,
      en: `The upload is larger than announced (${amount(sizeBytes, formatBytes).en}).`,
    }),
    fix: () => ({ fr: 'Recommencez l’envoi du fichier.', en: 'Upload the file again.' }),
  },
  UPLOAD_OFFSET: {
    status: 409,
    message: ({ expectedOffset }: { expectedOffset: number }) => ({
      fr: `L’envoi doit reprendre à l’octet ${expectedOffset}.`,
      en: `The upload has to go on at byte ${expectedOffset}.`,
    }),
    fix: () => ({ fr: 'Reprenez à cet endroit.', en: 'Go on from there.' }),
  },
  UPLOAD_COMPLETE: {
    status: 409,
    message: ({ fileName }: { fileName: string }) => ({
      fr: `« ${fileName} » est déjà reçu en entier.`,
      en: `“${fileName}” has already been received in full.`,
    }),
    fix: () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' }),
  },
  CATALOGUE_FAILED: {
    status: 500,
    message: () => ({
      fr: 'Le serveur n’a pas pu terminer ce travail sur l’image.',
      en: 'The server could not finish this work on the image.',
    }),
    fix: () => ({
      fr: 'Recommencez ; si cela se répète, le détail du journal dit pourquoi.',
      en: 'Try again; if it happens again, the detail in the log says why.',
    }),
  },
} satisfies Refusals

/** A day in words; a text that is no date is shown as it is. */
function day(value: string, locale: 'fr' | 'en'): string {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return value
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}
