import { didYouMean, type Messages } from '../../text/messages.ts'
import { mistakesOf } from '../../text/yaml/problem.ts'

/** What can be wrong with a setting. Codes are never used for another meaning. */
export const settingErrors = {
  SETTING_EMPTY: {
    message: () => ({ fr: 'La valeur est vide.', en: 'The value is empty.' }),
    fix: () => ({ fr: 'Écrivez-en une, ou ôtez le réglage.', en: 'Write one, or take the setting out.' }),
  },
  SETTING_CHOICE: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas possible.`,
      en: `"${given}" is not possible.`,
    }),
    fix: ({ allowed }: { allowed: string }) => ({
      fr: `Choisissez parmi : ${allowed}.`,
      en: `Choose one of ${allowed}.`,
    }),
  },
  SETTING_ENDPOINT: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas une adresse et un port.`,
      en: `"${given}" is not an address and a port.`,
    }),
    fix: () => ({ fr: 'Écrivez-les comme 0.0.0.0:8080.', en: 'Write them like 0.0.0.0:8080.' }),
  },
  SETTING_URL: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas l’adresse d’un serveur.`,
      en: `"${given}" is not the address of a server.`,
    }),
    fix: () => ({
      fr: 'Écrivez-la comme http://10.0.0.2:8080, sans chemin.',
      en: 'Write it like http://10.0.0.2:8080, without a path.',
    }),
  },
  SETTING_INTERFACE: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas un nom d’interface réseau.`,
      en: `"${given}" is not a network interface name.`,
    }),
    fix: () => ({
      fr: 'Prenez un des noms qu’affiche « ip link », par exemple enp3s0.',
      en: 'Take one of the names that "ip link" shows, for example enp3s0.',
    }),
  },
  SETTING_IPV4: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas une adresse IPv4.`,
      en: `"${given}" is not an IPv4 address.`,
    }),
    fix: () => ({ fr: 'Écrivez-la comme 10.0.0.1.', en: 'Write it like 10.0.0.1.' }),
  },
  SETTING_RANGE: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas une plage d’adresses.`,
      en: `"${given}" is not a range of addresses.`,
    }),
    fix: () => ({ fr: 'Écrivez-la comme 10.0.0.50-10.0.0.90.', en: 'Write it like 10.0.0.50-10.0.0.90.' }),
  },
  SETTING_RANGE_REVERSED: {
    message: ({ given }: { given: string }) => ({
      fr: `La plage ${given} finit avant de commencer.`,
      en: `The range ${given} ends before it begins.`,
    }),
    fix: () => ({ fr: 'Mettez la plus petite adresse en premier.', en: 'Put the lower address first.' }),
  },
  SETTING_RANGE_LARGE: {
    message: ({ given }: { given: string }) => ({
      fr: `La plage ${given} est trop grande.`,
      en: `The range ${given} is too large.`,
    }),
    fix: () => ({ fr: 'Gardez 65 536 adresses au plus.', en: 'Keep to 65,536 addresses at most.' }),
  },
  SETTING_SECONDS: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas une durée possible.`,
      en: `"${given}" is not a possible length of time.`,
    }),
    fix: () => ({
      fr: 'Écrivez un nombre entier de secondes, 60 au moins.',
      en: 'Write a whole number of seconds, 60 at least.',
    }),
  },
  SETTING_BLOCK_SIZE: {
    message: ({ given }: { given: string }) => ({
      fr: `« ${given} » n’est pas une taille de bloc TFTP.`,
      en: `"${given}" is not a size of TFTP blocks.`,
    }),
    fix: () => ({
      fr: 'Écrivez un nombre entier d’octets de 512 à 65464, par exemple 1468.',
      en: 'Write a whole number of bytes from 512 to 65464, for example 1468.',
    }),
  },
  SETTING_POSTGRESQL: {
    message: () => ({
      fr: 'Ce n’est pas l’adresse d’une base PostgreSQL.',
      en: 'This is not the address of a PostgreSQL database.',
    }),
    fix: () => ({
      fr: 'Écrivez-la comme postgres://utilisateur@serveur/base.',
      en: 'Write it like postgres://user@server/database.',
    }),
  },
  SETTING_PASSWORD_SHORT: {
    message: () => ({ fr: 'Le mot de passe est trop court.', en: 'The password is too short.' }),
    fix: () => ({ fr: 'Choisissez-en un d’au moins 8 caractères.', en: 'Choose one of at least 8 characters.' }),
  },
  SETTING_DATA_DIR_IN_FILE: {
    message: () => ({
      fr: 'Ce fichier est lui-même dans le dossier des données.',
      en: 'This file itself lies in the data folder.',
    }),
    fix: () => ({ fr: 'Réglez le dossier par ETABLI_DATA_DIR.', en: 'Set the folder by ETABLI_DATA_DIR.' }),
  },
  SETTING_PROXY_NOT_YET: {
    message: () => ({ fr: 'Le mode proxy n’est pas encore disponible.', en: 'The mode proxy is not available yet.' }),
    fix: () => ({
      fr: 'Prenez pxe-lease : il fait le même travail à côté d’un autre serveur DHCP.',
      en: 'Take pxe-lease: it does the same work beside another DHCP server.',
    }),
  },
  SETTING_TLS_PAIR: {
    message: ({ missing }: { missing: string }) => ({
      fr: `Un certificat ne sert qu’avec sa clé, et ${missing} n’est pas réglé.`,
      en: `A certificate is of use with its key only, and ${missing} is not set.`,
    }),
    fix: () => ({
      fr: 'Réglez ETABLI_TLS_CERT et ETABLI_TLS_KEY, ou aucun des deux.',
      en: 'Set both ETABLI_TLS_CERT and ETABLI_TLS_KEY, or neither.',
    }),
  },
  SETTING_BENCH_UNKNOWN: {
    message: () => ({
      fr: 'Pour ne pas servir le tableau de bord sur l’atelier, il faut savoir quelle interface y mène.',
      en: 'To keep the dashboard off the bench, the interface that leads there has to be known.',
    }),
    fix: () => ({
      fr: 'Réglez ETABLI_INTERFACE, ou ôtez ETABLI_DASHBOARD_ON_BENCH.',
      en: 'Set ETABLI_INTERFACE, or take ETABLI_DASHBOARD_ON_BENCH out.',
    }),
  },
  SETTING_INTERFACE_MISSING: {
    message: ({ mode }: { mode: string }) => ({
      fr: `Le mode ${mode} a besoin de l’interface réseau sur laquelle répondre.`,
      en: `The mode ${mode} needs the network interface to answer on.`,
    }),
    fix: () => ({
      fr: 'Réglez ETABLI_INTERFACE, par exemple enp3s0.',
      en: 'Set ETABLI_INTERFACE, for example to enp3s0.',
    }),
  },
  SETTING_RANGE_MISSING: {
    message: ({ mode }: { mode: string }) => ({
      fr: `Le mode ${mode} a besoin d’une plage d’adresses libres.`,
      en: `The mode ${mode} needs a range of free addresses.`,
    }),
    fix: () => ({
      fr: 'Réglez ETABLI_DHCP_RANGE, par exemple 10.0.0.50-10.0.0.90.',
      en: 'Set ETABLI_DHCP_RANGE, for example to 10.0.0.50-10.0.0.90.',
    }),
  },
  SETTING_VARIABLE_UNKNOWN: {
    message: ({ name, suggestion }: { name: string; suggestion: string | null }) => ({
      fr: `La variable ${name} est inconnue, et sans effet.${didYouMean(suggestion).fr}`,
      en: `The variable ${name} is unknown, and without effect.${didYouMean(suggestion).en}`,
    }),
    fix: () => ({ fr: 'Corrigez son nom, ou ôtez-la.', en: 'Correct its name, or take it out.' }),
  },
} satisfies Messages

export const settingMistake = mistakesOf(settingErrors)
