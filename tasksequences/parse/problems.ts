import type { Sentence } from '../../text/sentence.ts'
import type { Scalar } from '../scalar.ts'

/** Words that fill a problem's sentence: those that differ by language, and plain ones. */
export type ProblemParams = Record<string, Scalar>

type Words = (params: ProblemParams, inner: Sentence) => Sentence

const meant = ({ suggestion }: ProblemParams): Sentence =>
  suggestion === undefined
    ? { fr: '', en: '' }
    : { fr: ` Vouliez-vous dire « ${suggestion} » ?`, en: ` Did you mean "${suggestion}"?` }

/** Every problem a sequence file can have. Codes are never used for another meaning. */
export const problemWords = {
  SEQUENCE_TOO_LARGE: ({ limit }) => ({
    fr: `Le fichier est trop grand : ${limit} Kio au plus.`,
    en: `The file is too large: ${limit} KiB at most.`,
  }),
  SEQUENCE_TOO_DEEP: () => ({ fr: 'Le fichier est imbriqué trop profondément.', en: 'The file is nested too deeply.' }),
  SEQUENCE_SHAPE: () => ({
    fr: 'Une séquence est faite de « name », « environment » (la liste des étapes) et, au besoin, « windows ».',
    en: 'A sequence is made of "name", "environment" (the list of steps) and, where needed, "windows".',
  }),
  YAML_SYNTAX: (_, inner) => ({ fr: `Erreur de YAML : ${inner.fr}.`, en: `YAML mistake: ${inner.en}.` }),
  YAML_ALIAS: ({ name }) => ({
    fr: `Les renvois (« &${name} », « *${name} ») ne sont pas permis : répétez le texte.`,
    en: `References ("&${name}", "*${name}") are not allowed: repeat the text.`,
  }),
  KEY_DUPLICATE: ({ key }) => ({ fr: `« ${key} » est là deux fois.`, en: `"${key}" is there twice.` }),
  KEY_UNKNOWN: (params) => ({
    fr: `« ${params['key']} » n’existe pas ici.${meant(params).fr} Permis : ${params['allowed']}.`,
    en: `There is no "${params['key']}" here.${meant(params).en} Allowed: ${params['allowed']}.`,
  }),
  KEY_MISSING: ({ key }) => ({ fr: `« ${key} » manque.`, en: `"${key}" is missing.` }),
  VALUE_WRONG: ({ key }, inner) => ({
    fr: `« ${key} » doit être ${inner.fr}.`,
    en: `"${key}" must be ${inner.en}.`,
  }),
  STEPS_MISSING: () => ({ fr: 'La séquence n’a aucune étape.', en: 'The sequence has no step.' }),
  STEP_SHAPE: () => ({
    fr: 'Une étape s’écrit « - type: { … } », un seul type par tiret.',
    en: 'A step is written "- type: { … }", one type for each dash.',
  }),
  STEP_UNKNOWN: (params) => ({
    fr: `L’étape « ${params['type']} » n’existe pas.${meant(params).fr} Étapes possibles : ${params['allowed']}.`,
    en: `There is no step "${params['type']}".${meant(params).en} Possible steps: ${params['allowed']}.`,
  }),
  STEP_ANNOUNCED: ({ type }) => ({
    fr: `L’étape « ${type} » n’est pas encore disponible : retirez-la de la séquence.`,
    en: `The step "${type}" is not available yet: take it out of the sequence.`,
  }),
  STEP_WRONG_PHASE: ({ type, phase }) => ({
    fr: `L’étape « ${type} » ne peut pas se trouver dans « ${phase} ».`,
    en: `The step "${type}" cannot stand in "${phase}".`,
  }),
  STEP_ORDER: ({ type, needs }) => ({
    fr: `L’étape « ${type} » demande une étape « ${needs} » avant elle.`,
    en: `The step "${type}" needs a step "${needs}" before it.`,
  }),
  STEP_AFTER: ({ type, after, allowed }) => ({
    fr: `L’étape « ${type} » ne peut pas venir après « ${after} » : il n’y a plus que ${allowed} de possible.`,
    en: `The step "${type}" cannot come after "${after}": only ${allowed} can.`,
  }),
  STEP_AFTER_LAST: ({ type, after }) => ({
    fr: `Aucune étape ne peut venir après « ${after} », qui termine ici la préparation : retirez « ${type} ».`,
    en: `No step can come after "${after}", which ends the run here: take "${type}" out.`,
  }),
  STEP_TWICE: ({ type }) => ({
    fr: `L’étape « ${type} » ne peut se trouver qu’une fois dans une séquence.`,
    en: `The step "${type}" can stand in a sequence once only.`,
  }),
  INPUT_WRONG: ({ type, key }, inner) => ({
    fr: `${type} : « ${key} » doit être ${inner.fr}.`,
    en: `${type}: "${key}" must be ${inner.en}.`,
  }),
  INPUT_RULE: ({ type }, inner) => ({ fr: `${type} : ${inner.fr}.`, en: `${type}: ${inner.en}.` }),
  INPUT_UNKNOWN: (params) => ({
    fr: `${params['type']} ne connaît pas « ${params['key']} ».${meant(params).fr} Permis : ${params['allowed']}.`,
    en: `${params['type']} has no "${params['key']}".${meant(params).en} Allowed: ${params['allowed']}.`,
  }),
  INPUT_MISSING: ({ type, key }, inner) => ({
    fr: `${type} : « ${key} » manque (${inner.fr}).`,
    en: `${type}: "${key}" is missing (${inner.en}).`,
  }),
  VARIABLE_NAME: ({ name }) => ({
    fr: `« ${name} » ne peut pas être un nom de variable : une lettre, puis des lettres, des chiffres ou « _ ».`,
    en: `"${name}" cannot be the name of a variable: a letter, then letters, digits or "_".`,
  }),
  VARIABLE_UNKNOWN: (params) => ({
    fr: `La variable « ${params['name']} » n’existe pas.${meant(params).fr} Déclarez-la dans « variables », ou écrivez $\${${params['name']}} si c’est une variable du script.`,
    en: `There is no variable "${params['name']}".${meant(params).en} Declare it in "variables", or write $\${${params['name']}} if it is the script's own.`,
  }),
  VARIABLE_SECRET: ({ name }) => ({
    fr: `La variable « ${name} » ne peut pas contenir un secret : les variables se voient. Écrivez \${secret.NOM} dans l’étape même.`,
    en: `The variable "${name}" cannot hold a secret: variables are seen. Write \${secret.NAME} in the step itself.`,
  }),
  SECRET_REFERENCE: ({ found }) => ({
    fr: `« ${found} » ne désigne aucun secret. On écrit \${secret.NOM}, sans espace : une lettre, puis des lettres, des chiffres ou « _ ».`,
    en: `"${found}" names no secret. Write \${secret.NAME} without spaces: a letter, then letters, digits or "_".`,
  }),
  VARIABLE_CIRCLE: ({ name }) => ({
    fr: `La variable « ${name} » se contient elle-même.`,
    en: `The variable "${name}" contains itself.`,
  }),
  CONDITION_WRONG: (_, inner) => ({
    fr: `Condition « when » : ${inner.fr}. Exemple : \${edition} != 'Enterprise' and \${memoryGiB} >= 8.`,
    en: `Condition "when": ${inner.en}. Example: \${edition} != 'Enterprise' and \${memoryGiB} >= 8.`,
  }),
} satisfies Record<string, Words>

export type ProblemCode = keyof typeof problemWords

const none: Sentence = { fr: '', en: '' }

/** The sentence of a problem; `inner` are words inside it that differ by language. */
export function sayProblem(code: ProblemCode, params: ProblemParams, inner: Sentence = none): Sentence {
  const words: Words = problemWords[code]
  return words(params, inner)
}
