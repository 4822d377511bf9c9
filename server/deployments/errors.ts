import { didYouMean } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import { refusalsOf, type Refusals } from '../refusal/refusal.ts'

export const deploymentRefusals = {
  RUN_UNKNOWN: {
    status: 404,
    message: () => ({ fr: 'Cette préparation n’existe pas.', en: 'There is no such run.' }),
    fix: () => ({ fr: 'Rechargez la page.', en: 'Reload the page.' }),
  },
  RUN_OVER: {
    status: 409,
    message: () => ({ fr: 'Cette préparation est déjà terminée.', en: 'This run is over already.' }),
    fix: () => ({ fr: 'Lancez-en une nouvelle depuis l’atelier.', en: 'Start a new one from the bench.' }),
  },
  RUN_NOT_STOPPED: {
    status: 409,
    message: () => ({ fr: 'Cette préparation est en cours.', en: 'This run is going on.' }),
    fix: () => ({
      fr: 'Attendez qu’elle s’arrête, ou annulez-la et lancez-en une nouvelle.',
      en: 'Wait until it stops, or cancel it and start a new one.',
    }),
  },
  STEP_NOT_IN_RUN: {
    status: 404,
    message: ({ stepId }: { stepId: string }) => ({
      fr: `Cette préparation n’a pas d’étape « ${stepId} ».`,
      en: `This run has no step "${stepId}".`,
    }),
    fix: () => ({ fr: 'Rechargez la page et choisissez une étape.', en: 'Reload the page and choose a step.' }),
  },
  STEP_NOT_REACHED: {
    status: 409,
    message: () => ({
      fr: 'On ne peut pas reprendre à une étape qui vient après celle qui a échoué.',
      en: 'A run cannot be taken up at a step after the one that failed.',
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
      en: 'A run is already going on on one of the machines.',
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
      fr: 'Remettez d’abord sa fiche de stock à l’état « reçu » ou « monté », avec la raison.',
      en: 'First move its stock record back to "received" or "assembled", with the reason.',
    }),
  },
  AGENT_MISSING: {
    status: 409,
    message: ({ label }: { label: string }) => ({
      fr: `Aucun agent ne dort dans le Windows de « ${label} » : une séquence qui commence sous Windows n’y peut rien.`,
      en: `No agent sleeps in the Windows of "${label}": a sequence that begins in Windows can do nothing there.`,
    }),
    fix: () => ({
      fr: 'Choisissez une séquence qui démarre sur le réseau. Pour garder un agent, la préparation se termine par « seal: { agent: keep } ».',
      en: 'Choose a sequence that boots from the network. To keep an agent, a run ends with "seal: { agent: keep }".',
    }),
  },
  DISKS_UNKNOWN: {
    status: 409,
    message: ({ label }: { label: string }) => ({
      fr: `Les disques de « ${label} » ne sont pas connus : une préparation qui efface un disque ne peut pas y être lancée.`,
      en: `The disks of "${label}" are not known: no run that erases a disk can be started on it.`,
    }),
    fix: () => ({
      fr: 'Démarrez ce poste sur le réseau ; il décrit ses disques, puis relancez.',
      en: 'Start this machine from the network; it describes its disks, then start the run again.',
    }),
  },
  DISKS_NOT_SEEN: {
    status: 422,
    message: ({ label }: { label: string }) => ({
      fr: `Cette préparation efface un disque de « ${label} », et la demande ne dit pas quels disques on a vus.`,
      en: `This run erases a disk of "${label}", and the request does not say which disks were seen.`,
    }),
    fix: () => ({
      fr: 'Rechargez la page, puis relancez. Un programme envoie dans « disksSeen », pour chaque poste, le « disksRevision » que l’API donne avec ses disques.',
      en: 'Reload the page, then start again. A program sends in "disksSeen", for each machine, the "disksRevision" that the API gives with its disks.',
    }),
  },
  DISKS_CHANGED: {
    status: 409,
    message: ({ label }: { label: string }) => ({
      fr: `Les disques de « ${label} » ont changé depuis que vous les avez vus ; rien n’a été lancé.`,
      en: `The disks of "${label}" have changed since you saw them; nothing was started.`,
    }),
    fix: () => ({
      fr: 'Regardez de nouveau ce qui sera effacé, puis relancez.',
      en: 'Look again at what will be erased, then start again.',
    }),
  },
  SEQUENCE_UNKNOWN: {
    status: 404,
    message: ({ id }: { id: string }) => ({
      fr: `La séquence « ${id} » n’existe pas.`,
      en: `There is no sequence "${id}".`,
    }),
    fix: () => ({ fr: 'Choisissez-en une dans la liste.', en: 'Choose one from the list.' }),
  },
  SEQUENCE_INVALID: {
    status: 422,
    message: ({ id, line, column, reason }: { id: string; line: number; column: number; reason: Sentence }) => ({
      fr: `La séquence « ${id} » a une erreur, ligne ${line}, colonne ${column} : ${reason.fr}`,
      en: `The sequence "${id}" has a mistake, line ${line}, column ${column}: ${reason.en}`,
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
    message: ({ limit }: { limit: number }) => ({
      fr: `La séquence est trop grande : ${limit} Kio au plus.`,
      en: `The sequence is too large: ${limit} KiB at most.`,
    }),
    fix: () => ({
      fr: 'Mettez les longs scripts dans un fichier à part.',
      en: 'Put long scripts into a file of their own.',
    }),
  },
  IMAGE_UNKNOWN: {
    status: 422,
    message: ({ id }: { id: string }) => ({
      fr: `L’image « ${id} » n’est pas dans le catalogue.`,
      en: `The image "${id}" is not in the catalogue.`,
    }),
    fix: () => ({
      fr: 'Importez-la, ou choisissez-en une autre.',
      en: 'Import it, or choose another one.',
    }),
  },
  IMAGE_REQUIRED: {
    status: 422,
    message: ({ sequence }: { sequence: string }) => ({
      fr: `La séquence « ${sequence} » met une image sur le disque : laquelle ?`,
      en: `The sequence "${sequence}" puts an image on the disk: which one?`,
    }),
    fix: () => ({ fr: 'Choisissez une image.', en: 'Choose an image.' }),
  },
  IMAGE_MISFIT: {
    status: 422,
    message: ({ image, found, wanted }: { image: string; found: string; wanted: string }) => ({
      fr: `L’image « ${image} » (${found}) n’est pas ce que veut la séquence (${wanted}).`,
      en: `The image "${image}" (${found}) is not what the sequence is for (${wanted}).`,
    }),
    fix: () => ({
      fr: 'Choisissez une autre image, ou une autre séquence.',
      en: 'Choose another image, or another sequence.',
    }),
  },
  IMAGE_FITTING_MISSING: {
    status: 422,
    message: ({ sequence, wanted }: { sequence: string; wanted: string }) => ({
      fr: `Aucune image du catalogue ne convient à la séquence « ${sequence} » (${wanted}).`,
      en: `No image in the catalogue is right for the sequence "${sequence}" (${wanted}).`,
    }),
    fix: () => ({
      fr: 'Importez l’ISO de ce Windows dans le catalogue et choisissez cette édition.',
      en: 'Import the ISO of this Windows into the catalogue and choose that edition.',
    }),
  },
  VARIABLE_REQUIRED: {
    status: 422,
    message: ({ name }: { name: string }) => ({
      fr: `La variable « ${name} » n’a pas de valeur.`,
      en: `The variable "${name}" has no value.`,
    }),
    fix: () => ({ fr: 'Donnez-la au lancement.', en: 'Give it when you start.' }),
  },
  VARIABLE_UNKNOWN: {
    status: 422,
    message: ({ name, suggestion }: { name: string; suggestion: string | null }) => ({
      fr: `La séquence n’a pas de variable « ${name} ».${didYouMean(suggestion).fr}`,
      en: `The sequence has no variable "${name}".${didYouMean(suggestion).en}`,
    }),
    fix: () => ({
      fr: 'Déclarez-la dans la séquence, ou ne la donnez pas.',
      en: 'Declare it in the sequence, or do not give it.',
    }),
  },
  INPUT_WRONG: {
    status: 422,
    message: ({ type, key, reason }: { type: string; key: string; reason: Sentence }) => ({
      fr: `Avec ces variables, « ${key} » de l’étape ${type} n’est pas ${reason.fr === '' ? 'correct' : reason.fr}.`,
      en: `With these variables, "${key}" of the step ${type} is not ${reason.en === '' ? 'right' : reason.en}.`,
    }),
    fix: () => ({ fr: 'Corrigez la valeur de la variable.', en: 'Mend the value of the variable.' }),
  },
  SECRET_NOT_SET: {
    status: 422,
    message: ({ name }: { name: string }) => ({
      fr: `La séquence se sert du secret « ${name} », qui n’est pas réglé sur le serveur ; rien n’a été lancé.`,
      en: `The sequence uses the secret "${name}", which is not set on the server; nothing was started.`,
    }),
    fix: () => ({
      fr: 'Ajoutez-le à « secrets.yaml » dans le dossier de données du serveur, puis relancez.',
      en: 'Add it to "secrets.yaml" in the data folder of the server, then start again.',
    }),
  },
  SECRET_NOT_FOR_MACHINE: {
    status: 422,
    message: ({ name, label, serial }: { name: string; label: string; serial: string }) => ({
      fr: `Le secret « ${name} » a une valeur par poste, et aucune pour « ${label} », numéro de série ${serial} ; rien n’a été lancé.`,
      en: `The secret "${name}" has a value for each machine, and none for "${label}", serial number ${serial}; nothing was started.`,
    }),
    fix: ({ name, serial }: { name: string; serial: string }) => ({
      fr: `Dans « secrets.yaml » du dossier de données, ajoutez sous « ${name} » la ligne « ${serial}: » suivie de sa valeur, puis relancez.`,
      en: `In "secrets.yaml" of the data folder, add the line "${serial}:" with its value below "${name}", then start again.`,
    }),
  },
  SECRET_NEEDS_SERIAL: {
    status: 422,
    message: ({ name, label }: { name: string; label: string }) => ({
      fr: `Le secret « ${name} » a une valeur par numéro de série, et « ${label} » n’en a pas ; rien n’a été lancé.`,
      en: `The secret "${name}" has a value for each serial number, and "${label}" has none; nothing was started.`,
    }),
    fix: () => ({
      fr: 'Inscrivez son numéro de série dans son BIOS avec l’outil du constructeur et redémarrez-le sur le réseau, ou choisissez une séquence qui se passe de ce secret.',
      en: 'Write its serial number into its firmware with the maker’s tool and start it from the network again, or choose a sequence that does without this secret.',
    }),
  },
  SECRET_WRONG: {
    status: 422,
    message: ({ name, line, reason }: { name: string; line: number; reason: Sentence }) => ({
      fr: `Le secret « ${name} » est mal écrit, ligne ${line} de « secrets.yaml » : ${reason.fr} ; rien n’a été lancé.`,
      en: `The secret "${name}" is not written right, line ${line} of "secrets.yaml": ${reason.en}; nothing was started.`,
    }),
    fix: () => ({
      fr: 'Un secret est un texte, ou des lignes « numéro de série: texte » en retrait sous son nom. Corrigez le fichier, puis relancez.',
      en: 'A secret is a text, or lines of "serial number: text" indented below its name. Mend the file, then start again.',
    }),
  },
  SECRETS_UNREADABLE: {
    status: 422,
    message: ({ line }: { line: number }) => ({
      fr: `« secrets.yaml » a une erreur, ligne ${line} ; rien n’a été lancé.`,
      en: `"secrets.yaml" has a mistake, line ${line}; nothing was started.`,
    }),
    fix: () => ({
      fr: 'Corrigez ce fichier dans le dossier de données du serveur : un nom par ligne, deux-points, une espace, sa valeur, entre guillemets si elle a des signes à part.',
      en: 'Mend this file in the data folder of the server: a name on each line, a colon, a space, its value, in quotes when it has special signs.',
    }),
  },
  SECRETS_TOO_LARGE: {
    status: 422,
    message: () => ({
      fr: '« secrets.yaml » est bien trop grand ; rien n’a été lancé.',
      en: '"secrets.yaml" is far too large; nothing was started.',
    }),
    fix: () => ({
      fr: 'N’y gardez que des secrets : 64 Kio au plus.',
      en: 'Keep nothing but secrets in it: 64 KiB at most.',
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
} satisfies Refusals

/** A refusal about a run or what it is planned from. */
export const deploymentRefusal = refusalsOf(deploymentRefusals)
