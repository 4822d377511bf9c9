import type { Sentence } from '../../text/sentence.ts'
import * as read from './values.ts'
import type { AddressRange, Ipv4 } from '../dhcp/addresses.ts'
import type { Endpoint, Parser } from './values.ts'

export type Setting<T> = { env: string; default: T; parse: Parser<NonNullable<T>>; sentence: Sentence }

function setting<T>(env: string, initial: T, parse: Parser<NonNullable<T>>, fr: string, en: string): Setting<T> {
  return { env, default: initial, parse, sentence: { fr, en } }
}

/** Every setting: its key in `etabli.yaml`, its environment variable, its default, and what it is for. */
export const settings = {
  dataDir: setting<string>(
    'ETABLI_DATA_DIR',
    './data',
    read.text,
    'Dossier des données : base, images, séquences, environnement de préparation.',
    'Data folder: database, images, sequences, boot environment.',
  ),
  listen: setting<Endpoint>(
    'ETABLI_LISTEN',
    { host: '0.0.0.0', port: 8080 },
    read.endpoint,
    'Adresse et port du tableau de bord, de l’API et des téléchargements.',
    'Address and port of dashboard, API and downloads.',
  ),
  'tls.listen': setting<Endpoint | null>(
    'ETABLI_TLS_LISTEN',
    null,
    read.endpoint,
    'Adresse et port chiffrés (TLS), pour les agents et le tableau de bord ; par défaut, l’adresse d’ETABLI_LISTEN et le port 8443.',
    'Encrypted (TLS) address and port, for agents and dashboard; by default the address of ETABLI_LISTEN and port 8443.',
  ),
  'tls.certificate': setting<string | null>(
    'ETABLI_TLS_CERT',
    null,
    read.text,
    'Certificat (PEM, chaîne complète) montré aux navigateurs à la place de celui que le serveur se fait ; les agents n’en ont pas besoin.',
    'Certificate (PEM, full chain) shown to browsers instead of the one the server makes itself; agents do not need it.',
  ),
  'tls.key': setting<string | null>(
    'ETABLI_TLS_KEY',
    null,
    read.text,
    'Clé (PEM, sans mot de passe) de ce certificat.',
    'Key (PEM, without passphrase) of that certificate.',
  ),
  publicUrl: setting<string | null>(
    'ETABLI_PUBLIC_URL',
    null,
    read.url,
    'Adresse sous laquelle les postes et les navigateurs atteignent ce serveur ; par défaut, celle de l’interface.',
    'Address at which machines and browsers reach this server; the interface’s own by default.',
  ),
  'dashboard.http': setting<'local' | 'everywhere'>(
    'ETABLI_DASHBOARD_HTTP',
    'local',
    read.oneOf(['local', 'everywhere']),
    'local : sans chiffrement, le tableau de bord n’est servi qu’à cet ordinateur ; les autres sont menés au port chiffré. everywhere : à tous, derrière un proxy qui chiffre.',
    'local: without encryption the dashboard is served to this computer only; others are led to the encrypted port. everywhere: to all, behind a proxy that encrypts.',
  ),
  'dashboard.onBench': setting<'yes' | 'no'>(
    'ETABLI_DASHBOARD_ON_BENCH',
    'yes',
    read.oneOf(['yes', 'no']),
    'no : ni tableau de bord ni API sur l’interface de l’atelier ; les postes y démarrent et y travaillent comme avant.',
    'no: neither dashboard nor API on the workshop’s interface; machines boot and work there as before.',
  ),
  interface: setting<string | null>(
    'ETABLI_INTERFACE',
    null,
    read.interfaceName,
    'Interface réseau de l’atelier ; le DHCP et le TFTP ne répondent que sur elle.',
    'The workshop’s network interface; DHCP and TFTP answer on it only.',
  ),
  'dhcp.mode': setting<'off' | 'proxy' | 'pxe-lease' | 'full'>(
    'ETABLI_DHCP_MODE',
    'off',
    read.oneOf(['off', 'proxy', 'pxe-lease', 'full']),
    'off : rien. pxe-lease : seulement les postes qui démarrent par le réseau. full : tout le monde.',
    'off: nothing. pxe-lease: only machines that boot from the network. full: everybody.',
  ),
  'dhcp.range': setting<AddressRange | null>(
    'ETABLI_DHCP_RANGE',
    null,
    read.addressRange,
    'Adresses à distribuer, par exemple 10.0.0.50-10.0.0.90.',
    'Addresses to hand out, for example 10.0.0.50-10.0.0.90.',
  ),
  'dhcp.router': setting<Ipv4 | null>(
    'ETABLI_DHCP_ROUTER',
    null,
    read.ipv4,
    'Passerelle donnée aux postes ; aucune par défaut.',
    'Gateway given to machines; none by default.',
  ),
  'dhcp.dns': setting<Ipv4[]>(
    'ETABLI_DHCP_DNS',
    [],
    read.ipv4List,
    'Serveurs de noms donnés aux postes.',
    'Name servers given to machines.',
  ),
  'dhcp.leaseSeconds': setting<number | null>(
    'ETABLI_DHCP_LEASE_SECONDS',
    null,
    read.seconds,
    'Durée d’un bail, en secondes ; par défaut une heure en pxe-lease, douze en full.',
    'How long a lease lasts, in seconds; by default one hour in pxe-lease, twelve in full.',
  ),
  'tftp.listen': setting<Endpoint | 'auto' | 'off'>(
    'ETABLI_TFTP_LISTEN',
    'auto',
    read.tftpListen,
    'auto : port 69 de l’interface quand elle est réglée. off, ou une adresse et un port.',
    'auto: port 69 of the interface when one is set. off, or an address and a port.',
  ),
  'tftp.maxBlockSize': setting<number>(
    'ETABLI_TFTP_MAX_BLOCK_SIZE',
    1468,
    read.blockSize,
    'Plus grand bloc TFTP, en octets ; il est aussi borné par ce que l’interface transporte d’un seul paquet.',
    'Largest TFTP block, in bytes; what the interface carries in one packet bounds it too.',
  ),
  adminPassword: setting<string | null>(
    'ETABLI_ADMIN_PASSWORD',
    null,
    read.password,
    'Mot de passe d’admin ; sinon il est créé et affiché une fois au premier démarrage.',
    'Password of admin; otherwise one is made and printed once at first start.',
  ),
  databaseUrl: setting<string | null>(
    'DATABASE_URL',
    null,
    read.postgresUrl,
    'PostgreSQL, quand plusieurs ateliers partagent une base ; sinon un fichier du dossier des données.',
    'PostgreSQL, when several workshops share a database; otherwise a file in the data folder.',
  ),
  environmentDir: setting<string | null>(
    'ETABLI_ENVIRONMENT_DIR',
    null,
    read.text,
    'Dossier de l’environnement de préparation ; par défaut environment dans le dossier des données.',
    'Folder of the boot environment; environment in the data folder by default.',
  ),
  windowsAgentDir: setting<string | null>(
    'ETABLI_WINDOWS_AGENT_DIR',
    null,
    read.text,
    'Dossier de l’agent pour Windows ; par défaut windows-agent dans le dossier des données.',
    'Folder of the agent for Windows; windows-agent in the data folder by default.',
  ),
  dashboardDir: setting<string>(
    'ETABLI_DASHBOARD_DIR',
    'build/dashboard',
    read.text,
    'Dossier du tableau de bord construit.',
    'Folder of the built dashboard.',
  ),
  language: setting<'fr' | 'en'>(
    'ETABLI_LANGUAGE',
    'fr',
    read.oneOf(['fr', 'en']),
    'Langue de l’écran des postes et des messages du serveur.',
    'Language of the machines’ screens and of the server’s messages.',
  ),
  logLevel: setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>(
    'ETABLI_LOG_LEVEL',
    'info',
    read.oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    'Détail du journal.',
    'How much the log says.',
  ),
}

export type SettingKey = keyof typeof settings
export type Values = { [Key in SettingKey]: (typeof settings)[Key]['default'] }
