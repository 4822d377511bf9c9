import type { Messages } from '../../../text/messages.ts'

/** Failures any step may have. */
export const stepFailures = {
  COMMAND_FAILED: {
    message: ({ command, code }: { command: string; code: number | string }) => ({
      fr: `La commande « ${command} » a échoué (code ${code}).`,
      en: `The command "${command}" failed (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Lisez le journal de l’étape, corrigez la commande dans la séquence, puis reprenez.',
      en: 'Read the step’s log, correct the command in the sequence, then retry.',
    }),
  },
  PROGRAM_MISSING: {
    message: ({ program }: { program: string }) => ({
      fr: `Le programme ${program} n’est pas dans l’environnement de préparation.`,
      en: `The program ${program} is not in the environment.`,
    }),
    fix: () => ({
      fr: 'Mettez à jour l’environnement de préparation sur le serveur, puis redémarrez le poste sur le réseau.',
      en: 'Update the environment on the server, then restart the machine from the network.',
    }),
  },
  WINDOWS_PROGRAM_MISSING: {
    message: ({ program }: { program: string }) => ({
      fr: `Le programme ${program} manque dans ce Windows.`,
      en: `The program ${program} is missing in this Windows.`,
    }),
    fix: () => ({
      fr: 'Vérifiez que l’image est un Windows complet, puis refaites le poste avec elle ; une image allégée n’a pas ce qu’il faut.',
      en: 'Check that the image is a complete Windows, then deploy the machine again; a stripped-down image lacks what is needed.',
    }),
  },
  SCRIPT_FAILED: {
    message: ({ script }: { script: string }) => ({
      fr: `Le script « ${script} » d’Établi a échoué dans Windows.`,
      en: `Établi’s script "${script}" failed in Windows.`,
    }),
    fix: () => ({
      fr: 'Reprenez l’étape ; si l’échec se répète, le journal de l’étape donne les mots de PowerShell.',
      en: 'Retry the step; if it fails again, the log of the step has PowerShell’s own words.',
    }),
  },
  SECRET_MISSING: {
    message: ({ name }: { name: string }) => ({
      fr: `Le secret « ${name} » n’est pas réglé sur le serveur.`,
      en: `The secret "${name}" is not set on the server.`,
    }),
    fix: () => ({
      fr: 'Ajoutez-le à « secrets.yaml » dans le dossier de données du serveur, sous le numéro de série du poste s’il diffère de poste en poste, puis reprenez l’étape.',
      en: 'Add it to "secrets.yaml" in the data folder of the server, below the serial number of the machine if it differs from one to the next, then retry the step.',
    }),
  },
  INPUT_INVALID: {
    message: ({ step }: { step: string }) => ({
      fr: `Les réglages de l’étape « ${step} » ne sont pas valables.`,
      en: `The settings of the step "${step}" are not valid.`,
    }),
    fix: () => ({
      fr: 'Corrigez l’étape dans la séquence, puis lancez une nouvelle préparation.',
      en: 'Correct the step in the sequence, then start a new run.',
    }),
  },
  STEP_UNKNOWN: {
    message: ({ step }: { step: string }) => ({
      fr: `Ce poste ne connaît pas l’étape « ${step} ».`,
      en: `This machine does not know the step "${step}".`,
    }),
    fix: () => ({
      fr: 'Redémarrez le poste sur le réseau pour qu’il prenne la version actuelle de l’environnement.',
      en: 'Restart the machine from the network, so that it takes the current environment.',
    }),
  },
  STEP_CANCELLED: {
    message: ({ step, reason }: { step: string; reason: string }) => ({
      fr: `L’étape « ${step} » a été arrêtée (${reason}).`,
      en: `The step "${step}" was stopped (${reason}).`,
    }),
    fix: () => ({
      fr: 'Lancez une nouvelle préparation quand vous le voulez.',
      en: 'Start a new run whenever you like.',
    }),
  },
  STEP_CRASHED: {
    message: ({ step }: { step: string }) => ({
      fr: `L’étape « ${step} » s’est arrêtée sur une erreur imprévue.`,
      en: `The step "${step}" ended with an unexpected error.`,
    }),
    fix: () => ({
      fr: 'Reprenez l’étape ; si cela se répète, envoyez le journal de la préparation aux auteurs d’Établi.',
      en: 'Retry the step; if it happens again, send the run’s log to the authors of Établi.',
    }),
  },
  RESULT_REFUSED: {
    message: ({ step, status }: { step: string; status: number }) => ({
      fr: `Le serveur a refusé le résultat de l’étape « ${step} » (statut ${status}).`,
      en: `The server refused the result of the step "${step}" (status ${status}).`,
    }),
    fix: () => ({
      fr: 'Mettez le serveur et l’environnement à la même version, puis reprenez l’étape.',
      en: 'Bring server and environment to the same version, then retry the step.',
    }),
  },
} satisfies Messages
