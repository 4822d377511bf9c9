import type { Messages } from '../../../text/messages.ts'

/** What is said of applications. */
export const softwareRemarks = {
  MDT_APPLICATION_NO_DETECTION: {
    message: () => ({
      fr: 'MDT ne disait pas à quoi voir que le logiciel est installé ; la clé du manifeste est une supposition.',
      en: 'MDT did not say by what to see that it is installed; the manifest’s key is a guess.',
    }),
    fix: () => ({
      fr: 'Corrigez « detect » d’après un poste où il est installé.',
      en: 'Mend "detect" by looking at a machine on which it is installed.',
    }),
  },
  MDT_APPLICATION_NOT_SILENT: {
    message: () => ({
      fr: 'La commande n’a rien qui la rende silencieuse : l’installation pourrait attendre une réponse.',
      en: 'Nothing makes the command silent: the installer might wait for an answer.',
    }),
    fix: () => ({
      fr: 'Ajoutez l’option silencieuse de son installeur dans « arguments ».',
      en: 'Add its installer’s silent switch to "arguments".',
    }),
  },
  MDT_APPLICATION_ELSEWHERE: {
    message: ({ path }: { path: string }) => ({
      fr: `L’installeur n’est pas dans le partage, mais à « ${path} ».`,
      en: `The installer is not in the share but at "${path}".`,
    }),
    fix: () => ({ fr: 'Ajoutez-le au logiciel dans le catalogue.', en: 'Add it to the package in the catalogue.' }),
  },
  MDT_APPLICATION_SCRIPT: {
    message: ({ command }: { command: string }) => ({
      fr: `Installé par un script ou un outil (${command}) ; Établi installe des MSI, EXE et MSIX.`,
      en: `Installed by a script or a tool (${command}); Établi installs MSI, EXE and MSIX.`,
    }),
    fix: () => ({
      fr: 'Ajoutez au catalogue l’installeur que le script lance, ou faites du script une étape « run-powershell ».',
      en: 'Add the installer that the script starts to the catalogue, or make the script a step "run-powershell".',
    }),
  },
  MDT_APPLICATION_SCRIPT_STEP: {
    message: ({ path }: { path: string }) => ({
      fr: `Installé par un script (${path}), dont le texte est maintenant dans les séquences qui s’en servent.`,
      en: `Installed by a script (${path}), whose text is now in the sequences that use it.`,
    }),
    fix: () => ({
      fr: 'Relisez-le : les fichiers à côté de lui n’y sont pas.',
      en: 'Read it through: the files beside it are not there.',
    }),
  },
  MDT_APPLICATION_UPDATE: {
    message: ({ file }: { file: string }) => ({
      fr: `C’est une mise à jour de Windows (${file}).`,
      en: `It is an update of Windows (${file}).`,
    }),
    fix: () => ({
      fr: 'Ajoutez le fichier aux mises à jour du catalogue.',
      en: 'Add the file to the catalogue’s updates.',
    }),
  },
  MDT_APPLICATION_PATCH: {
    message: ({ command }: { command: string }) => ({
      fr: `La commande corrige ou retire un logiciel (${command}) au lieu d’en installer un.`,
      en: `The command patches or removes software (${command}) instead of installing some.`,
    }),
    fix: () => ({
      fr: 'Prenez un installeur qui contient le correctif.',
      en: 'Take an installer that holds the patch.',
    }),
  },
  MDT_APPLICATION_NO_COMMAND: {
    message: () => ({
      fr: 'Ni commande, ni dépendance : il n’y a rien à installer.',
      en: 'Neither a command nor dependencies: there is nothing to install.',
    }),
    fix: () => ({ fr: 'Vérifiez-le dans MDT.', en: 'Check it in MDT.' }),
  },
  MDT_APPLICATION_BUNDLE: {
    message: ({ count }: { count: number }) => ({
      fr: `Un groupe de ${count} logiciels : les étapes qui s’en servent les nomment.`,
      en: `A bundle of ${count} applications: the steps that use it name them.`,
    }),
    fix: () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' }),
  },
  MDT_APPLICATION_NEEDS_GONE: {
    message: ({ names }: { names: string }) => ({
      fr: `Dépend de logiciels qui ne sont pas repris (${names}).`,
      en: `Needs applications that are not taken over (${names}).`,
    }),
    fix: () => ({
      fr: 'Ajoutez-les au catalogue, puis à « needs ».',
      en: 'Add them to the catalogue, then to "needs".',
    }),
  },
  MDT_APPLICATION_NEEDS_CIRCLE: {
    message: ({ names }: { names: string }) => ({
      fr: `Des dépendances tournent en rond (${names}) ; celle qui referme le cercle n’est pas reprise.`,
      en: `Dependencies go in a circle (${names}); the one that closes it is not taken over.`,
    }),
    fix: () => ({ fr: 'Vérifiez « needs ».', en: 'Check "needs".' }),
  },
  MDT_APPLICATION_RESTARTS: {
    message: () => ({
      fr: 'MDT redémarrait toujours après lui : une étape « restart » suit.',
      en: 'MDT always restarted after it: a step "restart" follows.',
    }),
    fix: () => ({
      fr: 'Retirez-la si l’installeur ne le demande pas.',
      en: 'Take it away if the installer does not ask for it.',
    }),
  },
  MDT_APPLICATION_PLATFORMS: {
    message: ({ platforms }: { platforms: string }) => ({
      fr: `MDT ne l’installait que sur certains systèmes (${platforms}).`,
      en: `MDT installed it on some systems only (${platforms}).`,
    }),
    fix: () => ({
      fr: 'Ajoutez « when » aux étapes qui l’installent au besoin.',
      en: 'Add "when" to the steps that install it where needed.',
    }),
  },
  MDT_APPLICATION_HIDDEN: {
    message: () => ({
      fr: 'Caché dans l’assistant de MDT ; les séquences et règles s’en servaient.',
      en: 'Hidden in MDT’s wizard; sequences and rules used it.',
    }),
    fix: () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' }),
  },
} satisfies Messages
