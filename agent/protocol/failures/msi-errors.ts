import type { Sentence } from '../../../text/sentence.ts'

/**
 * What Windows Installer's exit codes say, in a technician's words ("MsiExec.exe and InstMsi.exe error messages",
 * learn.microsoft.com/windows/win32/msi/error-codes).
 */
const msiErrors: Readonly<Record<string, Sentence>> = {
  1601: {
    fr: 'le service Windows Installer ne répond pas',
    en: 'the Windows Installer service does not answer',
  },
  1602: { fr: 'l’installation a été annulée', en: 'the installation was cancelled' },
  1603: {
    fr: 'erreur fatale pendant l’installation : une action du paquet a échoué, le journal dit laquelle',
    en: 'fatal error during the installation: an action of the package failed, the log says which one',
  },
  1605: { fr: 'ce produit n’est pas installé', en: 'this product is not installed' },
  1612: {
    fr: 'le fichier d’installation d’origine est introuvable',
    en: 'the original installation file cannot be found',
  },
  1618: { fr: 'une autre installation est déjà en cours', en: 'another installation is already running' },
  1619: {
    fr: 'le paquet n’a pas pu être ouvert : fichier abîmé ou incomplet',
    en: 'the package could not be opened: the file is damaged or incomplete',
  },
  1620: { fr: 'ce fichier n’est pas un paquet MSI valable', en: 'this file is no valid MSI package' },
  1624: {
    fr: 'une transformation (MST) demandée n’a pas pu être appliquée',
    en: 'a transform (MST) that was asked for could not be applied',
  },
  1625: {
    fr: 'une stratégie de Windows interdit cette installation',
    en: 'a policy of Windows forbids this installation',
  },
  1633: {
    fr: 'ce paquet n’est pas fait pour ce type de processeur',
    en: 'this package is not made for this kind of processor',
  },
  1638: {
    fr: 'une autre version de ce produit est déjà installée',
    en: 'another version of this product is installed already',
  },
  1639: {
    fr: 'un argument de l’installation n’est pas valable',
    en: 'an argument of the installation is not valid',
  },
  1641: { fr: 'installé, le poste redémarre', en: 'installed, the machine restarts' },
  3010: { fr: 'installé, un redémarrage est nécessaire', en: 'installed, a restart is needed' },
}

/** What a code means, or null when there are none of ours: a set-up program's codes are its own. */
export function msiErrorMessage(code: number | string): Sentence | null {
  return msiErrors[String(code)] ?? null
}
