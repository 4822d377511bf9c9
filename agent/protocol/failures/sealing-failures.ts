import type { Messages } from '../../../text/messages.ts'

/** Failures of closing Windows for its owner. */
export const sealingFailures = {
  SEAL_RESTART_PENDING: {
    message: ({ reasons }: { reasons: string }) => ({
      fr: `Windows attend encore un redémarrage ou termine une mise à jour (${reasons}) : il ne peut pas être scellé.`,
      en: `Windows still waits for a restart, or is finishing an update (${reasons}): it cannot be sealed.`,
    }),
    fix: () => ({
      fr: 'Laissez Windows finir, éteignez et rallumez le poste, puis reprenez l’étape.',
      en: 'Let Windows finish, switch the machine off and on, then retry the step.',
    }),
  },
  SEAL_ENCRYPTED: {
    message: ({ drive }: { drive: string }) => ({
      fr: `Le lecteur ${drive} est chiffré : Windows ne peut pas être scellé pour son client.`,
      en: `Drive ${drive} is encrypted: Windows cannot be sealed for its customer.`,
    }),
    fix: () => ({
      fr: 'L’agent n’a pas pu le déchiffrer. Sur le poste, ouvrez le compte d’atelier (sans mot de passe), désactivez « Chiffrement de l’appareil » dans les Paramètres, puis reprenez l’étape.',
      en: 'The agent could not decrypt it. On the machine, sign in with the workshop’s account (no password), turn "Device encryption" off in Settings, then retry the step.',
    }),
  },
  SEAL_ANSWER_FILE_LEFT: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier de réponses ${file} n’a pas pu être supprimé : il peut contenir un mot de passe.`,
      en: `The answer file ${file} could not be deleted: it may hold a password.`,
    }),
    fix: () => ({
      fr: 'Reprenez l’étape. Si cela se répète, préparez le poste de nouveau : il ne doit pas partir ainsi.',
      en: 'Retry the step. If it happens again, prepare the machine anew: it must not leave like this.',
    }),
  },
  SEAL_ACCOUNT_MISSING: {
    message: ({ name }: { name: string }) => ({
      fr: `Le compte « ${name} » n’est pas sur ce poste : il ne peut pas rester à son propriétaire.`,
      en: `The account "${name}" is not on this machine: it cannot stay for its owner.`,
    }),
    fix: () => ({
      fr: 'Créez le compte sur le poste, ou lancez une séquence qui scelle pour le client.',
      en: 'Make the account on the machine, or start a sequence that seals for the customer.',
    }),
  },
  SEAL_ACCOUNT_IN_USE: {
    message: ({ name }: { name: string }) => ({
      fr: `Le compte d’atelier « ${name} » est encore ouvert : il ne peut pas être retiré.`,
      en: `The workshop's account "${name}" is still signed in: it cannot be removed.`,
    }),
    fix: () => ({
      fr: 'Éteignez et rallumez le poste, puis reprenez l’étape.',
      en: 'Switch the machine off and on, then retry the step.',
    }),
  },
  SEAL_NO_SESSION: {
    message: ({ name }: { name: string }) => ({
      fr: `Sysprep doit tourner dans la session d’un administrateur, et « ${name} » n’a pas pu être ouvert.`,
      en: `Sysprep has to run in an administrator’s session, and "${name}" could not be signed in.`,
    }),
    fix: () => ({
      fr: 'Sur le poste, ouvrez ce compte (sans mot de passe), attendez le bureau, puis reprenez l’étape.',
      en: 'On the machine, sign in with this account (no password), wait for the desktop, then retry the step.',
    }),
  },
  SEAL_SYSPREP_FAILED: {
    message: ({ code }: { code: number | string }) => ({
      fr: `Sysprep n’a pas pu préparer Windows pour son propriétaire (code ${code}).`,
      en: `Sysprep could not make Windows ready for its owner (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Le détail donne les erreurs de Sysprep (System32\\Sysprep\\Panther\\setupact.log). Elles se sont produites deux fois ; le compte d’atelier est encore là et s’ouvre sans mot de passe. Corrigez-les sur le poste, puis reprenez l’étape.',
      en: 'The detail has Sysprep’s own errors (System32\\Sysprep\\Panther\\setupact.log). They came twice; the workshop’s account is still there and opens without a password. Mend them on the machine, then retry the step.',
    }),
  },
  SEAL_SYSPREP_STALLED: {
    message: () => ({ fr: 'Sysprep n’avance plus ; il a été arrêté.', en: 'Sysprep makes no progress; it was ended.' }),
    fix: () => ({
      fr: 'Éteignez et rallumez le poste, attendez que Windows Update ait fini, puis reprenez l’étape.',
      en: 'Switch the machine off and on, wait until Windows Update has finished, then retry the step.',
    }),
  },
} satisfies Messages
