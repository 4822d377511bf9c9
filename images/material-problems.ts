import type { Messages } from '../text/messages.ts'
import type { Sentence } from '../text/sentence.ts'
import { mistakesOf } from '../text/yaml/problem.ts'

/** What can be wrong with a package, a debloat profile or a driver pack, beyond what can be wrong with any file. */
export const materialProblems = {
  FILE_NOT_READ: {
    message: ({ reason }: { reason: string }) => ({
      fr: `Le fichier n’a pas pu être lu : ${reason}.`,
      en: `The file could not be read: ${reason}.`,
    }),
    fix: () => ({
      fr: 'Vérifiez ses droits sur le serveur, ou copiez-le de nouveau.',
      en: 'Check its permissions on the server, or copy it again.',
    }),
  },
  FILE_MISSING: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier « ${file} » manque.`,
      en: `The file "${file}" is missing.`,
    }),
    fix: () => ({ fr: 'Ajoutez-le au dossier des données.', en: 'Add it to the data folder.' }),
  },
  FILE_ANOTHER_KIND: {
    message: ({ path, size, kind }: { path: string; size: Sentence; kind: Sentence }) => ({
      fr: `« ${path} » (${size.fr}) n’est pas ${kind.fr} : son contenu est autre chose.`,
      en: `"${path}" (${size.en}) is not ${kind.en}: it holds something else.`,
    }),
    fix: () => ({
      fr: 'Téléchargez-le de nouveau et remplacez-le ; une page d’erreur enregistrée sous ce nom en est souvent la cause.',
      en: 'Download it again and replace it; often an error page was saved under this name.',
    }),
  },
  FILE_CUT_OFF: {
    message: ({ path, size, whole }: { path: string; size: Sentence; whole: Sentence }) => ({
      fr: `« ${path} » est incomplet : ${size.fr} au lieu de ${whole.fr}.`,
      en: `"${path}" is not complete: ${size.en} instead of ${whole.en}.`,
    }),
    fix: () => ({ fr: 'Téléchargez-le de nouveau et remplacez-le.', en: 'Download it again and replace it.' }),
  },
  FILE_FOLDER_NAME: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » ne peut pas servir de nom.`,
      en: `"${name}" cannot be a name.`,
    }),
    fix: () => ({
      fr: 'Renommez-le : des minuscules sans accent, des chiffres et des tirets, 64 au plus.',
      en: 'Rename it: small plain letters, digits and hyphens, 64 at most.',
    }),
  },
  FILE_NAME_UNSAFE: {
    message: ({ path }: { path: string }) => ({
      fr: `Windows ne permet pas le nom de fichier « ${path} ».`,
      en: `Windows does not allow the file name "${path}".`,
    }),
    fix: () => ({ fr: 'Renommez-le.', en: 'Rename it.' }),
  },
  FILE_PATH_UNSAFE: {
    message: ({ key, path }: { key: string; path: string }) => ({
      fr: `« ${key} » : « ${path} » n’est pas un chemin dans le dossier du logiciel.`,
      en: `"${key}": "${path}" is no path inside the package’s folder.`,
    }),
    fix: () => ({
      fr: 'Écrivez un chemin avec « / », que Windows permet.',
      en: 'Write a path with "/" that Windows allows.',
    }),
  },
  FILE_SECRET_NAME: {
    message: ({ key, name }: { key: string; name: string }) => ({
      fr: `« ${key} » : « \${secret.${name}} » n’est pas un nom de secret.`,
      en: `"${key}": "\${secret.${name}}" is no name of a secret.`,
    }),
    fix: () => ({
      fr: 'Écrivez une lettre, puis des lettres et des chiffres.',
      en: 'Write a letter, then letters and digits.',
    }),
  },
  FILE_ITEM_TWICE: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » est nommé deux fois.`,
      en: `"${name}" is named twice.`,
    }),
    fix: () => ({ fr: 'Retirez l’une des deux lignes.', en: 'Take one of the two lines out.' }),
  },
  FILE_ITEM_NAME: {
    message: ({ name, kind }: { name: string; kind: string }) => ({
      fr: `Le seul élément du genre « ${kind} » est « ${name} ».`,
      en: `The only item of the kind "${kind}" is "${name}".`,
    }),
    fix: ({ name }: { name: string; kind: string }) => ({
      fr: `Nommez-le « ${name} », ou changez de genre.`,
      en: `Name it "${name}", or change the kind.`,
    }),
  },
  FILE_ITEM_PROTECTED: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » est indispensable à Windows : aucun profil ne peut le retirer.`,
      en: `Windows needs "${name}": no profile may remove it.`,
    }),
    fix: () => ({ fr: 'Retirez cette ligne du profil.', en: 'Take that line out of the profile.' }),
  },
  FILE_NEEDS_UNKNOWN: {
    message: ({ name, needs }: { name: string; needs: string }) => ({
      fr: `« ${name} » demande « ${needs} », qui n’est pas dans le catalogue.`,
      en: `"${name}" needs "${needs}", which is not in the catalogue.`,
    }),
    fix: () => ({
      fr: 'Ajoutez ce logiciel, ou corrigez « needs ».',
      en: 'Add that package, or correct "needs".',
    }),
  },
  FILE_NEEDS_CIRCLE: {
    message: ({ circle }: { circle: string }) => ({
      fr: `Ces logiciels se demandent en rond : ${circle}.`,
      en: `These packages need each other in a circle: ${circle}.`,
    }),
    fix: () => ({ fr: 'Retirez l’un des « needs ».', en: 'Take one of the "needs" out.' }),
  },
} satisfies Messages

/** A mistake in what a run takes from the catalogue. */
export const materialMistake = mistakesOf(materialProblems)
