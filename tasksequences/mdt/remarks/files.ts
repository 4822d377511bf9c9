import type { Messages } from '../../../text/messages.ts'

const nothing = () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' })

/** What is said of the share's own files, its images, drivers and packages. */
export const fileRemarks = {
  MDT_FILE_READ: {
    message: ({ count }: { count: number }) => ({
      fr: `Fichier lu, ${count} éléments : le rapport les nomme un à un.`,
      en: `File read, ${count} items: the report names them one by one.`,
    }),
    fix: nothing,
  },
  MDT_FILE_TOO_LARGE: {
    message: ({ limit }: { limit: number }) => ({
      fr: `Le fichier est trop grand pour être lu (plus de ${limit} Mio).`,
      en: `The file is too large to be read (more than ${limit} MiB).`,
    }),
    fix: () => ({
      fr: 'Vérifiez que c’est bien un fichier de MDT.',
      en: 'Check that it is a file of MDT at all.',
    }),
  },
  MDT_FILE_UNREADABLE: {
    message: ({ why }: { why: string }) => ({
      fr: `Le fichier n’a pas pu être lu (${why}) : rien de ce qu’il contient n’est repris.`,
      en: `The file could not be read (${why}): nothing in it is taken over.`,
    }),
    fix: () => ({
      fr: 'Copiez-le de nouveau depuis le serveur MDT, puis recommencez l’import.',
      en: 'Copy it again from the MDT server, then import once more.',
    }),
  },
  MDT_FILE_UNUSED: {
    message: () => ({
      fr: 'Réglages de MDT lui-même ou de ses dossiers, sans équivalent ici.',
      en: 'Settings of MDT itself or of its folders, which mean nothing here.',
    }),
    fix: nothing,
  },
  MDT_TOO_MANY: {
    message: ({ limit }: { limit: number }) => ({
      fr: `Le partage a plus de ${limit} séquences : les suivantes ne sont pas lues.`,
      en: `The share has more than ${limit} sequences: those after them are not read.`,
    }),
    fix: () => ({ fr: 'Importez-les dans un second partage.', en: 'Import them as a second share.' }),
  },
  MDT_PAYLOAD_MISSING: {
    message: ({ path }: { path: string }) => ({
      fr: `« ${path} » n’est pas dans le partage.`,
      en: `"${path}" is not in the share.`,
    }),
    fix: () => ({
      fr: 'Ajoutez ces fichiers dans le catalogue.',
      en: 'Add these files to the catalogue.',
    }),
  },
  MDT_PAYLOAD_UNKNOWN: {
    message: ({ path }: { path: string }) => ({
      fr: `Le dossier « Control » seul ne contient pas « ${path} ».`,
      en: `The "Control" folder alone does not hold "${path}".`,
    }),
    fix: () => ({
      fr: 'Importez le partage entier, ou ajoutez ces fichiers dans le catalogue.',
      en: 'Import the whole share, or add these files to the catalogue.',
    }),
  },
  MDT_DISABLED: {
    message: () => ({ fr: 'Désactivé dans MDT.', en: 'Disabled in MDT.' }),
    fix: () => ({
      fr: 'Activez-le dans MDT et recommencez l’import s’il doit servir.',
      en: 'Enable it in MDT and import again if it is to be used.',
    }),
  },
  MDT_32_BIT: {
    message: () => ({
      fr: 'Pour un Windows 32 bits seulement ; Établi installe des Windows 64 bits.',
      en: 'For a 32-bit Windows only; Établi installs 64-bit Windows.',
    }),
    fix: () => ({ fr: 'Prenez la version 64 bits.', en: 'Take the 64-bit version.' }),
  },
  MDT_OS_OLD: {
    message: ({ build }: { build: string }) => ({
      fr: `Ce Windows (${build}) est antérieur à Windows 10.`,
      en: `This Windows (${build}) is older than Windows 10.`,
    }),
    fix: () => ({
      fr: 'Choisissez une image de Windows 10 ou 11 dans la séquence.',
      en: 'Choose an image of Windows 10 or 11 in the sequence.',
    }),
  },
  MDT_OS_SERVER: {
    message: () => ({
      fr: 'Windows Server : Établi n’est éprouvé qu’avec Windows 10 et 11.',
      en: 'Windows Server: Établi is proven with Windows 10 and 11 only.',
    }),
    fix: () => ({
      fr: 'Essayez d’abord sur un seul poste.',
      en: 'Try it on a test machine before you rely on it.',
    }),
  },
  MDT_OS_EDITION_UNKNOWN: {
    message: ({ name }: { name: string }) => ({
      fr: `MDT ne dit pas l’édition de l’image « ${name} ».`,
      en: `MDT does not say which edition the image "${name}" is.`,
    }),
    fix: () => ({
      fr: 'Importez l’image, puis nommez-la dans « apply-image ».',
      en: 'Import the image, then name it in "apply-image".',
    }),
  },
  MDT_OS_CAPTURED: {
    message: ({ file }: { file: string }) => ({
      fr: `Image faite maison (${file}) : toute image de la même édition conviendrait à la séquence.`,
      en: `An image of your own (${file}): any image of the same edition would do for the sequence.`,
    }),
    fix: () => ({
      fr: 'Importez-la, puis nommez-la dans « apply-image » (« image »).',
      en: 'Import it, then name it in "apply-image" ("image").',
    }),
  },
  MDT_PACK_MODEL_GUESSED: {
    message: ({ manufacturer, product }: { manufacturer: string; product: string }) => ({
      fr: `Le modèle (${manufacturer}, ${product}) est déduit du nom du dossier.`,
      en: `The model (${manufacturer}, ${product}) is read from the folder’s name.`,
    }),
    fix: () => ({
      fr: 'Comparez avec la carte mère affichée sur la page d’un poste de ce modèle.',
      en: 'Compare it with the main board shown on the page of a machine of this model.',
    }),
  },
  MDT_PACK_MODEL_UNKNOWN: {
    message: () => ({
      fr: 'Le nom du dossier ne dit pas le constructeur : le lot sert à tous les modèles, par matériel.',
      en: 'The folder’s name does not say the maker: the pack serves any model, by device.',
    }),
    fix: () => ({
      fr: 'Ajoutez les modèles au lot si ses pilotes ne doivent servir qu’à eux.',
      en: 'Add models to the pack if its drivers are for them only.',
    }),
  },
  MDT_PACK_EMPTY: {
    message: () => ({
      fr: 'Le dossier ne contient directement aucun pilote à reprendre.',
      en: 'The folder itself holds no driver to take over.',
    }),
    fix: nothing,
  },
  MDT_DRIVER_WINPE: {
    message: () => ({
      fr: 'Pour Windows PE seulement ; l’environnement d’Établi a ses propres pilotes.',
      en: 'For Windows PE only; Établi’s boot environment has drivers of its own.',
    }),
    fix: nothing,
  },
  MDT_PROFILE_UNUSED: {
    message: () => ({
      fr: 'Établi choisit les pilotes par matériel et par modèle ; une sélection de dossiers ne lui sert pas.',
      en: 'Établi chooses drivers by device and model; a selection of folders is of no use to it.',
    }),
    fix: nothing,
  },
  MDT_PACKAGE_LANGUAGE: {
    message: ({ language }: { language: string }) => ({
      fr: `Module de langue ou fonctionnalité (${language}) : chez Établi, la langue vient avec l’image.`,
      en: `Language pack or feature (${language}): with Établi the language comes with the image.`,
    }),
    fix: () => ({
      fr: 'Importez une image dans cette langue.',
      en: 'Import an image in this language.',
    }),
  },
  MDT_PACKAGE_NO_FILE: {
    message: () => ({
      fr: 'Ce n’est ni un fichier MSU ni un fichier CAB.',
      en: 'It is neither an MSU nor a CAB file.',
    }),
    fix: () => ({
      fr: 'Prenez la mise à jour dans le catalogue Microsoft Update.',
      en: 'Get the update from the Microsoft Update Catalog.',
    }),
  },
  MDT_SEQUENCE_NO_STEPS: {
    message: ({ file }: { file: string }) => ({
      fr: `« ${file} » manque ou est illisible : ses étapes ne sont pas connues.`,
      en: `"${file}" is missing or unreadable: its steps are not known.`,
    }),
    fix: () => ({ fr: 'Ajoutez ce fichier et recommencez l’import.', en: 'Add this file and import again.' }),
  },
  MDT_SEQUENCE_EMPTY: {
    message: () => ({
      fr: 'Aucune de ses étapes n’est à faire par Établi.',
      en: 'None of its steps is for Établi to do.',
    }),
    fix: () => ({ fr: 'Lisez la raison à chaque étape.', en: 'Read the reason at each step.' }),
  },
  MDT_SEQUENCE_UNLISTED: {
    message: () => ({
      fr: 'Aucune liste de MDT ne nomme cette séquence : MDT ne la proposait pas.',
      en: 'No list of MDT names this sequence: MDT did not offer it.',
    }),
    fix: () => ({ fr: 'Supprimez-la si elle ne sert plus.', en: 'Delete it if it is no longer used.' }),
  },
  MDT_SEQUENCE_PROBLEM: {
    message: ({ problem }: { problem: string }) => ({
      fr: `La séquence écrite a une erreur : ${problem}`,
      en: `The sequence as written has a mistake: ${problem}`,
    }),
    fix: () => ({ fr: 'Ouvrez-la et corrigez-la.', en: 'Open it and mend it.' }),
  },
} satisfies Messages
