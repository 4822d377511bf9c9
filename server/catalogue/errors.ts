import { didYouMean } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import { refusalsOf, type Refusals } from '../refusal/refusal.ts'

const seeCatalogue = (): Sentence => ({
  fr: 'La page Catalogue dit ce qui ne va pas ; corrigez, puis relancez.',
  en: 'The Catalogue page says what is wrong; mend it, then start again.',
})

/** Why a run cannot take what it names from the catalogue beside its image. */
export const catalogueRefusals = {
  SOFTWARE_NOT_FOUND: {
    status: 422,
    message: ({ id, suggestion }: { id: string; suggestion: string | null }) => ({
      fr: `Le logiciel « ${id} » n’est pas dans le catalogue.${didYouMean(suggestion).fr}`,
      en: `The package "${id}" is not in the catalogue.${didYouMean(suggestion).en}`,
    }),
    fix: ({ id }: { id: string }) => ({
      fr: `Corrigez la séquence, ou ajoutez software/${id}/ avec son manifeste et son installateur au dossier des données.`,
      en: `Mend the sequence, or add software/${id}/ with its manifest and installer to the data folder.`,
    }),
  },
  SOFTWARE_INSTALLER_MISSING: {
    status: 422,
    message: ({ id, name, file }: { id: string; name: string; file: string }) => ({
      fr: `L’installateur de « ${name} » manque : ${file} dans software/${id}/.`,
      en: `The installer of "${name}" is missing: ${file} in software/${id}/.`,
    }),
    fix: ({ whereFrom }: { whereFrom: Sentence }) => whereFrom,
  },
  SOFTWARE_INSTALLER_AMBIGUOUS: {
    status: 422,
    message: ({ id, name, files }: { id: string; name: string; files: string }) => ({
      fr: `Plusieurs fichiers de software/${id}/ peuvent être l’installateur de « ${name} » : ${files}.`,
      en: `Several files in software/${id}/ may be the installer of "${name}": ${files}.`,
    }),
    fix: () => ({ fr: 'N’en gardez qu’un.', en: 'Keep one only.' }),
  },
  SOFTWARE_INVALID: {
    status: 422,
    message: ({ id, line, reason }: { id: string; line: number; reason: Sentence }) => ({
      fr: `Le logiciel « ${id} » ne peut pas servir : ${reason.fr} (ligne ${line})`,
      en: `The package "${id}" cannot be used: ${reason.en} (line ${line})`,
    }),
    fix: seeCatalogue,
  },
  SOFTWARE_FILE_NAME: {
    status: 422,
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » ne peut pas être le nom d’un installateur.`,
      en: `"${name}" cannot be the name of an installer.`,
    }),
    fix: () => ({
      fr: 'Donnez au fichier un nom que Windows permet, puis renvoyez-le.',
      en: 'Give the file a name that Windows allows, then send it again.',
    }),
  },
  SOFTWARE_FILE_TOO_LARGE: {
    status: 413,
    message: ({ limit }: { limit: number }) => ({
      fr: `L’installateur est trop grand : ${limit} Go au plus.`,
      en: `The installer is too large: ${limit} GB at most.`,
    }),
    fix: () => ({
      fr: 'Copiez-le vous-même dans le dossier des données du serveur.',
      en: 'Copy it into the server’s data folder yourself.',
    }),
  },
  PROFILE_NOT_FOUND: {
    status: 422,
    message: ({ id, suggestion }: { id: string; suggestion: string | null }) => ({
      fr: `Le profil de nettoyage « ${id} » n’existe pas.${didYouMean(suggestion).fr}`,
      en: `There is no debloat profile "${id}".${didYouMean(suggestion).en}`,
    }),
    fix: ({ id }: { id: string }) => ({
      fr: `Corrigez la séquence, ou ajoutez debloat/${id}.yaml au dossier des données.`,
      en: `Mend the sequence, or add debloat/${id}.yaml to the data folder.`,
    }),
  },
  PROFILE_INVALID: {
    status: 422,
    message: ({ id, line, reason }: { id: string; line: number; reason: Sentence }) => ({
      fr: `Le profil de nettoyage « ${id} » ne peut pas servir : ${reason.fr} (ligne ${line})`,
      en: `The debloat profile "${id}" cannot be used: ${reason.en} (line ${line})`,
    }),
    fix: seeCatalogue,
  },
  PROFILE_PROTECTED: {
    status: 422,
    message: ({ id, name, line }: { id: string; name: string; line: number }) => ({
      fr: `Le profil de nettoyage « ${id} » retire « ${name} », indispensable à Windows (ligne ${line}).`,
      en: `The debloat profile "${id}" removes "${name}", which Windows needs (line ${line}).`,
    }),
    fix: () => ({ fr: 'Retirez cette ligne du profil.', en: 'Take that line out of the profile.' }),
  },
  DRIVER_PACK_NOT_FOUND: {
    status: 422,
    message: ({ name, suggestion }: { name: string; suggestion: string | null }) => ({
      fr: `Le lot de pilotes « ${name} » n’est pas dans le catalogue.${didYouMean(suggestion).fr}`,
      en: `The driver pack "${name}" is not in the catalogue.${didYouMean(suggestion).en}`,
    }),
    fix: ({ name }: { name: string }) => ({
      fr: `Corrigez la séquence, ou copiez le lot décompressé dans drivers/${name}/ du dossier des données.`,
      en: `Mend the sequence, or copy the unpacked pack into drivers/${name}/ of the data folder.`,
    }),
  },
  DRIVER_PACK_INVALID: {
    status: 422,
    message: ({ name, reason }: { name: string; reason: Sentence }) => ({
      fr: `Le lot de pilotes « ${name} » ne peut pas servir : ${reason.fr}`,
      en: `The driver pack "${name}" cannot be used: ${reason.en}`,
    }),
    fix: seeCatalogue,
  },
  DRIVER_PACK_EMPTY: {
    status: 422,
    message: ({ name }: { name: string }) => ({
      fr: `Le lot de pilotes « ${name} » ne contient aucun pilote (.inf).`,
      en: `The driver pack "${name}" holds no driver (.inf).`,
    }),
    fix: () => ({
      fr: 'Décompressez l’archive ou l’installateur du constructeur dans son dossier.',
      en: 'Unpack the maker’s archive or setup program into its folder.',
    }),
  },
  WINDOWS_AGENT_NOT_BUILT: {
    status: 503,
    message: ({ folder }: { folder: string }) => ({
      fr: `L’agent pour Windows n’est pas sur le serveur (${folder}) : la préparation ne pourrait pas continuer dans Windows.`,
      en: `The agent for Windows is not on the server (${folder}): the run could not go on in Windows.`,
    }),
    fix: () => ({
      fr: 'Redémarrez le serveur par « npm start » avec un accès à Internet : il fabrique l’agent, ou dit pourquoi il ne le peut pas.',
      en: 'Restart the server with "npm start" and access to the Internet: it builds the agent, or says why it cannot.',
    }),
  },
  MATERIAL_UNSTABLE: {
    status: 409,
    message: ({ file }: { file: string }) => ({
      fr: `${file} change encore : sa copie n’est pas finie.`,
      en: `${file} is still changing: its copy is not finished.`,
    }),
    fix: () => ({
      fr: 'Attendez la fin de la copie, puis relancez.',
      en: 'Wait until it is copied, then start again.',
    }),
  },
} satisfies Refusals

/** A refusal about what a run takes from the catalogue. */
export const catalogueRefusal = refusalsOf(catalogueRefusals)
