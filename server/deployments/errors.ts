import type { RefusalWords } from '../refusal.ts'

const text = (value: unknown): string => String(value ?? '')
const meantFr = (value: unknown): string => (text(value) === '' ? '' : ` Vouliez-vous dire « ${text(value)} » ?`)
const meantEn = (value: unknown): string => (text(value) === '' ? '' : ` Did you mean "${text(value)}"?`)

export const deploymentRefusals: RefusalWords = {
  RUN_UNKNOWN: {
    status: 404,
    message: () => ({ fr: 'Cette préparation n’existe pas.', en: 'There is no such deployment.' }),
    fix: () => ({ fr: 'Rechargez la page.', en: 'Reload the page.' }),
  },
  RUN_OVER: {
    status: 409,
    message: () => ({ fr: 'Cette préparation est déjà terminée.', en: 'This deployment is over already.' }),
    fix: () => ({ fr: 'Lancez-en une nouvelle depuis l’atelier.', en: 'Start a new one from the bench.' }),
  },
  RUN_NOT_STOPPED: {
    status: 409,
    message: () => ({ fr: 'Cette préparation est en cours.', en: 'This deployment is going on.' }),
    fix: () => ({
      fr: 'Attendez qu’elle s’arrête, ou annulez-la et lancez-en une nouvelle.',
      en: 'Wait until it stops, or cancel it and start a new one.',
    }),
  },
  STEP_NOT_IN_RUN: {
    status: 404,
    message: ({ stepId }) => ({
      fr: `Cette préparation n’a pas d’étape « ${text(stepId)} ».`,
      en: `This deployment has no step "${text(stepId)}".`,
    }),
    fix: () => ({ fr: 'Rechargez la page et choisissez une étape.', en: 'Reload the page and choose a step.' }),
  },
  STEP_NOT_REACHED: {
    status: 409,
    message: () => ({
      fr: 'On ne peut pas reprendre à une étape qui vient après celle qui a échoué.',
      en: 'A deployment cannot be taken up at a step after the one that failed.',
    }),
    fix: () => ({
      fr: 'Reprenez à l’étape qui a échoué ou à une étape avant elle.',
      en: 'Retry from the step that failed, or one before it.',
    }),
  },
  MACHINE_BUSY: {
    status: 409,
    message: () => ({
      fr: 'Une préparation est déjà en cours sur un des postes.',
      en: 'A deployment is already going on on one of the machines.',
    }),
    fix: () => ({
      fr: 'Attendez sa fin ou annulez-la ; aucun poste n’a été lancé.',
      en: 'Wait for its end or cancel it; no machine was started.',
    }),
  },
  MACHINE_NOT_DEPLOYABLE: {
    status: 409,
    message: () => ({
      fr: 'Un des postes est réservé, livré ou sorti du stock : il ne sera pas effacé.',
      en: 'One of the machines is reserved, delivered or retired: it will not be erased.',
    }),
    fix: () => ({
      fr: 'Remettez d’abord sa fiche de stock sur « reçue » ou « assemblée », avec la raison.',
      en: 'First move its stock record back to "received" or "assembled", with the reason.',
    }),
  },
  SEQUENCE_UNKNOWN: {
    status: 404,
    message: ({ id }) => ({
      fr: `La séquence « ${text(id)} » n’existe pas.`,
      en: `There is no sequence "${text(id)}".`,
    }),
    fix: () => ({ fr: 'Choisissez-en une dans la liste.', en: 'Choose one from the list.' }),
  },
  SEQUENCE_INVALID: {
    status: 422,
    message: ({ id, line, column, fr, en }) => ({
      fr: `La séquence « ${text(id)} » a une erreur, ligne ${text(line)}, colonne ${text(column)} : ${text(fr)}`,
      en: `The sequence "${text(id)}" has a mistake, line ${text(line)}, column ${text(column)}: ${text(en)}`,
    }),
    fix: () => ({ fr: 'Corrigez le fichier, puis relancez.', en: 'Mend the file, then start again.' }),
  },
  SEQUENCE_ID_INVALID: {
    status: 422,
    message: () => ({
      fr: 'Le nom de fichier d’une séquence a de 1 à 64 lettres sans accent, chiffres, « - », « _ » ou « . ».',
      en: 'A sequence’s file name has 1 to 64 plain letters, digits, "-", "_" or ".".',
    }),
    fix: () => ({ fr: 'Choisissez un autre nom.', en: 'Choose another name.' }),
  },
  SEQUENCE_TOO_LARGE: {
    status: 413,
    message: ({ limit }) => ({
      fr: `La séquence est trop grande : ${text(limit)} Kio au plus.`,
      en: `The sequence is too large: ${text(limit)} KiB at most.`,
    }),
    fix: () => ({
      fr: 'Mettez les longs scripts dans un fichier à part.',
      en: 'Put long scripts into a file of their own.',
    }),
  },
  IMAGE_UNKNOWN: {
    status: 422,
    message: ({ id }) => ({
      fr: `L’image « ${text(id)} » n’est pas dans le catalogue.`,
      en: `The image "${text(id)}" is not in the catalogue.`,
    }),
    fix: () => ({
      fr: 'Importez-la, ou choisissez-en une autre.',
      en: 'Import it, or choose another one.',
    }),
  },
  IMAGE_REQUIRED: {
    status: 422,
    message: ({ sequence }) => ({
      fr: `La séquence « ${text(sequence)} » met une image sur le disque : laquelle ?`,
      en: `The sequence "${text(sequence)}" puts an image on the disk: which one?`,
    }),
    fix: () => ({ fr: 'Choisissez une image.', en: 'Choose an image.' }),
  },
  IMAGE_MISFIT: {
    status: 422,
    message: ({ image, wanted }) => ({
      fr: `L’image « ${text(image)} » n’est pas ce que veut la séquence (${text(wanted)}).`,
      en: `The image "${text(image)}" is not what the sequence is for (${text(wanted)}).`,
    }),
    fix: () => ({
      fr: 'Choisissez une autre image, ou une autre séquence.',
      en: 'Choose another image, or another sequence.',
    }),
  },
  IMAGE_FITTING_MISSING: {
    status: 422,
    message: ({ sequence, wanted }) => ({
      fr: `Aucune image du catalogue ne convient à la séquence « ${text(sequence)} » (${text(wanted)}).`,
      en: `No image in the catalogue is right for the sequence "${text(sequence)}" (${text(wanted)}).`,
    }),
    fix: () => ({
      fr: 'Importez l’ISO de ce Windows dans le catalogue et choisissez cette édition.',
      en: 'Import the ISO of this Windows into the catalogue and choose that edition.',
    }),
  },
  VARIABLE_REQUIRED: {
    status: 422,
    message: ({ name }) => ({
      fr: `La variable « ${text(name)} » n’a pas de valeur.`,
      en: `The variable "${text(name)}" has no value.`,
    }),
    fix: () => ({ fr: 'Donnez-la au lancement.', en: 'Give it when you start.' }),
  },
  VARIABLE_UNKNOWN: {
    status: 422,
    message: ({ name, suggestion }) => ({
      fr: `La séquence n’a pas de variable « ${text(name)} ».${meantFr(suggestion)}`,
      en: `The sequence has no variable "${text(name)}".${meantEn(suggestion)}`,
    }),
    fix: () => ({
      fr: 'Déclarez-la dans la séquence, ou ne la donnez pas.',
      en: 'Declare it in the sequence, or do not give it.',
    }),
  },
  INPUT_WRONG: {
    status: 422,
    message: ({ type, key, fr, en }) => ({
      fr: `Avec ces variables, « ${text(key)} » de l’étape ${text(type)} n’est pas ${text(fr) === '' ? 'correct' : text(fr)}.`,
      en: `With these variables, "${text(key)}" of the step ${text(type)} is not ${text(en) === '' ? 'right' : text(en)}.`,
    }),
    fix: () => ({ fr: 'Corrigez la valeur de la variable.', en: 'Mend the value of the variable.' }),
  },
  WINDOWS_AGENT_NOT_BUILT: {
    status: 503,
    message: ({ folder }) => ({
      fr: `L’agent pour Windows n’est pas sur le serveur (${text(folder)}) : la préparation ne pourrait pas continuer dans Windows.`,
      en: `The agent for Windows is not on the server (${text(folder)}): the deployment could not go on in Windows.`,
    }),
    fix: () => ({
      fr: 'Redémarrez le serveur par « npm start » avec un accès à Internet : il fabrique l’agent, ou dit pourquoi il ne le peut pas.',
      en: 'Restart the server with "npm start" and access to the Internet: it builds the agent, or says why it cannot.',
    }),
  },
  PLAN_EMPTY: {
    status: 422,
    message: () => ({
      fr: 'Aucune étape de la séquence ne concerne ce poste : toutes les conditions sont fausses.',
      en: 'No step of the sequence is for this machine: no condition holds.',
    }),
    fix: () => ({
      fr: 'Revoyez les conditions « when » ou les variables.',
      en: 'Look at the "when" conditions or the variables again.',
    }),
  },
}
