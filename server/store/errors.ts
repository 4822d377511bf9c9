import type { Sentence } from '../../text/sentence.ts'
import { refusalsOf, type Refusals } from '../refusal/refusal.ts'

/**
 * What keeps a data folder or a database from being used: at the start as the operator's sentence, while the server runs
 * as the answer to a request, whose status tells an agent to come again.
 */
export const storeRefusals = {
  DATA_FOLDER_IN_USE: {
    status: 503,
    message: ({ folder, holder }: { folder: string; holder: Sentence }) => ({
      fr: `Un autre serveur Établi se sert du dossier des données ${folder} : ${holder.fr}.`,
      en: `Another Établi server is using the data folder ${folder}: ${holder.en}.`,
    }),
    fix: () => ({
      fr: 'Arrêtez-le d’abord, ou donnez à celui-ci un autre dossier par ETABLI_DATA_DIR. Rien n’a été changé.',
      en: 'Stop that one first, or give this one another folder by ETABLI_DATA_DIR. Nothing was changed.',
    }),
  },
  DATA_FOLDER_UNLOCKABLE: {
    status: 503,
    message: ({ folder, reason }: { folder: string; reason: string }) => ({
      fr: `Le système de fichiers de ${folder} ne sait pas verrouiller un fichier (${reason}).`,
      en: `The file system of ${folder} cannot lock a file (${reason}).`,
    }),
    fix: () => ({
      fr: 'Mettez le dossier des données sur un disque local, par ETABLI_DATA_DIR.',
      en: 'Put the data folder on a local disk, by ETABLI_DATA_DIR.',
    }),
  },
  DATA_FOLDER_NOT_WRITABLE: {
    status: 503,
    message: ({ folder, reason }: { folder: string; reason: string }) => ({
      fr: `Le serveur ne peut pas écrire dans le dossier des données ${folder} (${reason}).`,
      en: `The server cannot write to the data folder ${folder} (${reason}).`,
    }),
    fix: () => ({
      fr: 'Donnez ce dossier à l’utilisateur qui lance le serveur (chown), ou choisissez-en un autre par ETABLI_DATA_DIR.',
      en: 'Give that folder to the user who starts the server (chown), or choose another by ETABLI_DATA_DIR.',
    }),
  },
  DATA_FOLDER_FULL: {
    status: 507,
    message: ({ folder }: { folder: string }) => ({
      fr: `Le disque du dossier des données est plein (${folder}).`,
      en: `The disk of the data folder is full (${folder}).`,
    }),
    fix: () => ({
      fr: 'Libérez de la place (anciennes images, fichiers étrangers à Établi), puis recommencez ; rien n’est perdu.',
      en: 'Free some space (old images, files that are not Établi’s), then try again; nothing is lost.',
    }),
  },
  DATABASE_DAMAGED: {
    status: 503,
    message: ({ file, reason }: { file: string; reason: string }) => ({
      fr: `La base ${file} est abîmée (${reason}).`,
      en: `The database ${file} is damaged (${reason}).`,
    }),
    fix: ({ file }: { file: string }) => ({
      fr: `Serveur arrêté, mettez de côté ${file} et ses fichiers -wal et -shm, puis remettez une sauvegarde ; sans sauvegarde, « sqlite3 ${file} .recover » en sauve ce qui se lit.`,
      en: `With the server stopped, put ${file} and its -wal and -shm files aside, then put a backup in their place; without one, "sqlite3 ${file} .recover" saves what can still be read.`,
    }),
  },
  DATABASE_NEWER: {
    status: 503,
    message: ({ version }: { version: string }) => ({
      fr: `Une version plus récente d’Établi s’est servie de cette base (${version}).`,
      en: `A later version of Établi has used this database (${version}).`,
    }),
    fix: () => ({
      fr: 'Mettez ce serveur à jour, ou remettez la sauvegarde faite avant la mise à jour.',
      en: 'Update this server, or put back the backup made before the update.',
    }),
  },
  DATABASE_BUSY: {
    status: 503,
    message: ({ file }: { file: string }) => ({
      fr: `Un autre programme tient la base ${file} verrouillée.`,
      en: `Another program holds the database ${file} locked.`,
    }),
    fix: () => ({
      fr: 'Fermez ce programme (sauvegarde, éditeur de base), puis recommencez.',
      en: 'Close that program (a backup, a database editor), then try again.',
    }),
  },
  DATABASE_FAILED: {
    status: 503,
    message: ({ file, reason }: { file: string; reason: string }) => ({
      fr: `La base ${file} ne se laisse pas lire ou écrire (${reason}).`,
      en: `The database ${file} cannot be read or written (${reason}).`,
    }),
    fix: () => ({
      fr: 'Vérifiez le disque et les droits de ce fichier, puis recommencez.',
      en: 'Check the disk and the permissions of that file, then try again.',
    }),
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    message: ({ place, reason }: { place: string; reason: string }) => ({
      fr: `PostgreSQL ne répond pas sur ${place} (${reason}).`,
      en: `PostgreSQL does not answer at ${place} (${reason}).`,
    }),
    fix: () => ({
      fr: 'Vérifiez que PostgreSQL tourne et que DATABASE_URL donne son adresse.',
      en: 'Check that PostgreSQL runs and that DATABASE_URL gives its address.',
    }),
  },
  DATABASE_SIGN_IN_REFUSED: {
    status: 503,
    message: ({ place, reason }: { place: string; reason: string }) => ({
      fr: `PostgreSQL sur ${place} refuse la connexion (${reason}).`,
      en: `PostgreSQL at ${place} refuses the connection (${reason}).`,
    }),
    fix: () => ({
      fr: 'Corrigez l’utilisateur, le mot de passe ou la base dans DATABASE_URL, et donnez-lui le droit d’y créer des tables.',
      en: 'Correct the user, the password or the database in DATABASE_URL, and allow the user to create tables there.',
    }),
  },
  DATABASE_FULL: {
    status: 507,
    message: ({ place }: { place: string }) => ({
      fr: `Le disque de PostgreSQL est plein (${place}).`,
      en: `The disk of PostgreSQL is full (${place}).`,
    }),
    fix: () => ({
      fr: 'Libérez de la place là où tourne PostgreSQL, puis recommencez ; rien n’est perdu.',
      en: 'Free some space where PostgreSQL runs, then try again; nothing is lost.',
    }),
  },
  DATABASE_IN_USE: {
    status: 503,
    message: ({ place, holder }: { place: string; holder: Sentence }) => ({
      fr: `Un autre serveur Établi se sert de la base ${place} : ${holder.fr}.`,
      en: `Another Établi server is using the database ${place}: ${holder.en}.`,
    }),
    fix: () => ({
      fr: 'Un seul serveur par base pour le moment : arrêtez l’autre, ou donnez à celui-ci une autre base. Rien n’a été changé.',
      en: 'One server a database for now: stop the other, or give this one another database. Nothing was changed.',
    }),
  },
} satisfies Refusals

/** Why a data folder or a database cannot be used. */
export const storeRefusal = refusalsOf(storeRefusals)
