import type { Sentence } from '../text/sentence.ts'

/**
 * Variables that every run has without declaring them: what is known of the machine and of the image. One that is not
 * known is empty text.
 */
export const facts: Readonly<Record<string, Sentence>> = {
  serial: { fr: 'numéro de série du PC', en: 'serial number of the PC' },
  uuid: { fr: 'UUID SMBIOS', en: 'SMBIOS UUID' },
  code: { fr: 'code court affiché par le poste', en: 'short code on the machine’s screen' },
  machineName: { fr: 'nom donné au poste', en: 'name given to the machine' },
  manufacturer: { fr: 'constructeur', en: 'manufacturer' },
  product: { fr: 'modèle', en: 'model' },
  board: { fr: 'carte mère', en: 'main board' },
  firmwareVersion: { fr: 'version du BIOS', en: 'BIOS version' },
  mac: { fr: 'première adresse MAC', en: 'first MAC address' },
  processor: { fr: 'processeur', en: 'processor' },
  cores: { fr: 'nombre de cœurs', en: 'number of cores' },
  memoryGiB: { fr: 'mémoire en Gio', en: 'memory in GiB' },
  diskGB: { fr: 'taille du plus grand disque interne en Go', en: 'size of the largest internal disk in GB' },
  secureBoot: {
    fr: 'état de Secure Boot (on, off, setup, unsupported)',
    en: 'Secure Boot (on, off, setup, unsupported)',
  },
  tpm: { fr: 'version du TPM', en: 'TPM version' },
  windowsKey: { fr: 'clé Windows dans le BIOS (true, false)', en: 'Windows key in the BIOS (true, false)' },
  edition: { fr: 'édition de l’image', en: 'edition of the image' },
  imageName: { fr: 'nom de l’image', en: 'name of the image' },
  imageBuild: { fr: 'version de l’image', en: 'build of the image' },
}

/** Variables that a person's answer to a question fills; they need no declaration either. */
export const answers: Readonly<Record<string, Sentence>> = {
  claimant: {
    fr: 'poste choisi quand plusieurs se présentent comme le même',
    en: 'the machine chosen when several claim to be the same',
  },
  disk: { fr: 'disque choisi, par son numéro de série', en: 'the chosen disk, by its serial number' },
}

/** Whether a run has the variable without the sequence declaring it. */
export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(facts, name) || Object.hasOwn(answers, name)
}
