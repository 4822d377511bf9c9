import type { Messages } from '../../../text/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** Failures of preparing the applied Windows for its first start. */
export const preparationFailures = {
  ANSWER_FILE_INVALID: {
    message: ({ message }: { message: Sentence }) => ({
      fr: `${message.fr} Windows refuserait un tel fichier de réponses ; rien n’a été écrit.`,
      en: `${message.en} Windows would refuse such an answer file; nothing was written.`,
    }),
    fix: ({ fix }: { fix: Sentence }) => ({
      fr: `${fix.fr} Puis lancez une nouvelle préparation.`,
      en: `${fix.en} Then start a new run.`,
    }),
  },
  PRODUCT_KEY_REFUSED: {
    message: ({ message }: { message: Sentence }) => ({
      fr: `${message.fr} Windows n’a donc pas été préparé.`,
      en: `${message.en} So Windows was not prepared.`,
    }),
    fix: ({ fix }: { fix: Sentence }) => ({
      fr: `${fix.fr} Puis lancez une nouvelle préparation.`,
      en: `${fix.en} Then start a new run.`,
    }),
  },
  WINDOWS_MISSING: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Il n’y a pas de Windows sur ${disk} (le dossier Windows manque).`,
      en: `There is no Windows on ${disk} (the folder Windows is missing).`,
    }),
    fix: () => ({
      fr: 'Choisissez une image de Windows complète, puis reprenez depuis le partitionnement.',
      en: 'Choose a complete Windows image, then retry from the partitioning step.',
    }),
  },
  WINDOWS_NOT_PREPARED: {
    message: ({ file, reason }: { file: string; reason: string }) => ({
      fr: `Le fichier ${file} n’a pas pu être écrit sur le disque de Windows (${reason}).`,
      en: `The file ${file} could not be written to the disk of Windows (${reason}).`,
    }),
    fix: () => ({
      fr: 'Vérifiez la place libre : disque plus grand ou image plus petite ; puis reprenez depuis le partitionnement.',
      en: 'Check the free space: fit a larger disk or choose a smaller image; then retry from the partitioning step.',
    }),
  },
  WINDOWS_AGENT_MISSING: {
    message: ({ lack }: { lack: string }) => ({
      fr: `Le serveur n’a pas donné à ce poste l’agent qui continue dans Windows (${lack} manque).`,
      en: `The server gave this machine no agent to go on with in Windows (${lack} is missing).`,
    }),
    fix: () => ({
      fr: 'Redémarrez le serveur : il construit l’agent à son démarrage ; puis lancez une nouvelle préparation.',
      en: 'Restart the server: it builds the agent when it starts; then start a new run.',
    }),
  },
  DRIVER_PACK_NAME: {
    message: ({ pack }: { pack: string }) => ({
      fr: `Le nom du lot de pilotes « ${pack} » ne peut pas être celui d’un dossier de Windows.`,
      en: `The driver pack’s name "${pack}" cannot be that of a folder of Windows.`,
    }),
    fix: () => ({
      fr: 'Renommez le lot dans le catalogue (lettres, chiffres, espace, point, tiret), puis lancez une nouvelle préparation.',
      en: 'Rename the pack in the catalogue (letters, digits, blank, dot, hyphen), then start a new run.',
    }),
  },
} satisfies Messages
