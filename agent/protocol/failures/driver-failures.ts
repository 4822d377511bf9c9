import type { Messages } from '../../../text/messages.ts'

/** Failures of installing drivers in Windows. */
export const driverFailures = {
  DRIVER_FAILED: {
    message: ({
      inf,
      pack,
      code,
      device,
      problem,
    }: {
      inf: string
      pack: string
      code: string
      device: string
      problem: string
    }) => ({
      fr: `Le pilote ${inf} du lot « ${pack} » ne s’installe pas (code ${code}), et « ${device} » ne marche pas : ${problem}.`,
      en: `The driver ${inf} of the pack "${pack}" does not install (code ${code}), and "${device}" does not work: ${problem}.`,
    }),
    fix: () => ({
      fr: 'Mettez dans le lot de pilotes celui du constructeur pour ce modèle et cette version de Windows, puis reprenez l’étape.',
      en: 'Put the maker’s driver for this model and this Windows into the driver pack, then retry the step.',
    }),
  },
  DEVICES_LEFT: {
    message: ({ count, devices }: { count: number; devices: string }) => ({
      fr: `Périphériques encore en défaut après l’installation des pilotes (${count}) : ${devices}.`,
      en: `Devices that still have a problem after the drivers were installed (${count}): ${devices}.`,
    }),
    fix: () => ({
      fr: 'Ajoutez leurs pilotes à un lot de pilotes, puis lancez une nouvelle préparation ; ou retirez « problemsStop » de l’étape.',
      en: 'Add their drivers to a driver pack, then start a new run; or take "problemsStop" out of the step.',
    }),
  },
} satisfies Messages
