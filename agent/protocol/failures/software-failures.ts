import { entry } from './failure-messages.ts'
import { msiErrorMessage } from './msi-errors.ts'

/** What the code means, in brackets after it; nothing when only the maker of the installer knows. */
const meaning = (code: string, locale: 'fr' | 'en'): string => {
  const words = msiErrorMessage(code)?.[locale]
  return words === undefined ? '' : locale === 'fr' ? ` : ${words}` : `: ${words}`
}

/** Failures of installing software and of laying shortcuts. */
export const softwareFailures = {
  SOFTWARE_INSTALL_FAILED: entry<'name' | 'code'>(
    (p) => [
      `L’installation de ${p.text('name')} a échoué (code ${p.text('code')}${meaning(p.text('code'), 'fr')}).`,
      'Le détail donne la fin du journal d’installation ; corrigez les arguments du logiciel ou son fichier, puis reprenez l’étape.',
    ],
    (p) => [
      `Installing ${p.text('name')} failed (code ${p.text('code')}${meaning(p.text('code'), 'en')}).`,
      'The detail has the end of the installation’s log; correct the package’s arguments or its file, then retry the step.',
    ],
  ),
  SOFTWARE_STALLED: entry<'name' | 'minutes'>(
    (p) => [
      `L’installation de ${p.text('name')} n’avançait plus depuis ${p.text('minutes')} min ; elle a été arrêtée.`,
      'Elle attend sans doute une réponse que personne ne peut donner : vérifiez ses arguments d’installation silencieuse. Redémarrez le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `Installing ${p.text('name')} had made no progress for ${p.text('minutes')} min; it was ended.`,
      'It probably waits for an answer that nobody can give: check its arguments for a silent installation. Restart the machine, then retry the step.',
    ],
  ),
  SOFTWARE_INSTALLER_BUSY: entry<'name' | 'minutes'>(
    (p) => [
      `${p.text('name')} n’a pas pu être installé : une autre installation occupe Windows et n’avance plus depuis ${p.text('minutes')} min.`,
      'Redémarrez le poste, puis reprenez l’étape.',
    ],
    (p) => [
      `${p.text('name')} could not be installed: another installation keeps Windows busy and has made no progress for ${p.text('minutes')} min.`,
      'Restart the machine, then retry the step.',
    ],
  ),
  SOFTWARE_NOT_DETECTED: entry<'name' | 'missing'>(
    (p) => [
      `${p.text('name')} s’est installé sans erreur, mais reste introuvable (${p.text('missing')}).`,
      'Vérifiez la règle de détection du logiciel dans le catalogue ; si elle est juste, lisez le journal d’installation.',
    ],
    (p) => [
      `${p.text('name')} installed without an error, but cannot be found (${p.text('missing')}).`,
      'Check the package’s detection rule in the catalogue; if it is right, read the installation’s log.',
    ],
  ),
  SOFTWARE_AFTERWARDS_FAILED: entry<'name' | 'titleFr' | 'titleEn' | 'code'>(
    (p) => [
      `${p.text('name')} est installé, mais « ${p.text('titleFr')} » a échoué (code ${p.text('code')}).`,
      'Lisez le journal de l’étape et vérifiez les secrets du serveur, puis reprenez l’étape.',
    ],
    (p) => [
      `${p.text('name')} is installed, but "${p.text('titleEn')}" failed (code ${p.text('code')}).`,
      'Read the step’s log and check the secrets on the server, then retry the step.',
    ],
  ),
  SOFTWARE_UNKNOWN: entry<'id'>(
    (p) => [
      `Le logiciel « ${p.text('id')} » n’a pas été donné à cette préparation.`,
      'Ajoutez-le au catalogue, puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The package "${p.text('id')}" was not given to this run.`,
      'Add it to the catalogue, then start a new run.',
    ],
  ),
  SHORTCUT_TARGET_MISSING: entry<'shortcut' | 'target'>(
    (p) => [
      `Le raccourci « ${p.text('shortcut')} » mènerait à ${p.text('target')}, qui n’existe pas sur ce poste.`,
      'Corrigez la cible dans la séquence ou le logiciel, ou installez d’abord ce qu’elle désigne ; puis reprenez l’étape.',
    ],
    (p) => [
      `The shortcut "${p.text('shortcut')}" would lead to ${p.text('target')}, which does not exist on this machine.`,
      'Correct the target in the sequence or the package, or install what it names first; then retry the step.',
    ],
  ),
  SHORTCUT_NOT_SAID: entry<'id'>(
    (p) => [
      `Le logiciel « ${p.text('id')} » ne dit pas quel raccourci créer.`,
      'Ajoutez « shortcut » à son manifeste, ou décrivez le raccourci dans la séquence.',
    ],
    (p) => [
      `The package "${p.text('id')}" does not say which shortcut to make.`,
      'Add "shortcut" to its manifest, or describe the shortcut in the sequence.',
    ],
  ),
}
