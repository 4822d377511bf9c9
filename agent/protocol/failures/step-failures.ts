import { entry } from './failure-messages.ts'

/** Failures any step may have. */
export const stepFailures = {
  COMMAND_FAILED: entry<'command' | 'code'>(
    (p) => [
      `La commande « ${p.text('command')} » a échoué (code ${p.text('code')}).`,
      'Lisez le journal de l’étape, corrigez la commande dans la séquence, puis reprenez.',
    ],
    (p) => [
      `The command "${p.text('command')}" failed (code ${p.text('code')}).`,
      'Read the step’s log, correct the command in the sequence, then retry.',
    ],
  ),
  PROGRAM_MISSING: entry<'program'>(
    (p) => [
      `Le programme ${p.text('program')} n’est pas dans l’environnement de préparation.`,
      'Mettez à jour l’environnement de préparation sur le serveur, puis redémarrez le poste sur le réseau.',
    ],
    (p) => [
      `The program ${p.text('program')} is not in the environment.`,
      'Update the environment on the server, then restart the machine from the network.',
    ],
  ),
  WINDOWS_PROGRAM_MISSING: entry<'program'>(
    (p) => [
      `Le programme ${p.text('program')} manque dans ce Windows.`,
      'Vérifiez que l’image est un Windows complet, puis refaites le poste avec elle ; une image allégée n’a pas ce qu’il faut.',
    ],
    (p) => [
      `The program ${p.text('program')} is missing in this Windows.`,
      'Check that the image is a complete Windows, then deploy the machine again; a stripped-down image lacks what is needed.',
    ],
  ),
  SCRIPT_FAILED: entry<'script'>(
    (p) => [
      `Le script « ${p.text('script')} » d’Établi a échoué dans Windows.`,
      'Reprenez l’étape ; si l’échec se répète, le journal de l’étape donne les mots de PowerShell.',
    ],
    (p) => [
      `Etabli's script "${p.text('script')}" failed in Windows.`,
      'Retry the step; if it fails again, the log of the step has PowerShell’s own words.',
    ],
  ),
  SECRET_MISSING: entry<'name'>(
    (p) => [
      `Le secret « ${p.text('name')} » n’est pas réglé sur le serveur.`,
      'Ajoutez-le à « secrets.yaml » dans le dossier de données du serveur, puis reprenez l’étape.',
    ],
    (p) => [
      `The secret "${p.text('name')}" is not set on the server.`,
      'Add it to "secrets.yaml" in the data folder of the server, then retry the step.',
    ],
  ),
  INPUT_INVALID: entry<'step'>(
    (p) => [
      `Les réglages de l’étape « ${p.text('step')} » ne sont pas valables.`,
      'Corrigez l’étape dans la séquence, puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The settings of the step "${p.text('step')}" are not valid.`,
      'Correct the step in the sequence, then start a new run.',
    ],
  ),
  STEP_UNKNOWN: entry<'step'>(
    (p) => [
      `Ce poste ne connaît pas l’étape « ${p.text('step')} ».`,
      'Redémarrez le poste sur le réseau pour qu’il prenne la version actuelle de l’environnement.',
    ],
    (p) => [
      `This machine does not know the step "${p.text('step')}".`,
      'Restart the machine from the network, so that it takes the current environment.',
    ],
  ),
  STEP_CANCELLED: entry<'step' | 'reason'>(
    (p) => [
      `L’étape « ${p.text('step')} » a été arrêtée (${p.text('reason')}).`,
      'Lancez une nouvelle préparation quand vous le voulez.',
    ],
    (p) => [`The step "${p.text('step')}" was stopped (${p.text('reason')}).`, 'Start a new run whenever you like.'],
  ),
  STEP_CRASHED: entry<'step'>(
    (p) => [
      `L’étape « ${p.text('step')} » s’est arrêtée sur une erreur imprévue.`,
      'Reprenez l’étape ; si cela se répète, envoyez le journal de la préparation aux auteurs d’Etabli.',
    ],
    (p) => [
      `The step "${p.text('step')}" ended with an unexpected error.`,
      'Retry the step; if it happens again, send the run’s log to the authors of Etabli.',
    ],
  ),
  RESULT_REFUSED: entry<'step' | 'status'>(
    (p) => [
      `Le serveur a refusé le résultat de l’étape « ${p.text('step')} » (statut ${p.text('status')}).`,
      'Mettez le serveur et l’environnement à la même version, puis reprenez l’étape.',
    ],
    (p) => [
      `The server refused the result of the step "${p.text('step')}" (status ${p.text('status')}).`,
      'Bring server and environment to the same version, then retry the step.',
    ],
  ),
}
