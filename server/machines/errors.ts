import { refusalsOf, type Refusals } from '../refusal/refusal.ts'

export const machineRefusals = {
  MACHINE_UNKNOWN: {
    status: 404,
    message: ({ id }: { id: string }) => ({
      fr: `Ce poste est inconnu : ${id}.`,
      en: `There is no such machine: ${id}.`,
    }),
    fix: () => ({
      fr: 'Rechargez la page ; un poste apparaît dès qu’il démarre sur le réseau.',
      en: 'Reload the page; a machine appears as soon as it boots from the network.',
    }),
  },
  MACHINE_HAS_RUN: {
    status: 409,
    message: ({ label }: { label: string }) => ({
      fr: `Une préparation est en cours sur « ${label} » : sa fiche ne peut pas disparaître maintenant.`,
      en: `A run is going on on "${label}": its record cannot go away now.`,
    }),
    fix: () => ({
      fr: 'Attendez la fin de la préparation ou annulez-la, puis recommencez.',
      en: 'Wait for the end of the run or cancel it, then try again.',
    }),
  },
  MACHINE_IN_DOUBT: {
    status: 409,
    message: ({ label, other }: { label: string; other: string }) => ({
      fr: `On ne sait pas encore si « ${label} » et « ${other} » sont un seul poste ou deux : rien n’est lancé.`,
      en: `It is not known yet whether "${label}" and "${other}" are one machine or two: nothing is started.`,
    }),
    fix: () => ({
      fr: 'Comparez les deux sur la page du poste et décidez : un seul poste, ou deux.',
      en: 'Compare the two on the machine’s page and decide: one machine, or two.',
    }),
  },
  DOUBT_UNKNOWN: {
    status: 404,
    message: () => ({
      fr: 'Il n’y a rien à décider entre ces deux postes.',
      en: 'There is nothing to decide between these two machines.',
    }),
    fix: () => ({
      fr: 'Rechargez la page ; quelqu’un a peut-être déjà décidé.',
      en: 'Reload the page; perhaps somebody has decided already.',
    }),
  },
  MACHINE_NAME_INVALID: {
    status: 422,
    message: () => ({
      fr: 'Un nom de poste a de 1 à 64 caractères.',
      en: 'A machine’s name has 1 to 64 characters.',
    }),
    fix: () => ({
      fr: 'Donnez un nom plus court, ou aucun pour revenir au numéro de série.',
      en: 'Give a shorter name, or none to go back to the serial number.',
    }),
  },
} satisfies Refusals

/** A refusal about a machine. */
export const machineRefusal = refusalsOf(machineRefusals)
