import type { Translation } from '../translation.ts'
import type { start as english } from '../en/start.ts'

export const start: Translation<typeof english> = {
  'choice.title': 'Que faut-il prendre sur {label} ?',
  'choice.title.disk': 'Quel disque de {label} faut-il effacer ?',
  'choice.title.claimant': 'Lequel est {label} ?',
  'choice.warning': 'Tout ce que contient le disque choisi sera perdu.',
  'choice.erase': 'Maintenir pour effacer {disk}',
  'choice.pick': 'Choisissez d’abord un disque',
  'choice.confirm': 'Continuer ainsi',

  'start.title': 'Lancer',
  'start.count': { one: '{n} poste choisi', other: '{n} postes choisis' },
  'start.clear': 'Tout lâcher',
  'start.sequence': 'Séquence',
  'start.image': 'Image',
  'start.sequence.none': 'aucune séquence utilisable',
  'start.image.none': 'pas encore d’image pour elle',
  'start.mend.image': 'Importez d’abord une image',
  'start.mend.catalogue': 'Complétez d’abord le catalogue',
  'start.value': 'Donnez d’abord une valeur à « {name} »',
  'start.lacking': 'Le serveur refuserait cette préparation : il lui manque quelque chose',
  'start.lacking.perhaps': 'Le serveur refuse cette préparation là où une étape à condition a besoin de ce qui manque',
  'start.lacking.conditional': 'Seule une étape à condition en a besoin.',
  'start.lacking.sequence': 'Ouvrir la séquence',
  'start.hold': {
    one: 'Maintenir pour effacer et préparer {n} poste',
    other: 'Maintenir pour effacer et préparer {n} postes',
  },
  'start.go': { one: 'Lancer sur {n} poste', other: 'Lancer sur {n} postes' },
  'start.erased': 'Ce qui sera effacé',
  'start.erased.nothing': 'Cette séquence n’écrit sur aucun disque.',
  'start.erased.asks': 'a {n} disques : il demandera lequel',
  'start.erased.smallest': 'a {n} disques : il prendra le plus petit qui suffit',
  'start.erasure.missing': 'n’a pas le disque que la séquence nomme',
  'start.erasure.none': 'n’a aucun disque à effacer',
  'start.erasure.unknown': 'n’a pas encore décrit son matériel',
  'start.started': { one: '{n} préparation lancée', other: '{n} préparations lancées' },
  'start.offer.prepare': 'Préparer ce poste…',
  'start.offer.check': 'Contrôler ce poste…',
  'start.ready': {
    one: '{n} poste prêt à la vente : son Windows et ses preuves seront perdus.',
    other: '{n} postes prêts à la vente : leur Windows et leurs preuves seront perdus.',
  },

  'hold.short': 'Gardez le bouton enfoncé jusqu’au bout.',
  'hold.again': 'Encore une fois pour confirmer',
}
