import type { Translation } from '../translation.ts'
import type { sequences as english } from '../en/sequences.ts'

export const sequences: Translation<typeof english> = {
  'sequences.title': 'Séquences',
  'sequences.empty': 'Aucune séquence',
  'sequences.empty.fix': 'Les séquences fournies manquent. Vérifiez l’installation.',
  'sequences.origin.shipped': 'fournie',
  'sequences.origin.own': 'à vous',
  'sequences.steps': { one: '{n} étape', other: '{n} étapes' },
  'sequences.erases': 'efface ou écrit le disque',
  'sequences.lacking': { one: '{n} manque au catalogue', other: '{n} manquent au catalogue' },
  'sequences.lacking.title': 'Une préparation qui en a besoin serait refusée',
  'sequences.lacking.catalogue': 'Ouvrir le catalogue',
  'sequences.problems': { one: '{n} problème', other: '{n} problèmes' },
  'sequences.pick': 'Choisissez une séquence pour voir ses étapes.',
  'sequences.edit': 'Le fichier',
  'sequences.id': 'Nom du fichier',
  'sequences.id.rule': 'petites lettres, chiffres et tirets',
  'sequences.managers': 'Un responsable change les séquences : ce qu’elles lancent a tous les droits sur chaque poste.',
  'sequences.save': 'Enregistrer',
  'sequences.save.copy': 'Enregistrer comme vôtre',
  'sequences.saved': 'Enregistré.',
  'sequences.changed': 'pas enregistré',
  'sequences.where': 'ligne {line}, colonne {column}',
  'sequences.fine': 'Aucun problème.',
}
