import { entry } from './failure-messages.ts'

/** Failures of updating Windows. */
export const updateFailures = {
  UPDATE_SEARCH_FAILED: entry<'code'>(
    (p) => [
      `Windows Update ne donne pas de réponse à la recherche de mises à jour (code ${p.text('code')}).`,
      'Redémarrez le poste et reprenez l’étape ; si le code revient, cherchez-le chez Microsoft, ou passez les mises à jour par le catalogue.',
    ],
    (p) => [
      `Windows Update gives no answer to the search for updates (code ${p.text('code')}).`,
      'Restart the machine and retry the step; if the code comes back, look it up at Microsoft, or bring the updates by the catalogue.',
    ],
  ),
  UPDATE_SERVICE_OFF: entry<'code'>(
    (p) => [
      `Windows Update est désactivé sur ce poste, ou interdit par une stratégie (code ${p.text('code')}).`,
      'Remettez le service « wuauserv » en démarrage manuel et retirez la stratégie, puis reprenez l’étape.',
    ],
    (p) => [
      `Windows Update is switched off on this machine, or forbidden by a policy (code ${p.text('code')}).`,
      'Set the service "wuauserv" back to manual start and remove the policy, then retry the step.',
    ],
  ),
  UPDATE_CLOCK_WRONG: entry<'code'>(
    (p) => [
      `La connexion sécurisée à Windows Update est refusée, sans doute parce que la date du poste est fausse (code ${p.text('code')}).`,
      'Réglez date et heure dans le BIOS ; si elles se perdent, changez la pile. Puis reprenez l’étape.',
    ],
    (p) => [
      `The secure connection to Windows Update is refused, most likely because the machine’s date is wrong (code ${p.text('code')}).`,
      'Set date and time in the firmware setup; if they get lost, change the battery. Then retry the step.',
    ],
  ),
  UPDATE_DISK_FULL: entry<'free' | 'needed'>(
    (p) => [
      `Le disque est presque plein : ${p.bytes('free')} libres, il en faut ${p.bytes('needed')} pour les mises à jour.`,
      'Libérez de la place sur le disque du poste, ou montez un disque plus grand, puis reprenez l’étape.',
    ],
    (p) => [
      `The disk is nearly full: ${p.bytes('free')} free, and the updates need ${p.bytes('needed')}.`,
      'Free space on the machine’s disk, or fit a larger one, then retry the step.',
    ],
  ),
}
