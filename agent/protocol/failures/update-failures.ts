import { amount, type Messages } from '../../../text/messages.ts'
import { formatBytes } from '../../../text/quantities.ts'

/** Failures of updating Windows. */
export const updateFailures = {
  UPDATE_SEARCH_FAILED: {
    message: ({ code }: { code: number | string }) => ({
      fr: `Windows Update ne donne pas de réponse à la recherche de mises à jour (code ${code}).`,
      en: `Windows Update gives no answer to the search for updates (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Redémarrez le poste et reprenez l’étape ; si le code revient, cherchez-le chez Microsoft, ou passez les mises à jour par le catalogue.',
      en: 'Restart the machine and retry the step; if the code comes back, look it up at Microsoft, or bring the updates by the catalogue.',
    }),
  },
  UPDATE_SERVICE_OFF: {
    message: ({ code }: { code: number | string }) => ({
      fr: `Windows Update est désactivé sur ce poste, ou interdit par une stratégie (code ${code}).`,
      en: `Windows Update is switched off on this machine, or forbidden by a policy (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Remettez le service « wuauserv » en démarrage manuel et retirez la stratégie, puis reprenez l’étape.',
      en: 'Set the service "wuauserv" back to manual start and remove the policy, then retry the step.',
    }),
  },
  UPDATE_CLOCK_WRONG: {
    message: ({ code }: { code: number | string }) => ({
      fr: `La connexion sécurisée à Windows Update est refusée, sans doute parce que la date du poste est fausse (code ${code}).`,
      en: `The secure connection to Windows Update is refused, most likely because the machine’s date is wrong (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Réglez date et heure dans le BIOS ; si elles se perdent, changez la pile. Puis reprenez l’étape.',
      en: 'Set date and time in the firmware setup; if they get lost, change the battery. Then retry the step.',
    }),
  },
  UPDATE_DISK_FULL: {
    message: ({ free, needed }: { free: number; needed: number }) => ({
      fr: `Le disque est presque plein : ${amount(free, formatBytes).fr} libres, il en faut ${amount(needed, formatBytes).fr} pour les mises à jour.`,
      en: `The disk is nearly full: ${amount(free, formatBytes).en} free, and the updates need ${amount(needed, formatBytes).en}.`,
    }),
    fix: () => ({
      fr: 'Libérez de la place sur le disque du poste, ou montez un disque plus grand, puis reprenez l’étape.',
      en: 'Free space on the machine’s disk, or fit a larger one, then retry the step.',
    }),
  },
} satisfies Messages
