import type { Translation } from '../translation.ts'
import type { bench as english } from '../en/bench.ts'

export const bench: Translation<typeof english> = {
  'bench.title': 'Atelier',
  'bench.select.waiting': 'Choisir tout ce qui attend',
  'bench.select.one': 'Choisir {label}',
  'bench.empty': 'Aucun poste sur le réseau',
  'bench.empty.plug': 'Branchez un poste au réseau de l’atelier et allumez-le en démarrant sur le réseau (PXE).',
  'bench.empty.appears': 'Il apparaît ici en moins d’une minute. Rien n’est écrit sur son disque sans votre accord.',
  'bench.empty.dhcp': 'Le démarrage réseau est coupé',
  'bench.empty.dhcp.fix':
    'Établi ne répond à aucun poste tant que la carte réseau de l’atelier n’est pas nommée. Arrêtez-le et relancez-le ainsi :',
  'bench.empty.image': 'Pas encore d’image de Windows',
  'bench.empty.image.fix': 'Importez un fichier WIM, pour avoir quelque chose à installer.',
  'bench.environment.building':
    'L’environnement de préparation se construit : aucun poste ne peut démarrer avant la fin.',
  'bench.environment.missing':
    'L’environnement de préparation manque : aucun poste ne peut démarrer. Relancez le serveur pour le construire.',

  'group.attention': 'À voir',
  'group.working': 'En préparation',
  'group.waiting': 'En attente d’un choix',
  'group.done': 'Terminés',

  'booting.title': 'Démarrent sur le réseau',
  'booting.stranger': 'poste inconnu',
  'booting.stalled': 'Ne demande plus rien depuis {duration} : regardez son écran',

  'newcomers.title': 'Sur le réseau, pas encore un poste',
  'newcomers.what': 'Ce qui demande un démarrage réseau et ne peut pas l’avoir. La ligne s’efface quand c’est réglé.',
  'newcomers.times': { one: '{n} demande', other: '{n} demandes' },
  'newcomers.more': { one: 'et {n} autre', other: 'et {n} autres' },
  'newcomers.more.overflown': { one: 'et au moins {n} autre', other: 'et au moins {n} autres' },

  'count.attention': { one: '{n} à voir', other: '{n} à voir' },
  'count.working': { one: '{n} en préparation', other: '{n} en préparation' },
  'count.waiting': { one: '{n} en attente', other: '{n} en attente' },
  'count.done': { one: '{n} terminé', other: '{n} terminés' },

  'card.code': 'code {code}',
  'card.booting.dhcp': 'Demande une adresse',
  'card.booting.loader': 'Charge le programme de démarrage',
  'card.booting.kernel': 'Charge l’environnement de préparation',
  'card.booting.root': 'Démarre l’environnement de préparation',
  'card.waiting': 'Attend son image et sa séquence',
  'card.windows': 'Sous Windows, rien à faire',
  'card.assigned': 'Prend son travail dans un instant',
  'card.assigned.off': 'Assigné : allumez-le en démarrant sur le réseau',
  'card.between': 'Entre deux étapes',
  'card.cancelled': 'La dernière préparation a été annulée',
  'card.shortfall': { one: '{n} point n’a pas abouti', other: '{n} points n’ont pas abouti' },
  'card.step': 'étape {n} sur {all}',
  'card.since': 'depuis {duration}',
  'card.took': 'en {duration}',
  'card.left': 'reste {duration}',
  'card.left.run': 'encore {duration}',
  'card.quiet': 'sans nouvelles depuis {duration}',
  'card.progress': 'Avancement de la préparation',
  'card.retry': 'Réessayer',
  'card.choose': 'Choisir…',
  'card.choose.disk': 'Choisir le disque…',
}
