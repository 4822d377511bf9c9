import type { Messages } from '../../../text/messages.ts'

/** Failures of removing apps. */
export const appsFailures = {
  APPS_NOT_REMOVED: {
    message: ({ profile, count }: { profile: string; count: number }) => ({
      fr: `Rien de ce que nomme le profil « ${profile} » n’a pu être retiré (échecs : ${count}).`,
      en: `Nothing that the profile "${profile}" names could be removed (failures: ${count}).`,
    }),
    fix: () => ({
      fr: 'Redémarrez le poste, puis reprenez l’étape ; si cela se répète, le journal de l’étape donne les mots de Windows.',
      en: 'Restart the machine, then retry the step; if it happens again, the log of the step has Windows’ own words.',
    }),
  },
  PROFILE_UNKNOWN: {
    message: ({ profile }: { profile: string }) => ({
      fr: `Le profil de nettoyage « ${profile} » n’a pas été donné à cette préparation.`,
      en: `The debloat profile "${profile}" was not given to this run.`,
    }),
    fix: () => ({
      fr: 'Ajoutez-le au catalogue, puis lancez une nouvelle préparation.',
      en: 'Add it to the catalogue, then start a new run.',
    }),
  },
} satisfies Messages
