import { didYouMean, type Messages } from '../messages.ts'
import type { Sentence } from '../sentence.ts'
import { mistakesOf } from './problem.ts'

/** What can be wrong with any YAML file a person writes. `expected` ends the sentence "this must be …". */
export const fileProblems = {
  FILE_TOO_LARGE: {
    message: ({ limit }: { limit: number }) => ({
      fr: `Le fichier est trop grand : ${limit} Kio au plus.`,
      en: `The file is too large: ${limit} KiB at most.`,
    }),
    fix: () => ({ fr: 'Retirez-en ce qui n’y a pas sa place.', en: 'Take out what does not belong there.' }),
  },
  FILE_TOO_DEEP: {
    message: () => ({ fr: 'Le fichier est imbriqué trop profondément.', en: 'The file is nested too deeply.' }),
    fix: () => ({ fr: 'Refermez les crochets et les accolades.', en: 'Close the brackets and braces.' }),
  },
  FILE_YAML: {
    message: ({ reason }: { reason: Sentence }) => ({
      fr: `Erreur de YAML : ${reason.fr}.`,
      en: `YAML mistake: ${reason.en}.`,
    }),
    fix: () => ({ fr: 'Corrigez cette ligne ou celle d’avant.', en: 'Mend this line or the one above.' }),
  },
  FILE_ALIAS: {
    message: ({ name }: { name: string }) => ({
      fr: `Les renvois (« &${name} », « *${name} ») ne sont pas permis.`,
      en: `References ("&${name}", "*${name}") are not allowed.`,
    }),
    fix: () => ({ fr: 'Répétez le texte.', en: 'Repeat the text.' }),
  },
  FILE_KEY_NOT_TEXT: {
    message: () => ({
      fr: 'Une clé est elle-même une liste ou une suite de clés.',
      en: 'A key is itself a list or a set of keys.',
    }),
    fix: () => ({
      fr: 'Écrivez un mot devant « : » ; mettez-le entre guillemets s’il commence par [, { ou ?.',
      en: 'Write a word before ":"; put it in quotes if it begins with [, { or ?.',
    }),
  },
  FILE_KEY_TWICE: {
    message: ({ key }: { key: string }) => ({ fr: `« ${key} » est là deux fois.`, en: `"${key}" is there twice.` }),
    fix: () => ({ fr: 'N’en gardez qu’un.', en: 'Keep one only.' }),
  },
  FILE_KEY_UNKNOWN: {
    message: ({ key, suggestion }: { key: string; suggestion: string | null }) => ({
      fr: `« ${key} » n’existe pas ici.${didYouMean(suggestion).fr}`,
      en: `There is no "${key}" here.${didYouMean(suggestion).en}`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({ fr: `Permis : ${allowed}.`, en: `Allowed: ${allowed}.` }),
  },
  FILE_KEY_MISSING: {
    message: ({ key }: { key: string }) => ({ fr: `« ${key} » manque.`, en: `"${key}" is missing.` }),
    fix: ({ expected }: { expected: Sentence }) => ({
      fr: `Ajoutez-le : ${expected.fr}.`,
      en: `Add it: ${expected.en}.`,
    }),
  },
  FILE_VALUE_WRONG: {
    message: ({ key }: { key: string }) => ({
      fr: `La valeur de « ${key} » ne va pas.`,
      en: `The value of "${key}" is wrong.`,
    }),
    fix: ({ expected }: { expected: Sentence }) => ({
      fr: `Écrivez ${expected.fr}.`,
      en: `It must be ${expected.en}.`,
    }),
  },
} satisfies Messages

/** A mistake that any YAML file can have. */
export const fileMistake = mistakesOf(fileProblems)
