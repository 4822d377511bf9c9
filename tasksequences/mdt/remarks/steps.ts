import type { Messages } from '../../../text/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'

const nothing = () => ({ fr: 'Rien à faire.', en: 'Nothing to do.' })
const asCommand = () => ({
  fr: 'Ajoutez au besoin une étape « run-powershell » dans « windows ».',
  en: 'Where needed, add a step "run-powershell" to "windows".',
})

/** What is said of steps. */
export const stepRemarks = {
  MDT_STEP_DISABLED: {
    message: () => ({
      fr: 'Désactivée dans MDT ; elle reste en commentaire dans la séquence.',
      en: 'Disabled in MDT; it stays in the sequence as a comment.',
    }),
    fix: () => ({
      fr: 'Retirez le signe « # » pour la faire.',
      en: 'Take the "#" away to have it done.',
    }),
  },
  MDT_STEP_NEVER: {
    message: ({ condition }: { condition: string }) => ({
      fr: `Faite seulement si « ${condition} », ce qui n’arrive jamais à un PC qu’Établi prépare.`,
      en: `Done only if "${condition}", which is never so for a PC that Établi prepares.`,
    }),
    fix: nothing,
  },
  MDT_STEP_BY_ETABLI: {
    message: ({ what }: { what: Sentence }) => ({
      fr: `Établi le fait lui-même : ${what.fr}.`,
      en: `Établi does it by itself: ${what.en}.`,
    }),
    fix: nothing,
  },
  MDT_STEP_ALREADY: {
    message: ({ as }: { as: string }) => ({
      fr: `L’étape « ${as} » de la séquence le fait déjà.`,
      en: `The sequence’s step "${as}" does it already.`,
    }),
    fix: nothing,
  },
  MDT_STEP_SECOND: {
    message: ({ as }: { as: string }) => ({
      fr: `Une séquence n’a qu’une étape « ${as} » ; une autre, plus haut, l’est déjà devenue.`,
      en: `A sequence has one step "${as}" only; another one above has become it already.`,
    }),
    fix: () => ({
      fr: 'Faites-en une seconde séquence si les deux servent.',
      en: 'Make a second sequence of it if both are needed.',
    }),
  },
  MDT_STEP_CAPTURE: {
    message: () => ({
      fr: 'Capture d’une image : cette version d’Établi n’en fait pas.',
      en: 'Capture of an image: this version of Établi makes none.',
    }),
    fix: () => ({
      fr: 'Gardez MDT pour cette séquence, ou partez d’une image de Microsoft.',
      en: 'Keep MDT for this sequence, or start from an image of Microsoft’s.',
    }),
  },
  MDT_STEP_USER_STATE: {
    message: () => ({
      fr: 'Reprise des données d’un ancien Windows : Établi prépare des PC neufs.',
      en: 'Keeps the data of an old Windows: Établi prepares blank PCs.',
    }),
    fix: () => ({
      fr: 'Sauvegardez les données avant de lancer la séquence.',
      en: 'Save the data before you start the sequence.',
    }),
  },
  MDT_STEP_DOMAIN: {
    message: () => ({
      fr: 'Jonction à un domaine : cette version d’Établi n’en fait pas.',
      en: 'Joining a domain: this version of Établi does not.',
    }),
    fix: () => ({
      fr: 'Joignez le domaine à la livraison, ou par une étape « run-powershell » avec un secret.',
      en: 'Join the domain at delivery, or by a step "run-powershell" with a secret.',
    }),
  },
  MDT_STEP_BITLOCKER: {
    message: () => ({
      fr: 'BitLocker : Établi n’a pas d’étape pour le chiffrement.',
      en: 'BitLocker: Établi has no step that encrypts.',
    }),
    fix: asCommand,
  },
  MDT_STEP_SERVER_ROLE: {
    message: () => ({
      fr: 'Rôle d’un serveur (DNS, DHCP, annuaire) : hors de ce qu’Établi prépare.',
      en: 'A server’s role (DNS, DHCP, directory): not what Établi prepares.',
    }),
    fix: asCommand,
  },
  MDT_STEP_NETWORK: {
    message: () => ({
      fr: 'Adresses fixes : un poste préparé par Établi prend les siennes par DHCP.',
      en: 'Fixed addresses: a machine that Établi prepares gets its own by DHCP.',
    }),
    fix: asCommand,
  },
  MDT_STEP_FIRMWARE_LIST: {
    message: () => ({
      fr: 'Contrôle du BIOS d’après ZTIBIOSCheck.xml, qui n’est pas repris.',
      en: 'Check of the BIOS by ZTIBIOSCheck.xml, which is not taken over.',
    }),
    fix: () => ({
      fr: 'Ajoutez « firmwareAtLeast » à l’étape « check-hardware » au besoin.',
      en: 'Add "firmwareAtLeast" to the step "check-hardware" where needed.',
    }),
  },
  MDT_STEP_TELEMETRY: {
    message: () => ({
      fr: 'Participation aux programmes de Microsoft : Établi n’inscrit personne.',
      en: 'Enrols in Microsoft’s programmes: Établi enrols nobody.',
    }),
    fix: nothing,
  },
  MDT_STEP_PAUSE: {
    message: () => ({
      fr: 'Pause de MDT : Établi n’a pas de pause à cet endroit.',
      en: 'MDT’s pause: Établi has none at this place.',
    }),
    fix: () => ({
      fr: 'Coupez la séquence en deux si une personne doit intervenir.',
      en: 'Cut the sequence in two if a person has to act.',
    }),
  },
  MDT_STEP_POLICY_PACK: {
    message: () => ({
      fr: 'Modèle de stratégies locales (GPO pack) : il n’est pas repris.',
      en: 'Pack of local policies (GPO pack): it is not taken over.',
    }),
    fix: asCommand,
  },
  MDT_STEP_LANGUAGE: {
    message: () => ({
      fr: 'Modules de langue : chez Établi, la langue vient avec l’image.',
      en: 'Language packs: with Établi the language comes with the image.',
    }),
    fix: () => ({ fr: 'Importez une image dans la langue voulue.', en: 'Import an image in the wanted language.' }),
  },
  MDT_STEP_WINPE: {
    message: () => ({
      fr: 'Commande pour Windows PE ; l’environnement d’Établi est un Linux.',
      en: 'A command for Windows PE; Établi’s boot environment is a Linux.',
    }),
    fix: () => ({
      fr: 'Si elle sert encore, faites-la dans « windows » (run-command).',
      en: 'If it is still needed, do it in "windows" (run-command).',
    }),
  },
  MDT_STEP_SHARE_FILE: {
    message: ({ path }: { path: string }) => ({
      fr: `Se sert d’un fichier du partage (${path}), que le poste ne voit plus.`,
      en: `Uses a file of the share (${path}), which the machine no longer sees.`,
    }),
    fix: () => ({
      fr: 'Mettez le contenu du fichier dans l’étape, ou faites-en un logiciel du catalogue.',
      en: 'Put the file’s content into the step, or make it a package of the catalogue.',
    }),
  },
  MDT_STEP_SCRIPT_INLINE: {
    message: ({ path }: { path: string }) => ({
      fr: `Le texte du script (${path}) est dans la séquence ; il tourne en tant que SYSTEM, sans les variables de MDT.`,
      en: `The script’s text (${path}) is in the sequence; it runs as SYSTEM, without MDT’s variables.`,
    }),
    fix: () => ({ fr: 'Relisez-le.', en: 'Read it through.' }),
  },
  MDT_STEP_MDT_SCRIPT: {
    message: ({ script }: { script: string }) => ({
      fr: `Le script « ${script} » ne tourne que dans MDT.`,
      en: `The script "${script}" runs inside MDT only.`,
    }),
    fix: asCommand,
  },
  MDT_STEP_NETWORK_PATH: {
    message: ({ path }: { path: string }) => ({
      fr: `Se sert de « ${path} », que le poste doit pouvoir ouvrir en tant que SYSTEM.`,
      en: `Uses "${path}", which the machine has to be able to open as SYSTEM.`,
    }),
    fix: () => ({
      fr: 'Faites de ces fichiers un logiciel du catalogue.',
      en: 'Make these files a package of the catalogue.',
    }),
  },
  MDT_STEP_MDT_VARIABLE: {
    message: ({ names }: { names: string }) => ({
      fr: `Contient des variables de MDT (${names}) que rien ne remplit ici.`,
      en: `Holds variables of MDT (${names}) that nothing fills in here.`,
    }),
    fix: () => ({ fr: 'Remplacez-les dans la séquence.', en: 'Replace them in the sequence.' }),
  },
  MDT_STEP_AS_USER: {
    message: () => ({
      fr: 'MDT la lançait avec un autre compte ; ici elle tourne en tant que SYSTEM. Le mot de passe n’est pas repris.',
      en: 'MDT ran it as another user; here it runs as SYSTEM. The password is not taken over.',
    }),
    fix: () => ({ fr: 'Vérifiez que la commande s’en contente.', en: 'Check that the command is content with that.' }),
  },
  MDT_STEP_START_IN: {
    message: ({ path }: { path: string }) => ({
      fr: `Se plaçait d’abord dans « ${path} ».`,
      en: `It started in "${path}".`,
    }),
    fix: () => ({ fr: 'Vérifiez que ce dossier existe.', en: 'Check that this folder is there.' }),
  },
  MDT_STEP_SECRET_TEXT: {
    message: () => ({
      fr: 'Contient un texte qu’Établi lirait comme un renvoi à un secret.',
      en: 'Holds a text that Établi would read as a reference to a secret.',
    }),
    fix: asCommand,
  },
  MDT_STEP_TOO_LONG: {
    message: () => ({
      fr: 'Trop longue pour tenir dans une séquence.',
      en: 'Too long to fit into a sequence.',
    }),
    fix: () => ({ fr: 'Faites-en un logiciel du catalogue.', en: 'Make it a package of the catalogue.' }),
  },
  MDT_STEP_NEEDS_IMAGE: {
    message: () => ({
      fr: 'La séquence n’écrit pas d’image : il n’y a rien à préparer sur le disque.',
      en: 'The sequence writes no image: there is nothing on the disk to prepare.',
    }),
    fix: nothing,
  },
  MDT_STEP_EMPTY: {
    message: () => ({ fr: 'L’étape ne dit pas quoi lancer.', en: 'The step does not say what to run.' }),
    fix: nothing,
  },
  MDT_STEP_UNKNOWN: {
    message: ({ type }: { type: string }) => ({
      fr: `Établi ne connaît pas ce type d’étape (${type}).`,
      en: `Établi does not know this type of step (${type}).`,
    }),
    fix: asCommand,
  },
  MDT_PARTITION_GPT: {
    message: () => ({
      fr: 'MDT partitionnait pour un BIOS ; Établi fait un disque GPT pour UEFI.',
      en: 'MDT partitioned for a BIOS; Établi makes a GPT disk for UEFI.',
    }),
    fix: nothing,
  },
  MDT_PARTITION_DISK: {
    message: ({ disk }: { disk: string }) => ({
      fr: `MDT prenait le disque ${disk} ; Établi prend le seul disque interne, et demande s’il y en a deux.`,
      en: `MDT took disk ${disk}; Établi takes the only internal disk, and asks when there are two.`,
    }),
    fix: nothing,
  },
  MDT_PARTITION_EXTRA: {
    message: ({ names }: { names: string }) => ({
      fr: `D’autres partitions (${names}) ne sont pas faites : Windows prend tout le disque.`,
      en: `Further partitions (${names}) are not made: Windows takes the whole disk.`,
    }),
    fix: () => ({
      fr: 'Faites-les dans « windows » par une étape « run-powershell » s’il les faut.',
      en: 'Make them in "windows" by a step "run-powershell" if they are needed.',
    }),
  },
  MDT_OS_GUID_UNKNOWN: {
    message: () => ({
      fr: 'L’image de cette étape n’est pas dans la liste du partage ; qui lance la séquence choisira.',
      en: 'This step’s image is not in the share’s list; whoever starts the sequence will choose.',
    }),
    fix: () => ({ fr: 'Dites « edition » dans « apply-image ».', en: 'Say "edition" in "apply-image".' }),
  },
  MDT_DRIVERS_BY_DEVICE: {
    message: ({ profile }: { profile: string }) => ({
      fr: `MDT se limitait à « ${profile} » ; Établi prend ce que demande chaque matériel, dans tous les lots, d’abord ceux du modèle.`,
      en: `MDT kept to "${profile}"; Établi takes what each device needs from all packs, those of the model first.`,
    }),
    fix: nothing,
  },
  MDT_DRIVERS_NONE: {
    message: () => ({
      fr: 'La sélection « Nothing » n’ajoute aucun pilote.',
      en: 'The selection "Nothing" adds no driver.',
    }),
    fix: nothing,
  },
  MDT_UPDATES_WITH_WINDOWS_UPDATE: {
    message: () => ({
      fr: 'Les mises à jour du catalogue s’installent par l’étape « windows-update ».',
      en: 'Updates of the catalogue are installed by the step "windows-update".',
    }),
    fix: () => ({
      fr: 'Ajoutez une étape « windows-update » si la séquence n’en a pas.',
      en: 'Add a step "windows-update" if the sequence has none.',
    }),
  },
  MDT_APPLICATION_GONE: {
    message: ({ name }: { name: string }) => ({
      fr: `Le logiciel « ${name} » n’est pas dans le partage, ou n’a pas pu être repris.`,
      en: `The application "${name}" is not in the share, or could not be taken over.`,
    }),
    fix: () => ({
      fr: 'Ajoutez-le au catalogue, puis une étape « install-software ».',
      en: 'Add it to the catalogue, then a step "install-software".',
    }),
  },
  MDT_APPLICATIONS_ASKED: {
    message: () => ({
      fr: 'MDT demandait quels logiciels installer, et les règles n’en nomment aucun.',
      en: 'MDT asked which applications to install, and the rules name none.',
    }),
    fix: () => ({
      fr: 'Ajoutez des étapes « install-software » pour ceux qu’il faut toujours.',
      en: 'Add steps "install-software" for those that are always wanted.',
    }),
  },
  MDT_ROLES_CHECK: {
    message: () => ({
      fr: 'Fonctions de Windows, par leur nom dans MDT ; .NET 3.5 demande Internet.',
      en: 'Windows features, by their names in MDT; .NET 3.5 needs the Internet.',
    }),
    fix: () => ({ fr: 'Essayez l’étape sur un poste.', en: 'Try the step on a machine.' }),
  },
} satisfies Messages
