import type { Sentence } from '../../text/sentence.ts'

/** Why a message got no answer. */
export type IgnoredReason =
  | 'dhcp-off'
  | 'not-a-request'
  | 'no-message-type'
  | 'not-a-client-message'
  | 'not-a-network-boot-client'
  | 'unknown-relay-network'
  | 'range-exhausted'
  | 'chose-another-server'
  | 'for-another-server'
  | 'no-address-named'
  | 'address-not-ours'
  | 'not-its-address'
  | 'no-record'
  | 'boot-silent'
  | 'already-answering'
  | 'overloaded'

/** Why an address was refused (DHCPNAK). */
export type RefusedReason = 'address-of-another' | 'wrong-address' | 'wrong-network' | 'outside-range'

/** Each reason as a sentence; `boot-silent` is completed by what decided the boot said. */
export const dhcpReasons: Readonly<Record<IgnoredReason | RefusedReason, Sentence>> = {
  'dhcp-off': { fr: 'DHCP est arrêté.', en: 'DHCP is off.' },
  'not-a-request': { fr: 'Ce message vient d’un serveur.', en: 'This message comes from a server.' },
  'no-message-type': {
    fr: 'Le message ne dit pas ce qu’il demande (option 53) : mettre à jour le BIOS du poste.',
    en: 'The message does not say what it asks (option 53): update the machine’s firmware.',
  },
  'not-a-client-message': { fr: 'Ce message n’est pas d’un client.', en: 'This is not a message of a client.' },
  'not-a-network-boot-client': {
    fr: 'Ce client ne démarre pas par le réseau ; l’autre serveur DHCP lui répond.',
    en: 'This client does not boot from the network; the other DHCP server answers it.',
  },
  'unknown-relay-network': {
    fr: 'La demande vient d’un autre réseau, par un relais, et aucune plage n’est définie pour lui : brancher le poste sur le réseau de l’atelier.',
    en: 'The request comes from another network, by a relay, and no range is set for it: plug the machine into the workshop’s network.',
  },
  'range-exhausted': {
    fr: 'Toutes les adresses sont prises : agrandir la plage (dhcp.range), ou attendre la fin d’un bail.',
    en: 'Every address is taken: make the range larger (dhcp.range), or wait for the end of a lease.',
  },
  'chose-another-server': {
    fr: 'Le client a choisi un autre serveur : si un autre serveur PXE répond sur ce réseau, l’arrêter.',
    en: 'The client chose another server: if another PXE server answers on this network, stop it.',
  },
  'for-another-server': { fr: 'Le message est pour un autre serveur.', en: 'The message is for another server.' },
  'no-address-named': { fr: 'Le client ne nomme aucune adresse.', en: 'The client names no address.' },
  'address-not-ours': {
    fr: 'L’adresse demandée n’est pas des nôtres.',
    en: 'The address asked for is not ours to give.',
  },
  'not-its-address': { fr: 'Cette adresse n’était pas à ce client.', en: 'That address was not this client’s.' },
  'no-record': { fr: 'Ce client nous est inconnu.', en: 'This client is unknown to us.' },
  'boot-silent': {
    fr: 'Le poste ne doit pas démarrer par le réseau.',
    en: 'The machine is not to boot from the network.',
  },
  'already-answering': { fr: 'La réponse est déjà en route.', en: 'The answer is already on its way.' },
  overloaded: { fr: 'Trop de demandes à la fois.', en: 'Too many requests at once.' },
  'address-of-another': { fr: 'Cette adresse est à un autre.', en: 'That address is somebody else’s.' },
  'wrong-address': { fr: 'Ce client a une autre adresse.', en: 'This client has another address.' },
  'wrong-network': { fr: 'Cette adresse n’est pas de ce réseau.', en: 'That address is not of this network.' },
  'outside-range': { fr: 'Cette adresse est hors de la plage.', en: 'That address is outside the range.' },
}
