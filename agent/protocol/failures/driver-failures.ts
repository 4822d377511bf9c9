import { entry } from './failure-messages.ts'

/** Failures of installing drivers in Windows. */
export const driverFailures = {
  DRIVER_FAILED: entry<'inf' | 'pack' | 'code' | 'device' | 'problem'>(
    (p) => [
      `Le pilote ${p.text('inf')} du lot « ${p.text('pack')} » ne s’installe pas (code ${p.text('code')}), et « ${p.text('device')} » ne marche pas : ${p.text('problem')}.`,
      'Mettez dans le lot de pilotes celui du constructeur pour ce modèle et cette version de Windows, puis reprenez l’étape.',
    ],
    (p) => [
      `The driver ${p.text('inf')} of the pack "${p.text('pack')}" does not install (code ${p.text('code')}), and "${p.text('device')}" does not work: ${p.text('problem')}.`,
      'Put the maker’s driver for this model and this Windows into the driver pack, then retry the step.',
    ],
  ),
  DEVICES_LEFT: entry<'count' | 'devices'>(
    (p) => [
      `Périphériques encore en défaut après l’installation des pilotes (${p.text('count')}) : ${p.text('devices')}.`,
      'Ajoutez leurs pilotes à un lot de pilotes, puis lancez une nouvelle préparation ; ou retirez « problemsStop » de l’étape.',
    ],
    (p) => [
      `Devices that still have a problem after the drivers were installed (${p.text('count')}): ${p.text('devices')}.`,
      'Add their drivers to a driver pack, then start a new run; or take "problemsStop" out of the step.',
    ],
  ),
}
