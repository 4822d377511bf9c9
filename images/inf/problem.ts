/** What an INF does not hold as it should: the reader says so and reads on. */
export type InfProblemCode =
  | 'INF_TOO_LARGE'
  | 'INF_NOT_TEXT'
  | 'INF_LINE_OUTSIDE_SECTION'
  | 'INF_SECTION_UNCLOSED'
  | 'INF_QUOTE_UNCLOSED'
  | 'INF_FIELD_TOO_LONG'
  | 'INF_STRING_UNKNOWN'
  | 'INF_SIGNATURE_UNKNOWN'
  | 'INF_DRIVER_VERSION_MALFORMED'
  | 'INF_TARGET_MALFORMED'
  | 'INF_MODELS_MISSING'
  | 'INF_HARDWARE_ID_MISSING'
  | 'INF_TOO_MANY_MODELS'
  | 'INF_NO_MANUFACTURER'

/** `line` counts from 1; 0 where the problem is the whole file's. `subject` is the name or text it is about. */
export type InfProblem = { readonly code: InfProblemCode; readonly line: number; readonly subject: string }

/** Takes one problem; the readers below are given one and never throw. */
export type ReportProblem = (code: InfProblemCode, line: number, subject: string) => void

type Sentence = { readonly fr: string; readonly en: string }

/** What each code says to a person. */
export const infProblemWords: Readonly<Record<InfProblemCode, (subject: string) => Sentence>> = {
  INF_TOO_LARGE: () => ({
    fr: 'Le fichier est trop grand pour être un INF de pilote.',
    en: 'The file is too large to be the INF of a driver.',
  }),
  INF_NOT_TEXT: () => ({ fr: 'Le fichier n’est pas un texte.', en: 'The file is not a text.' }),
  INF_LINE_OUTSIDE_SECTION: (subject) => ({
    fr: `Cette ligne est avant toute section : ${subject}`,
    en: `This line stands before any section: ${subject}`,
  }),
  INF_SECTION_UNCLOSED: (subject) => ({
    fr: `Le nom de section n’est pas fermé par un crochet : ${subject}`,
    en: `The section name is not closed by a bracket: ${subject}`,
  }),
  INF_QUOTE_UNCLOSED: (subject) => ({
    fr: `Un guillemet n’est pas fermé sur cette ligne : ${subject}`,
    en: `A quotation mark is not closed on this line: ${subject}`,
  }),
  INF_FIELD_TOO_LONG: (subject) => ({
    fr: `Un champ dépasse 4095 caractères ; il est coupé : ${subject}…`,
    en: `A field is longer than 4095 characters; it is cut: ${subject}…`,
  }),
  INF_STRING_UNKNOWN: (subject) => ({
    fr: `Le texte %${subject}% n’est défini dans aucune section [Strings].`,
    en: `The string %${subject}% is defined in no [Strings] section.`,
  }),
  INF_SIGNATURE_UNKNOWN: (subject) => ({
    fr: `La signature de [Version] n’est pas celle d’un INF de Windows : ${subject}`,
    en: `The signature in [Version] is not that of a Windows INF: ${subject}`,
  }),
  INF_DRIVER_VERSION_MALFORMED: (subject) => ({
    fr: `DriverVer n’est pas une date et une version : ${subject}`,
    en: `DriverVer is not a date and a version: ${subject}`,
  }),
  INF_TARGET_MALFORMED: (subject) => ({
    fr: `La version de Windows visée est illisible : ${subject}`,
    en: `The targeted Windows version cannot be read: ${subject}`,
  }),
  INF_MODELS_MISSING: (subject) => ({
    fr: `La section [${subject}], nommée dans [Manufacturer], manque.`,
    en: `The section [${subject}], named in [Manufacturer], is missing.`,
  }),
  INF_HARDWARE_ID_MISSING: (subject) => ({
    fr: `Ce modèle n’a aucun identifiant de matériel : ${subject}`,
    en: `This model has no hardware id: ${subject}`,
  }),
  INF_TOO_MANY_MODELS: (subject) => ({
    fr: `Le fichier décrit trop de périphériques ; les suivants ne sont pas lus : [${subject}]`,
    en: `The file describes too many devices; those after this are not read: [${subject}]`,
  }),
  INF_NO_MANUFACTURER: () => ({
    fr: 'Le fichier ne décrit aucun périphérique : [Manufacturer] manque ou est vide.',
    en: 'The file describes no device: [Manufacturer] is missing or empty.',
  }),
}
