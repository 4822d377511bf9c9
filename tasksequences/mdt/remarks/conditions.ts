import type { Messages } from '../../../text/messages.ts'

const nothing = () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' })

/** What is said of groups, conditions and variables of a sequence. */
export const conditionRemarks = {
  MDT_ELEMENT_UNKNOWN: {
    message: ({ name }: { name: string }) => ({
      fr: `Élément « ${name} » que l’import ne connaît pas.`,
      en: `An element "${name}" that the import does not know.`,
    }),
    fix: () => ({ fr: 'Regardez-le dans MDT.', en: 'Look at it in MDT.' }),
  },
  MDT_GROUP_FLAT: {
    message: () => ({
      fr: 'Établi n’a pas de groupes : ses étapes se suivent.',
      en: 'Établi has no groups: its steps follow each other.',
    }),
    fix: nothing,
  },
  MDT_GROUP_CONDITION: {
    message: ({ condition }: { condition: string }) => ({
      fr: `Sa condition (${condition}) est celle de chacune de ses étapes.`,
      en: `Its condition (${condition}) is that of each of its steps.`,
    }),
    fix: nothing,
  },
  MDT_GROUP_ALWAYS: {
    message: ({ condition }: { condition: string }) => ({
      fr: `Sa condition (${condition}) est toujours remplie pour un PC qu’Établi prépare.`,
      en: `Its condition (${condition}) always holds for a PC that Établi prepares.`,
    }),
    fix: nothing,
  },
  MDT_GROUP_CONTINUES: {
    message: () => ({
      fr: 'Le groupe continuait après une erreur : chacune de ses étapes continue maintenant.',
      en: 'The group went on after an error: now each of its steps does.',
    }),
    fix: () => ({
      fr: 'Retirez « continueOnError » où une erreur doit arrêter.',
      en: 'Take "continueOnError" away where an error has to stop the run.',
    }),
  },
  MDT_CONDITION_DROPPED: {
    message: ({ condition }: { condition: string }) => ({
      fr: `Sa condition (${condition}) n’est pas reprise : l’étape vaut pour tout poste.`,
      en: `Its condition (${condition}) is not taken over: the step is for any machine.`,
    }),
    fix: () => ({
      fr: 'Faites une séquence par cas si les postes diffèrent.',
      en: 'Make a sequence for each case if machines differ.',
    }),
  },
  MDT_CONDITION_UNKNOWN: {
    message: ({ condition, variable }: { condition: string; variable: string }) => ({
      fr: `Établi ne sait pas vérifier « ${condition} » : la variable « ${variable} » le dit à sa place.`,
      en: `Établi cannot tell whether "${condition}": the variable "${variable}" says it instead.`,
    }),
    fix: () => ({
      fr: 'Donnez-lui une valeur au lancement, ou récrivez « when ».',
      en: 'Give it a value when starting, or rewrite "when".',
    }),
  },
  MDT_CONDITION_VARIABLE: {
    message: ({ name, variable }: { name: string; variable: string }) => ({
      fr: `La condition demande la variable « ${name} » de MDT ; ici « ${variable} » est vide tant que personne ne la donne.`,
      en: `The condition asks for MDT’s variable "${name}"; here "${variable}" is empty until somebody gives it.`,
    }),
    fix: () => ({
      fr: 'Donnez-lui une valeur dans la séquence ou au lancement.',
      en: 'Give it a value in the sequence or when starting.',
    }),
  },
  MDT_CONDITION_LOOSER: {
    message: ({ pattern }: { pattern: string }) => ({
      fr: `« ${pattern} » est devenu « contient » : la condition est un peu plus large.`,
      en: `"${pattern}" became "contains": the condition is a little wider.`,
    }),
    fix: () => ({ fr: 'Vérifiez « when ».', en: 'Check "when".' }),
  },
  MDT_VARIABLE_REPLACED: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » est donnée plusieurs fois, et la dernière valeur compte.`,
      en: `"${name}" is given several times, and the last value counts.`,
    }),
    fix: nothing,
  },
  MDT_VARIABLE_CONDITIONAL: {
    message: ({ condition }: { condition: string }) => ({
      fr: `MDT la donnait seulement si « ${condition} » ; ici c’est sa valeur de départ.`,
      en: `MDT set it only if "${condition}"; here it is the default.`,
    }),
    fix: () => ({ fr: 'Vérifiez la valeur dans « variables ».', en: 'Check the value in "variables".' }),
  },
} satisfies Messages
