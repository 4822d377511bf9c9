import type { RefusalWords } from '../refusal.ts'

const text = (value: unknown): string => String(value ?? '')
const meantFr = (value: unknown): string => (text(value) === '' ? '' : ` Vouliez-vous dire « ${text(value)} » ?`)
const meantEn = (value: unknown): string => (text(value) === '' ? '' : ` Did you mean "${text(value)}"?`)
const seeCatalogue = (): { fr: string; en: string } => ({
  fr: 'La page Catalogue dit ce qui ne va pas ; corrigez, puis relancez.',
  en: 'The Catalogue page says what is wrong; mend it, then start again.',
})

/** Why a run cannot take what it names from the catalogue beside its image. */
export const catalogueRefusals: RefusalWords = {
  SOFTWARE_NOT_FOUND: {
    status: 422,
    message: ({ id, suggestion }) => ({
      fr: `Le logiciel « ${text(id)} » n’est pas dans le catalogue.${meantFr(suggestion)}`,
      en: `The package "${text(id)}" is not in the catalogue.${meantEn(suggestion)}`,
    }),
    fix: ({ id }) => ({
      fr: `Corrigez la séquence, ou ajoutez software/${text(id)}/ avec son manifeste et son installateur au dossier des données.`,
      en: `Mend the sequence, or add software/${text(id)}/ with its manifest and installer to the data folder.`,
    }),
  },
  SOFTWARE_INSTALLER_MISSING: {
    status: 422,
    message: ({ id, name, file }) => ({
      fr: `L’installateur de « ${text(name)} » manque : ${text(file)} dans software/${text(id)}/.`,
      en: `The installer of "${text(name)}" is missing: ${text(file)} in software/${text(id)}/.`,
    }),
    fix: ({ fr, en }) => ({ fr: text(fr), en: text(en) }),
  },
  SOFTWARE_INSTALLER_AMBIGUOUS: {
    status: 422,
    message: ({ id, name, files }) => ({
      fr: `Plusieurs fichiers de software/${text(id)}/ peuvent être l’installateur de « ${text(name)} » : ${text(files)}.`,
      en: `Several files in software/${text(id)}/ may be the installer of "${text(name)}": ${text(files)}.`,
    }),
    fix: () => ({ fr: 'N’en gardez qu’un.', en: 'Keep one only.' }),
  },
  SOFTWARE_INVALID: {
    status: 422,
    message: ({ id, line, fr, en }) => ({
      fr: `Le logiciel « ${text(id)} » ne peut pas servir : ${text(fr)} (ligne ${text(line)})`,
      en: `The package "${text(id)}" cannot be used: ${text(en)} (line ${text(line)})`,
    }),
    fix: seeCatalogue,
  },
  SOFTWARE_FILE_NAME: {
    status: 422,
    message: ({ name }) => ({
      fr: `« ${text(name)} » ne peut pas être le nom d’un installateur.`,
      en: `"${text(name)}" cannot be the name of an installer.`,
    }),
    fix: () => ({
      fr: 'Donnez au fichier un nom que Windows permet, puis renvoyez-le.',
      en: 'Give the file a name that Windows allows, then send it again.',
    }),
  },
  SOFTWARE_FILE_TOO_LARGE: {
    status: 413,
    message: ({ limit }) => ({
      fr: `L’installateur est trop grand : ${text(limit)} Go au plus.`,
      en: `The installer is too large: ${text(limit)} GB at most.`,
    }),
    fix: () => ({
      fr: 'Copiez-le vous-même dans le dossier des données du serveur.',
      en: 'Copy it into the server’s data folder yourself.',
    }),
  },
  PROFILE_NOT_FOUND: {
    status: 422,
    message: ({ id, suggestion }) => ({
      fr: `Le profil de nettoyage « ${text(id)} » n’existe pas.${meantFr(suggestion)}`,
      en: `There is no debloat profile "${text(id)}".${meantEn(suggestion)}`,
    }),
    fix: ({ id }) => ({
      fr: `Corrigez la séquence, ou ajoutez debloat/${text(id)}.yaml au dossier des données.`,
      en: `Mend the sequence, or add debloat/${text(id)}.yaml to the data folder.`,
    }),
  },
  PROFILE_INVALID: {
    status: 422,
    message: ({ id, line, fr, en }) => ({
      fr: `Le profil de nettoyage « ${text(id)} » ne peut pas servir : ${text(fr)} (ligne ${text(line)})`,
      en: `The debloat profile "${text(id)}" cannot be used: ${text(en)} (line ${text(line)})`,
    }),
    fix: seeCatalogue,
  },
  PROFILE_PROTECTED: {
    status: 422,
    message: ({ id, name, line }) => ({
      fr: `Le profil de nettoyage « ${text(id)} » retire « ${text(name)} », indispensable à Windows (ligne ${text(line)}).`,
      en: `The debloat profile "${text(id)}" removes "${text(name)}", which Windows needs (line ${text(line)}).`,
    }),
    fix: () => ({ fr: 'Retirez cette ligne du profil.', en: 'Take that line out of the profile.' }),
  },
  DRIVER_PACK_NOT_FOUND: {
    status: 422,
    message: ({ name, suggestion }) => ({
      fr: `Le lot de pilotes « ${text(name)} » n’est pas dans le catalogue.${meantFr(suggestion)}`,
      en: `The driver pack "${text(name)}" is not in the catalogue.${meantEn(suggestion)}`,
    }),
    fix: ({ name }) => ({
      fr: `Corrigez la séquence, ou copiez le lot décompressé dans drivers/${text(name)}/ du dossier des données.`,
      en: `Mend the sequence, or copy the unpacked pack into drivers/${text(name)}/ of the data folder.`,
    }),
  },
  DRIVER_PACK_INVALID: {
    status: 422,
    message: ({ name, fr, en }) => ({
      fr: `Le lot de pilotes « ${text(name)} » ne peut pas servir : ${text(fr)}`,
      en: `The driver pack "${text(name)}" cannot be used: ${text(en)}`,
    }),
    fix: seeCatalogue,
  },
  DRIVER_PACK_EMPTY: {
    status: 422,
    message: ({ name }) => ({
      fr: `Le lot de pilotes « ${text(name)} » ne contient aucun pilote (.inf).`,
      en: `The driver pack "${text(name)}" holds no driver (.inf).`,
    }),
    fix: () => ({
      fr: 'Décompressez l’archive ou l’installateur du constructeur dans son dossier.',
      en: 'Unpack the maker’s archive or setup program into its folder.',
    }),
  },
  MATERIAL_UNSTABLE: {
    status: 409,
    message: ({ file }) => ({
      fr: `${text(file)} change encore : sa copie n’est pas finie.`,
      en: `${text(file)} is still changing: its copy is not finished.`,
    }),
    fix: () => ({
      fr: 'Attendez la fin de la copie, puis relancez.',
      en: 'Wait until it is copied, then start again.',
    }),
  },
}
