import type { RefusalWords } from '../refusal.ts'

export const machineRefusals: RefusalWords = {
  MACHINE_UNKNOWN: {
    status: 404,
    message: ({ id = '' }) => ({ fr: `Cette machine est inconnue : ${id}.`, en: `There is no such machine: ${id}.` }),
    fix: () => ({
      fr: 'Rechargez la page ; la machine apparaît dès qu’elle démarre sur le réseau.',
      en: 'Reload the page; the machine appears as soon as it boots from the network.',
    }),
  },
}
