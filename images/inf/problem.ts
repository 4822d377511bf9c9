import type { CodeOf, Messages } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import { mistakesOf } from '../../text/yaml/problem.ts'

/** What an INF does not hold as it should: the reader says so and reads on. */
export type InfProblemCode = CodeOf<typeof infProblems>

/** `line` counts from 1; 0 where the problem is the whole file's. `subject` is the name or text it is about. */
export type InfProblem = { readonly code: InfProblemCode; readonly line: number; readonly subject: string }

/** Takes one problem; the readers below are given one and never throw. */
export type ReportProblem = (code: InfProblemCode, line: number, subject: string) => void

const askMaker = (): Sentence => ({
  fr: 'Si un périphérique en a besoin, reprenez le lot chez le constructeur.',
  en: 'If a device needs it, take the pack from its maker again.',
})

/** What each code says to a person. */
export const infProblems = {
  INF_TOO_LARGE: {
    message: () => ({
      fr: 'Le fichier est trop grand pour être un INF de pilote.',
      en: 'The file is too large to be the INF of a driver.',
    }),
    fix: askMaker,
  },
  INF_NOT_TEXT: {
    message: () => ({ fr: 'Le fichier n’est pas un texte.', en: 'The file is not a text.' }),
    fix: askMaker,
  },
  INF_LINE_OUTSIDE_SECTION: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Cette ligne est avant toute section : ${subject}.`,
      en: `This line stands before any section: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_SECTION_UNCLOSED: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Le nom de section n’est pas fermé par un crochet : ${subject}.`,
      en: `The section name is not closed by a bracket: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_QUOTE_UNCLOSED: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Un guillemet n’est pas fermé sur cette ligne : ${subject}.`,
      en: `A quotation mark is not closed on this line: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_FIELD_TOO_LONG: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Un champ dépasse 4095 caractères ; il est coupé : ${subject}…`,
      en: `A field is longer than 4095 characters; it is cut: ${subject}…`,
    }),
    fix: askMaker,
  },
  INF_STRING_UNKNOWN: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Le texte %${subject}% n’est défini dans aucune section [Strings].`,
      en: `The string %${subject}% is defined in no [Strings] section.`,
    }),
    fix: askMaker,
  },
  INF_SIGNATURE_UNKNOWN: {
    message: ({ subject }: { subject: string }) => ({
      fr: `La signature de [Version] n’est pas celle d’un INF de Windows : ${subject}.`,
      en: `The signature in [Version] is not that of a Windows INF: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_DRIVER_VERSION_MALFORMED: {
    message: ({ subject }: { subject: string }) => ({
      fr: `DriverVer n’est pas une date et une version : ${subject}.`,
      en: `DriverVer is not a date and a version: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_TARGET_MALFORMED: {
    message: ({ subject }: { subject: string }) => ({
      fr: `La version de Windows visée est illisible : ${subject}.`,
      en: `The targeted Windows version cannot be read: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_MODELS_MISSING: {
    message: ({ subject }: { subject: string }) => ({
      fr: `La section [${subject}], nommée dans [Manufacturer], manque.`,
      en: `The section [${subject}], named in [Manufacturer], is missing.`,
    }),
    fix: askMaker,
  },
  INF_HARDWARE_ID_MISSING: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Ce modèle n’a aucun identifiant de matériel : ${subject}.`,
      en: `This model has no hardware id: ${subject}.`,
    }),
    fix: askMaker,
  },
  INF_TOO_MANY_MODELS: {
    message: ({ subject }: { subject: string }) => ({
      fr: `Le fichier décrit trop de périphériques ; les suivants ne sont pas lus : [${subject}].`,
      en: `The file describes too many devices; those after this are not read: [${subject}].`,
    }),
    fix: askMaker,
  },
  INF_NO_MANUFACTURER: {
    message: () => ({
      fr: 'Le fichier ne décrit aucun périphérique : [Manufacturer] manque ou est vide.',
      en: 'The file describes no device: [Manufacturer] is missing or empty.',
    }),
    fix: askMaker,
  },
} satisfies Messages

/** What a person reads of a problem in an INF. */
export const infMistake = mistakesOf(infProblems)
