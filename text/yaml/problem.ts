/** Something wrong in a YAML file of the catalogue, where a person finds it: lines and columns count from 1. */
export type FileProblem = {
  readonly code: FileProblemCode
  /** What it is about: the way to the key, `reports[0].keys`. */
  readonly params: ProblemParams
  readonly message: Sentence
  readonly line: number
  readonly column: number
}

export type ProblemParams = Readonly<Record<string, string | number>>
export type Sentence = { readonly fr: string; readonly en: string }

type Words = (params: ProblemParams, inner: Sentence) => Sentence

/** Every problem such a file can have. Codes are never used for another meaning. */
export const fileProblemWords = {
  FILE_TOO_LARGE: ({ limit }) => ({
    fr: `Le fichier est trop grand : ${limit} Kio au plus.`,
    en: `The file is too large: ${limit} KiB at most.`,
  }),
  FILE_TOO_DEEP: () => ({ fr: 'Le fichier est imbriqué trop profondément.', en: 'The file is nested too deeply.' }),
  FILE_NOT_READ: ({ reason }) => ({
    fr: `Le fichier n’a pas pu être lu : ${reason}.`,
    en: `The file could not be read: ${reason}.`,
  }),
  FILE_MISSING: ({ file }) => ({ fr: `Le fichier « ${file} » manque.`, en: `The file "${file}" is missing.` }),
  FILE_FOLDER_NAME: ({ name }) => ({
    fr: `« ${name} » ne peut pas servir de nom : il faut des minuscules sans accent, des chiffres et des tirets, 64 au plus.`,
    en: `"${name}" cannot be a name: it takes small plain letters, digits and hyphens, 64 at most.`,
  }),
  FILE_NAME_UNSAFE: ({ path }) => ({
    fr: `Windows ne permet pas le nom de fichier « ${path} » : renommez-le.`,
    en: `Windows does not allow the file name "${path}": rename it.`,
  }),
  FILE_YAML: ({ reason }) => ({ fr: `Erreur de YAML : ${reason}`, en: `YAML mistake: ${reason}` }),
  FILE_ALIAS: ({ name }) => ({
    fr: `Les renvois (« &${name} », « *${name} ») ne sont pas permis : répétez le texte.`,
    en: `References ("&${name}", "*${name}") are not allowed: repeat the text.`,
  }),
  FILE_KEY_TWICE: ({ key }) => ({ fr: `« ${key} » est là deux fois.`, en: `"${key}" is there twice.` }),
  FILE_KEY_UNKNOWN: ({ key, allowed }) => ({
    fr: `« ${key} » n’existe pas ici. Permis : ${allowed}.`,
    en: `There is no "${key}" here. Allowed: ${allowed}.`,
  }),
  FILE_KEY_MISSING: ({ key }, inner) => ({
    fr: `« ${key} » manque : ${inner.fr}.`,
    en: `"${key}" is missing: ${inner.en}.`,
  }),
  FILE_VALUE_WRONG: ({ key }, inner) => ({
    fr: `« ${key} » doit être ${inner.fr}.`,
    en: `"${key}" must be ${inner.en}.`,
  }),
  FILE_PATH_UNSAFE: ({ key, path }) => ({
    fr: `« ${key} » : « ${path} » doit être un chemin dans le dossier du logiciel, avec « / », et permis par Windows.`,
    en: `"${key}": "${path}" must be a path inside the package's folder, with "/", that Windows allows.`,
  }),
  FILE_SECRET_NAME: ({ key, name }) => ({
    fr: `« ${key} » : « \${secret.${name}} » n’est pas un nom de secret ; une lettre, puis des lettres et des chiffres.`,
    en: `"${key}": "\${secret.${name}}" is no name of a secret; a letter, then letters and digits.`,
  }),
  FILE_ITEM_TWICE: ({ name }) => ({ fr: `« ${name} » est nommé deux fois.`, en: `"${name}" is named twice.` }),
  FILE_ITEM_PROTECTED: ({ name }) => ({
    fr: `« ${name} » est indispensable à Windows : aucun profil ne peut le retirer.`,
    en: `Windows needs "${name}": no profile may remove it.`,
  }),
  FILE_NEEDS_UNKNOWN: ({ name, needs }) => ({
    fr: `« ${name} » demande « ${needs} », qui n’est pas dans le catalogue.`,
    en: `"${name}" needs "${needs}", which is not in the catalogue.`,
  }),
  FILE_NEEDS_CIRCLE: ({ circle }) => ({
    fr: `Ces logiciels se demandent en rond : ${circle}.`,
    en: `These packages need each other in a circle: ${circle}.`,
  }),
} satisfies Record<string, Words>

export type FileProblemCode = keyof typeof fileProblemWords

const none: Sentence = { fr: '', en: '' }

/** The sentence of a problem; `inner` are words inside it that differ by language. */
export function sayFileProblem(code: FileProblemCode, params: ProblemParams, inner: Sentence = none): Sentence {
  const words: Words = fileProblemWords[code]
  return words(params, inner)
}

/** A problem of the whole file, which has no better place than its first line. */
export function wholeFileProblem(code: FileProblemCode, params: ProblemParams = {}): FileProblem {
  return { code, params, message: sayFileProblem(code, params), line: 1, column: 1 }
}
