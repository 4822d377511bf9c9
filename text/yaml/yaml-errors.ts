import type { ErrorCode } from 'yaml'
import type { Sentence } from '../sentence.ts'

/** What the YAML library’s error codes mean to the person who typed the file. */
const reasons: Readonly<Record<ErrorCode, Sentence>> = {
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
  ALIAS_PROPS: { fr: 'un renvoi (« * ») ne porte ni ancre ni type', en: 'an alias ("*") has neither anchor nor tag' },
  BAD_ALIAS: { fr: 'ce renvoi (« * ») ne mène à rien', en: 'this alias ("*") leads nowhere' },
  BAD_COLLECTION_TYPE: {
    fr: 'ce type (« ! ») ne va pas avec ce qui suit',
    en: 'this tag ("!") does not fit what follows',
  },
  BAD_DIRECTIVE: { fr: 'cette ligne en « % » n’est pas comprise', en: 'this line with "%" is not understood' },
  BAD_PROP_ORDER: {
    fr: 'une ancre ou un type se trouve devant le tiret ou la clé',
    en: 'an anchor or a tag stands before the dash or the key',
  },
  DUPLICATE_KEY: { fr: 'cette clé se trouve deux fois', en: 'this key is there twice' },
  IMPOSSIBLE: { fr: 'ce n’est pas du YAML correct', en: 'this is not correct YAML' },
  KEY_OVER_1024_CHARS: { fr: 'cette clé a plus de 1024 signes', en: 'this key has more than 1024 characters' },
  MULTIPLE_TAGS: { fr: 'deux types (« ! ») se suivent', en: 'two tags ("!") follow each other' },
  NON_STRING_KEY: { fr: 'cette clé n’est pas un texte', en: 'this key is no text' },
  RESOURCE_EXHAUSTION: { fr: 'le fichier est trop profond ou trop long', en: 'the file is too deep or too long' },
  TAG_RESOLVE_FAILED: { fr: 'ce type (« ! ») n’est pas connu', en: 'this tag ("!") is not known' },
  BAD_SCALAR_START: {
    fr: 'un texte ne peut pas commencer par ce signe ; mettez-le entre guillemets',
    en: 'a text cannot begin with this sign; put it in quotes',
  },
}

/** Why the YAML library cannot read on, as the end of a sentence. */
export function yamlReason(code: ErrorCode): Sentence {
  // One that a later version of the library has: its own words are for programmers.
  return Object.hasOwn(reasons, code) ? reasons[code] : reasons.IMPOSSIBLE
}
