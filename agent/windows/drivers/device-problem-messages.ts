import type { Sentence } from '../../../text/sentence.ts'

/**
 * What the Device Manager's codes mean to a technician (Microsoft, "Error codes in Device Manager in Windows"; numbers
 * from cfg.h). The rare ones are told by their number.
 */
const messages: ReadonlyMap<number, Sentence> = new Map([
  [1, { fr: 'pas configuré', en: 'not configured' }],
  [3, { fr: 'pilote endommagé, ou mémoire insuffisante', en: 'damaged driver, or not enough memory' }],
  [9, { fr: 'identifiant matériel non valable', en: 'invalid hardware id' }],
  [10, { fr: 'ne démarre pas', en: 'cannot start' }],
  [12, { fr: 'pas assez de ressources libres', en: 'not enough free resources' }],
  [14, { fr: 'attend un redémarrage', en: 'waits for a restart' }],
  [16, { fr: 'ressources mal déterminées', en: 'resources not identified' }],
  [18, { fr: 'pilote à réinstaller', en: 'driver to be reinstalled' }],
  [19, { fr: 'réglages endommagés dans le registre', en: 'damaged settings in the registry' }],
  [21, { fr: 'en cours de retrait', en: 'being removed' }],
  [22, { fr: 'désactivé par une personne', en: 'switched off by a person' }],
  [24, { fr: 'absent, ou pilotes incomplets', en: 'absent, or drivers incomplete' }],
  [28, { fr: 'pas de pilote', en: 'no driver' }],
  [29, { fr: 'désactivé dans le BIOS', en: 'switched off in the firmware' }],
  [31, { fr: 'pilote impossible à charger', en: 'driver cannot be loaded' }],
  [32, { fr: 'service du pilote désactivé', en: 'driver’s service disabled' }],
  [37, { fr: 'le pilote a échoué à son démarrage', en: 'the driver failed at its start' }],
  [38, { fr: 'l’ancien pilote est encore en mémoire', en: 'the previous driver is still in memory' }],
  [39, { fr: 'pilote endommagé ou absent', en: 'damaged or missing driver' }],
  [43, { fr: 'arrêté par son pilote après une erreur', en: 'stopped by its driver after an error' }],
  [44, { fr: 'arrêté par un programme', en: 'stopped by a program' }],
  [45, { fr: 'non branché', en: 'not plugged in' }],
  [48, { fr: 'pilote bloqué par Windows', en: 'driver blocked by Windows' }],
  [50, { fr: 'réglages refusés par Windows', en: 'settings refused by Windows' }],
  [51, { fr: 'attend un autre périphérique', en: 'waits for another device' }],
  [52, { fr: 'signature du pilote refusée', en: 'driver signature refused' }],
  [54, { fr: 'en cours de réinitialisation', en: 'being reset' }],
  [56, { fr: 'en cours de configuration', en: 'being configured' }],
])

/** A device problem as a sentence, with the code the Device Manager shows. */
export function deviceProblemMessage(code: number): Sentence {
  const known = messages.get(code) ?? { fr: 'problème signalé', en: 'a problem is reported' }
  return { fr: `${known.fr} (code ${code})`, en: `${known.en} (code ${code})` }
}
