import { entry } from './failure-messages.ts'

/** Failures of removing apps. */
export const appsFailures = {
  APPS_NOT_REMOVED: entry<'profile' | 'count'>(
    (p) => [
      `Rien de ce que nomme le profil « ${p.text('profile')} » n’a pu être retiré (${p.text('count')} échecs).`,
      'Redémarrez le poste, puis reprenez l’étape ; si cela se répète, le journal de l’étape donne les mots de Windows.',
    ],
    (p) => [
      `Nothing that the profile "${p.text('profile')}" names could be removed (${p.text('count')} failures).`,
      'Restart the machine, then retry the step; if it happens again, the log of the step has Windows’ own words.',
    ],
  ),
  PROFILE_UNKNOWN: entry<'profile'>(
    (p) => [
      `Le profil de nettoyage « ${p.text('profile')} » n’a pas été donné à cette préparation.`,
      'Ajoutez-le au catalogue, puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The debloat profile "${p.text('profile')}" was not given to this run.`,
      'Add it to the catalogue, then start a new run.',
    ],
  ),
}
