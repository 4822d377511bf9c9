import type { Messages } from '../../../text/messages.ts'

/** Failures of closing Windows for its owner. */
export const sealingFailures = {
  SEAL_RESTART_PENDING: {
    message: ({ reasons }: { reasons: string }) => ({
      fr: `Windows attend encore un redémarrage ou termine une mise à jour (${reasons}) : il ne peut pas être scellé.`,
      en: `Windows still waits for a restart, or is finishing an update (${reasons}): it cannot be sealed.`,
    }),
    fix: () => ({
      fr: 'Laissez Windows finir, redémarrez le poste, puis reprenez l’étape.',
      en: 'Let Windows finish, restart the machine, then retry the step.',
    }),
  },
  SEAL_ENCRYPTED: {
    message: ({ drive }: { drive: string }) => ({
      fr: `Le lecteur ${drive} est chiffré : Windows ne peut pas être scellé pour son client.`,
      en: `Drive ${drive} is encrypted: Windows cannot be sealed for its customer.`,
    }),
    fix: () => ({
      fr: 'Désactivez le chiffrement de l’appareil (« manage-bde -off » suivi du lecteur), attendez la fin du déchiffrement, puis reprenez l’étape.',
      en: 'Turn device encryption off ("manage-bde -off" and the drive), wait for the end of the decryption, then retry the step.',
    }),
  },
  SEAL_ANSWER_FILE_LEFT: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier de réponses ${file} n’a pas pu être supprimé : il peut contenir un mot de passe.`,
      en: `The answer file ${file} could not be deleted: it may hold a password.`,
    }),
    fix: () => ({
      fr: 'Supprimez-le sur le poste, puis reprenez l’étape.',
      en: 'Delete it on the machine, then retry the step.',
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
      fr: 'Fermez sa session sur le poste, puis reprenez l’étape.',
      en: 'Sign it out on the machine, then retry the step.',
    }),
  },
  SEAL_SYSPREP_FAILED: {
    message: ({ code }: { code: number | string }) => ({
      fr: `Sysprep n’a pas pu préparer Windows pour son propriétaire (code ${code}).`,
      en: `Sysprep could not make Windows ready for its owner (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Le détail donne les erreurs de Sysprep (System32\\Sysprep\\Panther\\setupact.log). Redémarrez le poste, puis reprenez l’étape.',
      en: 'The detail has Sysprep’s own errors (System32\\Sysprep\\Panther\\setupact.log). Restart the machine, then retry the step.',
    }),
  },
  SEAL_SYSPREP_STALLED: {
    message: () => ({ fr: 'Sysprep n’avance plus ; il a été arrêté.', en: 'Sysprep makes no progress; it was ended.' }),
    fix: () => ({
      fr: 'Redémarrez le poste, vérifiez que Windows Update n’installe rien, puis reprenez l’étape.',
      en: 'Restart the machine, check that Windows Update is not installing anything, then retry the step.',
    }),
  },
} satisfies Messages
