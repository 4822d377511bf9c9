import { entry } from './failure-messages.ts'

/** Failures of setting up Windows. */
export const settingFailures = {
  SETTINGS_FAILED: entry<'settingsFr' | 'settingsEn'>(
    (p) => [
      `Ces réglages de Windows n’ont pas pu être faits : ${p.text('settingsFr')}. Les autres le sont.`,
      'Le détail donne les mots de Windows ; corrigez l’étape dans la séquence ou retirez-en ce que ce poste ne permet pas, puis reprenez.',
    ],
    (p) => [
      `These settings of Windows could not be made: ${p.text('settingsEn')}. The others are.`,
      'The detail has Windows’ own words; correct the step in the sequence, or take out what this machine does not allow, then retry.',
    ],
  ),
  COMPUTER_NAME_UNUSABLE: entry<'rule'>(
    (p) => [
      `« ${p.text('rule')} » ne donne pas à ce poste un nom que Windows accepte.`,
      'Un nom a 15 caractères au plus : lettres sans accent, chiffres et tirets, pas que des chiffres. Vérifiez aussi que le poste a un numéro de série.',
    ],
    (p) => [
      `"${p.text('rule')}" gives this machine no name that Windows takes.`,
      'A name has at most 15 characters: letters without accents, digits and hyphens, not digits alone. Check also that the machine has a serial number.',
    ],
  ),
}
