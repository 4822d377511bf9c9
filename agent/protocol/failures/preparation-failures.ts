import { entry } from './failure-messages.ts'

/** A refusal whose words come from elsewhere, in both languages. */
type Told = 'messageFr' | 'messageEn' | 'fixFr' | 'fixEn'

/** Failures of preparing the applied Windows for its first start. */
export const preparationFailures = {
  ANSWER_FILE_INVALID: entry<Told>(
    (p) => [
      `${p.text('messageFr')} Windows refuserait un tel fichier de réponses ; rien n’a été écrit.`,
      `${p.text('fixFr')} Puis lancez une nouvelle préparation.`,
    ],
    (p) => [
      `${p.text('messageEn')} Windows would refuse such an answer file; nothing was written.`,
      `${p.text('fixEn')} Then start a new run.`,
    ],
  ),
  PRODUCT_KEY_REFUSED: entry<Told>(
    (p) => [
      `${p.text('messageFr')} Windows n’a donc pas été préparé.`,
      `${p.text('fixFr')} Puis lancez une nouvelle préparation.`,
    ],
    (p) => [`${p.text('messageEn')} So Windows was not prepared.`, `${p.text('fixEn')} Then start a new run.`],
  ),
  WINDOWS_MISSING: entry<'disk'>(
    (p) => [
      `Il n’y a pas de Windows sur ${p.text('disk')} (le dossier Windows manque).`,
      'Choisissez une image de Windows complète, puis reprenez depuis le partitionnement.',
    ],
    (p) => [
      `There is no Windows on ${p.text('disk')} (the folder Windows is missing).`,
      'Choose a complete Windows image, then retry from the partitioning step.',
    ],
  ),
  WINDOWS_NOT_PREPARED: entry<'file' | 'reason'>(
    (p) => [
      `Le fichier ${p.text('file')} n’a pas pu être écrit sur le disque de Windows (${p.text('reason')}).`,
      'Vérifiez la place libre : disque plus grand ou image plus petite ; puis reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The file ${p.text('file')} could not be written to the disk of Windows (${p.text('reason')}).`,
      'Check the free space: fit a larger disk or choose a smaller image; then retry from the partitioning step.',
    ],
  ),
  WINDOWS_AGENT_MISSING: entry<'lack'>(
    (p) => [
      `Le serveur n’a pas donné à ce poste l’agent qui continue dans Windows (${p.text('lack')} manque).`,
      'Redémarrez le serveur : il construit l’agent à son démarrage ; puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The server gave this machine no agent to go on with in Windows (${p.text('lack')} is missing).`,
      'Restart the server: it builds the agent when it starts; then start a new run.',
    ],
  ),
  DRIVER_PACK_NAME: entry<'pack'>(
    (p) => [
      `Le nom du lot de pilotes « ${p.text('pack')} » ne peut pas être celui d’un dossier de Windows.`,
      'Renommez le lot dans le catalogue (lettres, chiffres, espace, point, tiret), puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The driver pack’s name "${p.text('pack')}" cannot be that of a folder of Windows.`,
      'Rename the pack in the catalogue (letters, digits, blank, dot, hyphen), then start a new run.',
    ],
  ),
}
