import type { Messages } from '../../../text/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'

const nothing = () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' })
const secret = () => ({
  fr: 'Créez un secret si une étape en a besoin.',
  en: 'Make a secret if a step needs it.',
})

/** What is said of the sections and settings of CustomSettings.ini and Bootstrap.ini, and of Unattend.xml. */
export const ruleRemarks = {
  MDT_RULE_DEFAULTS: {
    message: () => ({
      fr: 'Vaut pour tout poste : ses réglages sont les variables de départ des séquences.',
      en: 'For every machine: its settings are the sequences’ default variables.',
    }),
    fix: nothing,
  },
  MDT_RULE_ORDER: {
    message: () => ({
      fr: 'Dit l’ordre des règles et les variables du partage.',
      en: 'Says the order of rules and the share’s own variables.',
    }),
    fix: nothing,
  },
  MDT_RULE_LEADS_ON: {
    message: ({ sections }: { sections: string }) => ({
      fr: `Mène à d’autres sections (${sections}), qui sont les règles.`,
      en: `Leads to other sections (${sections}), which are the rules.`,
    }),
    fix: nothing,
  },
  MDT_RULE_UNREACHED: {
    message: () => ({
      fr: 'Rien dans « Priority » ne mène à cette section : MDT ne la lisait pas.',
      en: 'Nothing in "Priority" leads to this section: MDT did not read it.',
    }),
    fix: () => ({
      fr: 'Supprimez-la, ou ajoutez-la à « Priority » dans MDT.',
      en: 'Delete it, or add it to "Priority" in MDT.',
    }),
  },
  MDT_RULE_TWICE: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » est déjà plus haut, et MDT ne lisait que le premier.`,
      en: `"${name}" is above already, and MDT read the first only.`,
    }),
    fix: nothing,
  },
  MDT_RULE_DATABASE: {
    message: () => ({
      fr: 'Demande à une base SQL de MDT, qu’Établi ne lit pas.',
      en: 'Asks an SQL database of MDT’s, which Établi does not read.',
    }),
    fix: () => ({
      fr: 'Exportez la table, et faites une règle par poste.',
      en: 'Export the table and make a rule for each machine.',
    }),
  },
  MDT_RULE_WEB_SERVICE: {
    message: () => ({
      fr: 'Demande à un service web, qu’Établi n’appelle pas.',
      en: 'Asks a web service, which Établi does not call.',
    }),
    fix: () => ({
      fr: 'Donnez ces valeurs au lancement, ou par une règle par poste.',
      en: 'Give these values when starting, or by a rule for each machine.',
    }),
  },
  MDT_RULE_USER_EXIT: {
    message: ({ script }: { script: string }) => ({
      fr: `Un script (${script}) calculait ces valeurs ; Établi ne lance pas de VBScript.`,
      en: `A script (${script}) worked these values out; Établi runs no VBScript.`,
    }),
    fix: () => ({
      fr: 'Donnez les valeurs au lancement, ou par des règles.',
      en: 'Give the values when starting, or by rules.',
    }),
  },
  MDT_RULE_COMPUTED: {
    message: ({ value }: { value: string }) => ({
      fr: `La valeur est un calcul en VBScript (${value}).`,
      en: `The value is worked out by VBScript (${value}).`,
    }),
    fix: () => ({
      fr: 'Écrivez-la avec {serial}, {mac} ou {model}, ou donnez-la au lancement.',
      en: 'Write it with {serial}, {mac} or {model}, or give it when starting.',
    }),
  },
  MDT_RULE_OVERLAPS: {
    message: ({ other }: { other: string }) => ({
      fr: `Dans MDT, un poste pouvait suivre cette règle et une autre (${other}) ; ici la première qui convient vaut seule.`,
      en: `In MDT a machine could follow this rule and another (${other}); here the first that fits counts alone.`,
    }),
    fix: () => ({
      fr: 'Ajoutez une règle pour les postes concernés par les deux.',
      en: 'Add a rule for machines that both are for.',
    }),
  },
  MDT_RULE_PROPERTY: {
    message: ({ property }: { property: string }) => ({
      fr: `Dépend de « ${property} », qu’Établi ne connaît pas des postes.`,
      en: `Depends on "${property}", which Établi does not know of machines.`,
    }),
    fix: () => ({
      fr: 'Remplacez par le modèle, le numéro de série ou l’adresse MAC.',
      en: 'Replace it by the model, the serial number or the MAC address.',
    }),
  },
  MDT_RULE_GUESSED: {
    message: ({ property }: { property: string }) => ({
      fr: `« Priority » a plusieurs propriétés ; ce nom a l’air d’être « ${property} ».`,
      en: `"Priority" has several properties; this name looks like "${property}".`,
    }),
    fix: () => ({ fr: 'Vérifiez de quoi la règle dépend.', en: 'Check what the rule goes by.' }),
  },
  MDT_RULE_NOT_YET: {
    message: () => ({
      fr: 'Cette version d’Établi n’a pas encore de règles : le choix se fait au lancement.',
      en: 'This version of Établi has no rules yet: the choice is made when starting.',
    }),
    fix: () => ({ fr: 'Gardez ce rapport.', en: 'Keep this report.' }),
  },
  MDT_SETTING_WIZARD: {
    message: () => ({
      fr: 'Concerne l’assistant de MDT ; Établi demande ce qu’il faut au lancement.',
      en: 'About MDT’s wizard; Établi asks what it needs when starting.',
    }),
    fix: nothing,
  },
  MDT_SETTING_BY_ETABLI: {
    message: ({ what }: { what: Sentence }) => ({
      fr: `Inutile ici : ${what.fr}.`,
      en: `Not needed here: ${what.en}.`,
    }),
    fix: nothing,
  },
  MDT_SETTING_SECRET: {
    message: () => ({
      fr: 'Mot de passe ou clé : il n’est jamais repris.',
      en: 'A password or a key: it is never taken over.',
    }),
    fix: secret,
  },
  MDT_SETTING_ADMINISTRATOR: {
    message: () => ({
      fr: 'Mot de passe de l’administrateur : Établi fait le sien pour la préparation, et ne reprend pas celui-ci.',
      en: 'The administrator’s password: Établi makes one of its own for the run, and does not take this one over.',
    }),
    fix: secret,
  },
  MDT_SETTING_DOMAIN: {
    message: () => ({
      fr: 'Jonction à un domaine ou à un groupe : cette version d’Établi n’en fait pas.',
      en: 'Joining a domain or a workgroup: this version of Établi does not.',
    }),
    fix: () => ({
      fr: 'Joignez le domaine à la livraison, ou par une étape « run-powershell ».',
      en: 'Join the domain at delivery, or by a step "run-powershell".',
    }),
  },
  MDT_SETTING_NONE: {
    message: () => ({
      fr: 'Établi n’a pas de réglage pour cela.',
      en: 'Établi has no setting for this.',
    }),
    fix: () => ({
      fr: 'Faites-le par une étape « run-powershell » s’il le faut.',
      en: 'Do it by a step "run-powershell" if it is needed.',
    }),
  },
  MDT_SETTING_EMPTY: {
    message: () => ({ fr: 'Vide dans MDT.', en: 'Empty in MDT.' }),
    fix: nothing,
  },
  MDT_SETTING_VALUE: {
    message: ({ value }: { value: string }) => ({
      fr: `« ${value} » n’est pas une valeur qu’Établi accepte ici.`,
      en: `"${value}" is no value that Établi takes here.`,
    }),
    fix: () => ({ fr: 'Donnez la valeur dans la séquence.', en: 'Give the value in the sequence.' }),
  },
  MDT_SETTING_TARGET_GONE: {
    message: ({ value }: { value: string }) => ({
      fr: `« ${value} » n’est pas dans le partage, ou n’a pas été repris.`,
      en: `"${value}" is not in the share, or was not taken over.`,
    }),
    fix: () => ({ fr: 'Choisissez-le au lancement.', en: 'Choose it when starting.' }),
  },
  MDT_SETTING_OVERRIDDEN: {
    message: () => ({
      fr: 'Une section qui passe avant a déjà donné une valeur.',
      en: 'A section that comes first has given a value already.',
    }),
    fix: nothing,
  },
  MDT_LINE_UNREADABLE: {
    message: () => ({
      fr: 'Cette ligne n’est ni une section ni un réglage.',
      en: 'This line is neither a section nor a setting.',
    }),
    fix: () => ({ fr: 'Corrigez-la dans MDT si elle servait.', en: 'Mend it in MDT if it was of use.' }),
  },
  MDT_ANSWER_TEMPLATE: {
    message: () => ({
      fr: 'Commande que MDT met dans tout fichier de réponses ; Établi a la sienne.',
      en: 'A command that MDT puts into every answer file; Établi has its own.',
    }),
    fix: nothing,
  },
  MDT_ANSWER_EARLIER: {
    message: ({ pass }: { pass: string }) => ({
      fr: `Tournait pendant l’installation de Windows (« ${pass} ») ; ici elle tourne au début de « windows ».`,
      en: `Ran while Windows was set up ("${pass}"); here it runs at the start of "windows".`,
    }),
    fix: () => ({ fr: 'Vérifiez que c’est assez tôt.', en: 'Check that this is early enough.' }),
  },
  MDT_ANSWER_OWN_FILE: {
    message: () => ({
      fr: 'Établi écrit son propre fichier de réponses ; ces réglages n’y sont pas.',
      en: 'Établi writes an answer file of its own; these settings are not in it.',
    }),
    fix: () => ({
      fr: 'S’il en faut un, faites-le par une étape « run-powershell ».',
      en: 'If one of them is needed, do it by a step "run-powershell".',
    }),
  },
} satisfies Messages
