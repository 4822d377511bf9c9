import type { Translation } from '../translation.ts'
import type { shell as english } from '../en/shell.ts'

export const shell: Translation<typeof english> = {
  'app.name': 'Établi',
  'app.loading': 'On interroge le serveur…',
  'app.pages': 'Pages',
  'app.skip': 'Aller au contenu',

  'page.unknown': 'Il n’y a rien à cette adresse.',
  'page.unknown.back': 'Retour à l’atelier',

  'nav.bench': 'Atelier',
  'nav.stock': 'Stock',
  'nav.catalogue': 'Catalogue',
  'nav.sequences': 'Séquences',
  'nav.settings': 'Réglages',

  'connection.connecting': 'connexion…',
  'connection.live': 'en direct',
  'connection.lost': 'connexion perdue {ago}',
  'panel.cut': 'Connexion perdue : la suite arrivera avec elle.',
  'connection.lost.notice': 'Ce que vous voyez date d’avant ; tout reprend seul dès que le serveur répond.',

  'error.unreachable': 'Le serveur ne répond pas.',
  'error.unreachable.fix': 'Vérifiez qu’il tourne et que cet appareil est sur son réseau, puis recommencez.',
  'time.soon': 'moins d’une minute',
  'time.most': '{duration} au plus',
  'time.from-to': '{from} à {to}',
  'error.here': 'Cette page a rencontré une erreur imprévue.',
  'error.here.fix': 'Rechargez-la, puis recommencez.',
  'error.answer': 'La réponse n’est pas celle du serveur Établi.',
  'error.answer.fix': 'Vérifiez ce qui se trouve entre cet appareil et lui (proxy), puis recommencez.',
  'time.now': 'à l’instant',

  'signin.user': 'Utilisateur',
  'signin.password': 'Mot de passe',
  'signin.submit': 'Se connecter',
  'signin.first': 'Premier démarrage ?',
  'signin.first.where':
    'Le mot de passe de « admin » s’est affiché une fois, dans le terminal où Établi a été lancé, sauf si vous l’avez choisi avec ETABLI_ADMIN_PASSWORD.',
}
