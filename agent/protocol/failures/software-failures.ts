import type { Messages } from '../../../text/messages.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { msiErrorMessage } from './msi-errors.ts'

/** What the code means, in brackets after it; nothing when only the maker of the installer knows. */
function meaning(code: number | string, locale: 'fr' | 'en'): string {
  const known = msiErrorMessage(code)?.[locale]
  return known === undefined ? '' : locale === 'fr' ? ` : ${known}` : `: ${known}`
}

/** Failures of installing software and of laying shortcuts. */
export const softwareFailures = {
  SOFTWARE_INSTALL_FAILED: {
    message: ({ name, code }: { name: string; code: number | string }) => ({
      fr: `L’installation de ${name} a échoué (code ${code}${meaning(code, 'fr')}).`,
      en: `Installing ${name} failed (code ${code}${meaning(code, 'en')}).`,
    }),
    fix: () => ({
      fr: 'Le détail donne la fin du journal d’installation ; corrigez les arguments du logiciel ou son fichier, puis reprenez l’étape.',
      en: 'The detail has the end of the installation’s log; correct the package’s arguments or its file, then retry the step.',
    }),
  },
  SOFTWARE_STALLED: {
    message: ({ name, minutes }: { name: string; minutes: number }) => ({
      fr: `L’installation de ${name} n’avançait plus depuis ${minutes} min ; elle a été arrêtée.`,
      en: `Installing ${name} had made no progress for ${minutes} min; it was ended.`,
    }),
    fix: () => ({
      fr: 'Elle attend sans doute une réponse que personne ne peut donner : vérifiez ses arguments d’installation silencieuse. Redémarrez le poste, puis reprenez l’étape.',
      en: 'It probably waits for an answer that nobody can give: check its arguments for a silent installation. Restart the machine, then retry the step.',
    }),
  },
  SOFTWARE_INSTALLER_BUSY: {
    message: ({ name, minutes }: { name: string; minutes: number }) => ({
      fr: `${name} n’a pas pu être installé : une autre installation occupe Windows et n’avance plus depuis ${minutes} min.`,
      en: `${name} could not be installed: another installation keeps Windows busy and has made no progress for ${minutes} min.`,
    }),
    fix: () => ({ fr: 'Redémarrez le poste, puis reprenez l’étape.', en: 'Restart the machine, then retry the step.' }),
  },
  SOFTWARE_NOT_DETECTED: {
    message: ({ name, missing }: { name: string; missing: string }) => ({
      fr: `${name} s’est installé sans erreur, mais reste introuvable (${missing}).`,
      en: `${name} installed without an error, but cannot be found (${missing}).`,
    }),
    fix: () => ({
      fr: 'Vérifiez la règle de détection du logiciel dans le catalogue ; si elle est juste, lisez le journal d’installation.',
      en: 'Check the package’s detection rule in the catalogue; if it is right, read the installation’s log.',
    }),
  },
  SOFTWARE_AFTERWARDS_FAILED: {
    message: ({ name, title, code }: { name: string; title: Sentence; code: number | string }) => ({
      fr: `${name} est installé, mais « ${title.fr} » a échoué (code ${code}).`,
      en: `${name} is installed, but "${title.en}" failed (code ${code}).`,
    }),
    fix: () => ({
      fr: 'Lisez le journal de l’étape et vérifiez les secrets du serveur, puis reprenez l’étape.',
      en: 'Read the step’s log and check the secrets on the server, then retry the step.',
    }),
  },
  SOFTWARE_UNKNOWN: {
    message: ({ id }: { id: string }) => ({
      fr: `Le logiciel « ${id} » n’a pas été donné à cette préparation.`,
      en: `The package "${id}" was not given to this run.`,
    }),
    fix: () => ({
      fr: 'Ajoutez-le au catalogue, puis lancez une nouvelle préparation.',
      en: 'Add it to the catalogue, then start a new run.',
    }),
  },
  SHORTCUT_TARGET_MISSING: {
    message: ({ shortcut, target }: { shortcut: string; target: string }) => ({
      fr: `Le raccourci « ${shortcut} » mènerait à ${target}, qui n’existe pas sur ce poste.`,
      en: `The shortcut "${shortcut}" would lead to ${target}, which does not exist on this machine.`,
    }),
    fix: () => ({
      fr: 'Corrigez la cible dans la séquence ou le logiciel, ou installez d’abord ce qu’elle désigne ; puis reprenez l’étape.',
      en: 'Correct the target in the sequence or the package, or install what it names first; then retry the step.',
    }),
  },
  SHORTCUT_NOT_SAID: {
    message: ({ id }: { id: string }) => ({
      fr: `Le logiciel « ${id} » ne dit pas quel raccourci créer.`,
      en: `The package "${id}" does not say which shortcut to make.`,
    }),
    fix: () => ({
      fr: 'Ajoutez « shortcut » à son manifeste, ou décrivez le raccourci dans la séquence.',
      en: 'Add "shortcut" to its manifest, or describe the shortcut in the sequence.',
    }),
  },
} satisfies Messages
