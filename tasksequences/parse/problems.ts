import { didYouMean, type Messages } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import { mistakesOf } from '../../text/yaml/problem.ts'

/** What can be wrong with a sequence, beyond what can be wrong with any file. Codes are never used for another meaning. */
export const sequenceProblems = {
  SEQUENCE_SHAPE: {
    message: () => ({ fr: 'Ce n’est pas une séquence.', en: 'This is no sequence.' }),
    fix: () => ({
      fr: 'Une séquence est faite de « name », « environment » (la liste des étapes) et, au besoin, « windows ».',
      en: 'A sequence is made of "name", "environment" (the list of steps) and, where needed, "windows".',
    }),
  },
  STEPS_MISSING: {
    message: () => ({ fr: 'La séquence n’a aucune étape.', en: 'The sequence has no step.' }),
    fix: () => ({
      fr: 'Ajoutez-en dans « environment » ou « windows ».',
      en: 'Add some to "environment" or "windows".',
    }),
  },
  STEP_SHAPE: {
    message: () => ({ fr: 'Ce n’est pas une étape.', en: 'This is no step.' }),
    fix: () => ({
      fr: 'Une étape s’écrit « - type: { … } », un seul type par tiret.',
      en: 'A step is written "- type: { … }", one type for each dash.',
    }),
  },
  STEP_TYPE_UNKNOWN: {
    message: ({ type, suggestion }: { type: string; suggestion: string | null }) => ({
      fr: `L’étape « ${type} » n’existe pas.${didYouMean(suggestion).fr}`,
      en: `There is no step "${type}".${didYouMean(suggestion).en}`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({
      fr: `Étapes possibles : ${allowed}.`,
      en: `Possible steps: ${allowed}.`,
    }),
  },
  STEP_ANNOUNCED: {
    message: ({ type }: { type: string }) => ({
      fr: `L’étape « ${type} » n’est pas encore disponible.`,
      en: `The step "${type}" is not available yet.`,
    }),
    fix: () => ({ fr: 'Retirez-la de la séquence.', en: 'Take it out of the sequence.' }),
  },
  STEP_WRONG_PHASE: {
    message: ({ type, phase }: { type: string; phase: string }) => ({
      fr: `L’étape « ${type} » ne peut pas se trouver dans « ${phase} ».`,
      en: `The step "${type}" cannot stand in "${phase}".`,
    }),
    fix: () => ({ fr: 'Déplacez-la, ou retirez-la.', en: 'Move it, or take it out.' }),
  },
  STEP_ORDER: {
    message: ({ type, needs }: { type: string; needs: string }) => ({
      fr: `L’étape « ${type} » demande une étape « ${needs} » avant elle.`,
      en: `The step "${type}" needs a step "${needs}" before it.`,
    }),
    fix: ({ needs }: { needs: string }) => ({ fr: `Ajoutez « ${needs} » plus haut.`, en: `Add "${needs}" above it.` }),
  },
  STEP_AFTER: {
    message: ({ type, after }: { type: string; after: string }) => ({
      fr: `L’étape « ${type} » ne peut pas venir après « ${after} ».`,
      en: `The step "${type}" cannot come after "${after}".`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({
      fr: `Il n’y a plus que ${allowed} de possible ici.`,
      en: `Only ${allowed} can stand here.`,
    }),
  },
  STEP_AFTER_LAST: {
    message: ({ after }: { after: string }) => ({
      fr: `Aucune étape ne peut venir après « ${after} », qui termine ici la préparation.`,
      en: `No step can come after "${after}", which ends the run here.`,
    }),
    fix: ({ type }: { type: string }) => ({ fr: `Retirez « ${type} ».`, en: `Take "${type}" out.` }),
  },
  STEP_TWICE: {
    message: ({ type }: { type: string }) => ({
      fr: `L’étape « ${type} » ne peut se trouver qu’une fois dans une séquence.`,
      en: `The step "${type}" can stand in a sequence once only.`,
    }),
    fix: () => ({ fr: 'Retirez l’une des deux.', en: 'Take one of the two out.' }),
  },
  STEP_INPUT_WRONG: {
    message: ({ type, key }: { type: string; key: string }) => ({
      fr: `${type} : la valeur de « ${key} » ne va pas.`,
      en: `${type}: the value of "${key}" is wrong.`,
    }),
    fix: ({ expected }: { expected: Sentence }) => ({
      fr: `Écrivez ${expected.fr}.`,
      en: `It must be ${expected.en}.`,
    }),
  },
  STEP_INPUT_RULE: {
    message: ({ type, reason }: { type: string; reason: Sentence }) => ({
      fr: `${type} : ${reason.fr}.`,
      en: `${type}: ${reason.en}.`,
    }),
    fix: () => ({ fr: 'Corrigez les réglages de l’étape.', en: 'Correct the settings of the step.' }),
  },
  STEP_INPUT_UNKNOWN: {
    message: ({ type, key, suggestion }: { type: string; key: string; suggestion: string | null }) => ({
      fr: `${type} ne connaît pas « ${key} ».${didYouMean(suggestion).fr}`,
      en: `${type} has no "${key}".${didYouMean(suggestion).en}`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({ fr: `Permis : ${allowed}.`, en: `Allowed: ${allowed}.` }),
  },
  STEP_INPUT_MISSING: {
    message: ({ type, key }: { type: string; key: string }) => ({
      fr: `${type} : « ${key} » manque.`,
      en: `${type}: "${key}" is missing.`,
    }),
    fix: ({ expected }: { expected: Sentence }) => ({
      fr: `Ajoutez-le : ${expected.fr}.`,
      en: `Add it: ${expected.en}.`,
    }),
  },
  VARIABLE_NAME: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » ne peut pas être un nom de variable.`,
      en: `"${name}" cannot be the name of a variable.`,
    }),
    fix: () => ({
      fr: 'Écrivez une lettre, puis des lettres, des chiffres ou « _ ».',
      en: 'Write a letter, then letters, digits or "_".',
    }),
  },
  VARIABLE_UNDECLARED: {
    message: ({ name, suggestion }: { name: string; suggestion: string | null }) => ({
      fr: `La variable « ${name} » n’existe pas.${didYouMean(suggestion).fr}`,
      en: `There is no variable "${name}".${didYouMean(suggestion).en}`,
    }),
    fix: ({ name }: { name: string }) => ({
      fr: `Déclarez-la dans « variables », ou écrivez $\${${name}} si c’est une variable du script.`,
      en: `Declare it in "variables", or write $\${${name}} if it is the script’s own.`,
    }),
  },
  VARIABLE_SECRET: {
    message: ({ name }: { name: string }) => ({
      fr: `La variable « ${name} » ne peut pas contenir un secret : les variables se voient.`,
      en: `The variable "${name}" cannot hold a secret: variables are seen.`,
    }),
    fix: () => ({
      fr: 'Écrivez ${secret.NOM} dans l’étape même.',
      en: 'Write ${secret.NAME} in the step itself.',
    }),
  },
  VARIABLE_CIRCLE: {
    message: ({ name }: { name: string }) => ({
      fr: `La variable « ${name} » se contient elle-même.`,
      en: `The variable "${name}" contains itself.`,
    }),
    fix: () => ({ fr: 'Donnez-lui une valeur sans elle.', en: 'Give it a value without itself.' }),
  },
  SECRET_REFERENCE: {
    message: ({ found }: { found: string }) => ({
      fr: `« ${found} » ne désigne aucun secret.`,
      en: `"${found}" names no secret.`,
    }),
    fix: () => ({
      fr: 'On écrit ${secret.NOM}, sans espace : une lettre, puis des lettres, des chiffres ou « _ ».',
      en: 'Write ${secret.NAME} without spaces: a letter, then letters, digits or "_".',
    }),
  },
  SECRET_NOT_TAKEN: {
    message: ({ type, key, name }: { type: string; key: string; name: string }) => ({
      fr: `${type} : le secret « ${name} » ne serait jamais remplacé dans « ${key} ».`,
      en: `${type}: the secret "${name}" would never be filled in in "${key}".`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({
      fr: `Ôtez-le ; un secret peut se trouver dans ${allowed}.`,
      en: `Take it out; a secret can stand in ${allowed}.`,
    }),
  },
  SECRET_IN_ENVIRONMENT: {
    message: ({ type, name }: { type: string; name: string }) => ({
      fr: `${type} : le secret « ${name} » n’est pas donné à l’environnement de préparation, qui ne peut rien prouver de lui-même.`,
      en: `${type}: the secret "${name}" is not given to the boot environment, which can prove nothing of itself.`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({
      fr: `Mettez-le dans une étape de « windows » : ${allowed}. Une clé de produit : run-powershell, script « cscript //nologo $env:windir\\System32\\slmgr.vbs /ipk \${secret.NOM} ».`,
      en: `Put it in a step of "windows": ${allowed}. A product key: run-powershell, script "cscript //nologo $env:windir\\System32\\slmgr.vbs /ipk \${secret.NAME}".`,
    }),
  },
  CONDITION_WRONG: {
    message: ({ reason }: { reason: Sentence }) => ({
      fr: `Condition « when » : ${reason.fr}.`,
      en: `Condition "when": ${reason.en}.`,
    }),
    fix: () => ({
      fr: "Exemple : ${edition} != 'Enterprise' and ${memoryGiB} >= 8.",
      en: "Example: ${edition} != 'Enterprise' and ${memoryGiB} >= 8.",
    }),
  },
} satisfies Messages

/** A mistake in a sequence. */
export const sequenceMistake = mistakesOf(sequenceProblems)
