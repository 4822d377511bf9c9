import { recordStateNames } from '../../../../text/record-state-names.ts'
import type { Translation } from '../translation.ts'
import type { stock as english } from '../en/stock.ts'

export const stock: Translation<typeof english> = {
  'stock.title': 'Stock',
  'stock.search': 'Chercher',
  'stock.search.hint': 'Nom, série, modèle…',
  'stock.filters': 'État',
  'stock.all': 'tous',
  'stock.machine': 'Poste',
  'stock.state': 'État',
  'stock.model': 'Modèle',
  'stock.memory': 'Mémoire',
  'stock.disk': 'Disque',
  'stock.windows': 'Windows',
  'stock.reason': 'Pourquoi',
  'stock.changed': 'Depuis',
  'stock.move': 'Changer l’état…',
  'stock.move.of': 'Changer l’état de {label}',
  'stock.move.to': 'Nouvel état',
  'stock.move.reason': 'Raison',
  'stock.move.reason.hint': 'Ce que le suivant doit savoir',
  'stock.move.submit': 'Changer l’état',
  'stock.move.override': 'J’en réponds : prêt sans les preuves',
  'stock.move.undo':
    'Livré par erreur ? « {state} » annule la livraison. L’agent qui dormait dans son Windows, s’il y en avait un, reste congédié.',
  'stock.empty': 'Le stock est vide',
  'stock.empty.fix':
    'Chaque poste qui démarre sur le réseau reçoit ici sa fiche, sans rien saisir. Commencez par le premier.',
  'stock.empty.bench': 'Voir l’atelier',
  'stock.nothing': 'Aucune fiche ne correspond',
  'stock.nothing.clear': 'Afficher toutes les fiches',
  'stock.keys': 'chercher, puis flèches et Entrée',
  'stock.count': { one: '{n} fiche', other: '{n} fiches' },
  'stock.shown': '{n} fiches sur {all}',
  'stock.more': 'Afficher la suite',

  'state.received': recordStateNames.received.fr,
  'state.assembled': recordStateNames.assembled.fr,
  'state.deploying': recordStateNames.deploying.fr,
  'state.checking': recordStateNames.checking.fr,
  'state.ready': recordStateNames.ready.fr,
  'state.reserved': recordStateNames.reserved.fr,
  'state.delivered': recordStateNames.delivered.fr,
  'state.attention': recordStateNames.attention.fr,
  'state.retired': recordStateNames.retired.fr,
}
