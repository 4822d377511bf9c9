import type { ErrorCode } from 'yaml'
import type { Sentence } from '../sentence.ts'

/** What the YAML library’s error codes mean to the person who typed the file. */
const reasons: Readonly<Partial<Record<ErrorCode, Sentence>>> = {
  BAD_INDENT: {
    fr: 'le retrait de cette ligne ne va pas avec les précédentes',
    en: 'this line’s indentation does not fit the lines above',
  },
  TAB_AS_INDENT: {
    fr: 'le retrait est fait d’une tabulation ; il faut des espaces',
    en: 'the indentation is a tab; it has to be spaces',
  },
  MISSING_CHAR: {
    fr: 'il manque un signe (« : », « , », guillemet ou crochet fermant)',
    en: 'a sign is missing (":", ",", a closing quote or bracket)',
  },
  UNEXPECTED_TOKEN: { fr: 'ceci ne peut pas se trouver ici', en: 'this cannot stand here' },
  BLOCK_AS_IMPLICIT_KEY: {
    fr: 'deux « : » se suivent ; mettez la valeur entre guillemets',
    en: 'two ":" follow each other; put the value in quotes',
  },
  BLOCK_IN_FLOW: {
    fr: 'une liste à tirets ne peut pas se trouver entre crochets',
    en: 'a list with dashes cannot stand between brackets',
  },
  BAD_DQ_ESCAPE: {
    fr: 'ce signe après « \\ » n’existe pas ; écrivez « \\\\ » pour une barre oblique inverse, ou des guillemets simples',
    en: 'there is no such sign after "\\"; write "\\\\" for a backslash, or single quotes',
  },
  MULTILINE_IMPLICIT_KEY: { fr: 'une clé doit tenir sur une ligne', en: 'a key has to be on one line' },
  MULTIPLE_ANCHORS: { fr: 'deux ancres se suivent', en: 'two anchors follow each other' },
  MULTIPLE_DOCS: {
    fr: 'le fichier contient plusieurs documents (« --- »)',
    en: 'the file holds several documents ("---")',
  },
  BAD_SCALAR_START: {
    fr: 'un texte ne peut pas commencer par ce signe ; mettez-le entre guillemets',
    en: 'a text cannot begin with this sign; put it in quotes',
  },
}

/** Why the YAML library cannot read on, as the end of a sentence; its own English stands in where we have none. */
export function yamlReason(code: ErrorCode, original: string): Sentence {
  const first = original.split('\n')[0] ?? ''
  return reasons[code] ?? { fr: `ce n’est pas du YAML correct (${first})`, en: `this is not correct YAML (${first})` }
}
