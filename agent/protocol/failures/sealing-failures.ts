import { entry } from './failure-messages.ts'

/** Failures of closing Windows for its owner. */
export const sealingFailures = {
  SEAL_RESTART_PENDING: entry<'reasons'>(
    (p) => [
      `Windows attend encore un redémarrage ou termine une mise à jour (${p.text('reasons')}) : il ne peut pas être scellé.`,
      'Laissez Windows finir, redémarrez le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `Windows still waits for a restart, or is finishing an update (${p.text('reasons')}): it cannot be sealed.`,
      'Let Windows finish, restart the machine, then retry the step.',
    ],
  ),
  SEAL_ENCRYPTED: entry<'drive'>(
    (p) => [
      `Le lecteur ${p.text('drive')} est chiffré : Windows ne peut pas être scellé pour son client.`,
      'Désactivez le chiffrement de l’appareil (« manage-bde -off » suivi du lecteur), attendez la fin du déchiffrement, puis reprenez l’étape.',
    ],
    (p) => [
      `Drive ${p.text('drive')} is encrypted: Windows cannot be sealed for its customer.`,
      'Turn device encryption off ("manage-bde -off" and the drive), wait for the end of the decryption, then retry the step.',
    ],
  ),
  SEAL_ANSWER_FILE_LEFT: entry<'file'>(
    (p) => [
      `Le fichier de réponses ${p.text('file')} n’a pas pu être supprimé : il peut contenir un mot de passe.`,
      'Supprimez-le sur le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `The answer file ${p.text('file')} could not be deleted: it may hold a password.`,
      'Delete it on the machine, then retry the step.',
    ],
  ),
  SEAL_ACCOUNT_MISSING: entry<'name'>(
    (p) => [
      `Le compte « ${p.text('name')} » n’est pas sur ce poste : il ne peut pas rester à son propriétaire.`,
      'Créez le compte sur le poste, ou lancez une séquence qui scelle pour le client.',
    ],
    (p) => [
      `The account "${p.text('name')}" is not on this machine: it cannot stay for its owner.`,
      'Make the account on the machine, or start a sequence that seals for the customer.',
    ],
  ),
  SEAL_ACCOUNT_IN_USE: entry<'name'>(
    (p) => [
      `Le compte d’atelier « ${p.text('name')} » est encore ouvert : il ne peut pas être retiré.`,
      'Fermez sa session sur le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `The workshop's account "${p.text('name')}" is still signed in: it cannot be removed.`,
      'Sign it out on the machine, then retry the step.',
    ],
  ),
  SEAL_SYSPREP_FAILED: entry<'code'>(
    (p) => [
      `Sysprep n’a pas pu préparer Windows pour son propriétaire (code ${p.text('code')}).`,
      'Le détail donne les erreurs de Sysprep (System32\\Sysprep\\Panther\\setupact.log). Redémarrez le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `Sysprep could not make Windows ready for its owner (code ${p.text('code')}).`,
      'The detail has Sysprep’s own errors (System32\\Sysprep\\Panther\\setupact.log). Restart the machine, then retry the step.',
    ],
  ),
  SEAL_SYSPREP_STALLED: entry(
    () => [
      'Sysprep n’avance plus ; il a été arrêté.',
      'Redémarrez le poste, vérifiez que Windows Update n’installe rien, puis reprenez l’étape.',
    ],
    () => [
      'Sysprep makes no progress; it was ended.',
      'Restart the machine, check that Windows Update is not installing anything, then retry the step.',
    ],
  ),
}
