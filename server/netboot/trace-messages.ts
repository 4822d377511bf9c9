import type { Hello } from '../../agent/protocol/messages.ts'
import type { Standing } from '../machines/claims/claims.ts'
import type { Oddity } from '../dhcp/options/oddity.ts'
import { dhcpReasons } from '../dhcp/reasons.ts'
import type { DhcpEvent } from '../dhcp/events.ts'
import { clockSentence } from '../../text/clock-sentence.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { TftpEvent } from '../tftp/events.ts'
import type { BootDecided } from './boot-policy.ts'
import type { TraceEntry } from './trace.ts'

type TraceMessage = Omit<TraceEntry, 'at'>

/** The agent's hello in words. */
export function agentHelloMessage(arrival: {
  hello: Pick<Hello, 'phase' | 'agentVersion'> & { inventory: Pick<Hello['inventory'], 'clock'> }
  isNew: boolean
  replaced: boolean
  /** Whether it has the machine's place; a Windows that shows no key is `unproven`. */
  standing: Standing | 'unproven'
}): TraceMessage {
  const { hello, isNew, replaced, standing } = arrival
  const where =
    hello.phase === 'windows'
      ? { fr: 'dans Windows', en: 'in Windows' }
      : { fr: 'dans l’environnement de préparation', en: 'in the boot environment' }
  const first = isNew ? { fr: ' ; poste vu pour la première fois', en: '; machine seen for the first time' } : none
  const again = replaced ? { fr: ' ; sa session précédente est finie', en: '; its earlier session has ended' } : none
  const turnedAway = standing === 'holds' ? none : standing === 'unproven' ? unproven : secondStart
  const { clock } = hello.inventory
  const wrongClock = clock === undefined ? none : clockSentence(clock)
  return {
    protocol: 'agent',
    outcome: standing === 'holds' ? 'ok' : 'refused',
    text: {
      fr: `L’agent ${hello.agentVersion} s’est présenté ${where.fr}${first.fr}${again.fr}${turnedAway.fr}. ${wrongClock.fr}`.trim(),
      en: `Agent ${hello.agentVersion} introduced itself ${where.en}${first.en}${again.en}${turnedAway.en}. ${wrongClock.en}`.trim(),
    },
  }
}

const none = { fr: '', en: '' }
const unproven = {
  fr: ' ; sa clé manque ou n’est pas celle de ce poste, il ne reçoit pas de travail (AGENT_UNPROVEN)',
  en: '; its key is missing or not this machine’s, so it gets no work (AGENT_UNPROVEN)',
}
const secondStart = {
  fr: ' ; un autre démarrage de ce poste parle encore, il attend',
  en: '; another start of this machine is still speaking, so it waits',
}

/** What DHCP did for a network-boot client or our environment, in words; null for what belongs to no boot. */
export function dhcpMessage(event: DhcpEvent): TraceMessage | null {
  switch (event.type) {
    case 'offered':
    case 'acknowledged': {
      if (event.client === 'other') return null
      const file =
        event.boot === undefined ? none : { fr: ` et le fichier ${event.boot}`, en: ` and the file ${event.boot}` }
      const verb =
        event.type === 'offered'
          ? { fr: 'A demandé une adresse : proposé', en: 'Asked for an address: offered' }
          : { fr: 'A pris', en: 'Took' }
      return {
        protocol: 'dhcp',
        outcome: 'ok',
        text: { fr: `${verb.fr} ${event.address}${file.fr}.`, en: `${verb.en} ${event.address}${file.en}.` },
      }
    }
    case 'refused':
      return { protocol: 'dhcp', outcome: 'refused', text: dhcpReasons[event.reason] }
    case 'ignored':
      if (event.client === 'other' || event.reason === 'boot-silent' || event.reason === 'already-answering')
        return null
      return { protocol: 'dhcp', outcome: 'refused', text: dhcpReasons[event.reason] }
    case 'declined':
      return {
        protocol: 'dhcp',
        outcome: 'failed',
        text: {
          fr: `A refusé ${event.address} : quelqu’un d’autre l’utilise.`,
          en: `Declined ${event.address}: somebody else uses it.`,
        },
      }
    case 'taken':
      return {
        protocol: 'dhcp',
        outcome: 'failed',
        text: {
          fr: `${event.address} est déjà utilisée par ${event.holder} : une autre adresse sera proposée.`,
          en: `${event.address} is already used by ${event.holder}: another address will be offered.`,
        },
      }
    case 'proxy-arp':
      return {
        protocol: 'dhcp',
        outcome: 'ok',
        text: {
          fr: `${event.proxy} répond pour toutes les adresses du réseau (proxy ARP d’un routeur ou d’un point d’accès) : ses réponses ne comptent plus.`,
          en: `${event.proxy} answers for every address of the network (proxy ARP of a router or an access point): its answers no longer count.`,
        },
      }
    case 'odd-options':
      return { protocol: 'dhcp', outcome: 'ok', text: oddOptions(event.oddities) }
    case 'failed':
      return {
        protocol: 'dhcp',
        outcome: 'failed',
        text: {
          fr: 'Le serveur n’a pas pu répondre (voir son journal).',
          en: 'The server could not answer (see its log).',
        },
      }
    case 'malformed':
      if (event.client === 'other') return null
      return {
        protocol: 'dhcp',
        outcome: 'refused',
        text: {
          fr: `Sa demande DHCP est abîmée (${event.field}, octet ${event.offset}) : mettre à jour son BIOS.`,
          en: `Its DHCP request is damaged (${event.field}, byte ${event.offset}): update its firmware.`,
        },
      }
    case 'released':
      return null
    default:
      return event satisfies never
  }
}

const oddityWords = {
  repeated: { fr: 'répétée', en: 'repeated' },
  empty: { fr: 'vide', en: 'empty' },
  'too-long': { fr: 'trop longue', en: 'too long' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
} as const satisfies Record<Oddity['what'], Sentence>

function oddOptions(oddities: readonly Oddity[]): Sentence {
  const list = (language: keyof Sentence): string =>
    oddities.map(({ option, what }) => `${option} ${oddityWords[what][language]}`).join(', ')
  return {
    fr: `Envoie des options DHCP mal faites (${list('fr')}) : la première valeur compte, le reste est ignoré.`,
    en: `Sends ill-made DHCP options (${list('en')}): the first value counts, the rest is ignored.`,
  }
}

/** Files of the chain: only their absence is worth a line, since firmware and GRUB ask for many that need not be there. */
const bootChain: ReadonlySet<string> = new Set(['/shimx64.efi', '/grubx64.efi', '/grub/grub.cfg'])

/** What TFTP did, in words; null for what happens at every boot and means nothing. */
export function tftpMessage(event: TftpEvent): TraceMessage | null {
  switch (event.type) {
    case 'completed':
      return {
        protocol: 'tftp',
        outcome: 'ok',
        text: {
          fr: `A chargé ${event.file} (${event.bytes} octets en ${Math.round(event.ms)} ms).`,
          en: `Loaded ${event.file} (${event.bytes} bytes in ${Math.round(event.ms)} ms).`,
        },
      }
    case 'failed':
      return {
        protocol: 'tftp',
        outcome: 'failed',
        text: {
          fr: `Le chargement de ${event.file} s’est arrêté (${event.detail}).`,
          en: `Loading ${event.file} stopped (${event.detail}).`,
        },
      }
    case 'missing':
      if (!bootChain.has(event.file.toLowerCase())) return null
      return {
        protocol: 'tftp',
        outcome: 'failed',
        text: {
          fr: `${event.file} manque : l’environnement de préparation n’est pas construit.`,
          en: `${event.file} is missing: the boot environment is not built.`,
        },
      }
    case 'refused':
      return {
        protocol: 'tftp',
        outcome: 'refused',
        text: { fr: `${event.file} est refusé.`, en: `${event.file} is refused.` },
      }
    case 'requested':
    case 'aborted':
    case 'malformed':
    case 'segmentation-unavailable':
    case 'segments-too-long':
    case 'socket-error':
      return null
    default:
      return event satisfies never
  }
}

/** GRUB asked what to boot, through the network card `mac`, which may be a dock's. */
export function bootChosen({ machine, intent: { reason } }: BootDecided, mac: string): TraceMessage {
  const borrowed = machine !== null && !machine.macs.includes(mac)
  const text = borrowed
    ? {
        fr: `${reason.fr} Carte réseau ${mac}, qui n’est pas intégrée à ce poste.`,
        en: `${reason.en} Network card ${mac}, which is not built into this machine.`,
      }
    : reason
  return { protocol: 'http', outcome: 'ok', text }
}

/** GRUB asked, and the server could not tell: the disk is the answer that changes nothing. */
export const bootUndecided: TraceMessage = {
  protocol: 'http',
  outcome: 'failed',
  text: {
    fr: 'Le serveur n’a pas pu décider (voir son journal) : le poste démarre sur son disque.',
    en: 'The server could not decide (see its log): the machine boots its disk.',
  },
}

export const environmentMissing: TraceMessage = {
  protocol: 'http',
  outcome: 'failed',
  text: {
    fr: 'L’environnement de préparation n’est pas construit : le poste démarre sur son disque.',
    en: 'The boot environment is not built: the machine boots its disk.',
  },
}

/** A file of the environment was asked for. */
export function environmentFileServed(name: string): TraceMessage {
  return { protocol: 'http', outcome: 'ok', text: { fr: `A demandé ${name}.`, en: `Asked for ${name}.` } }
}

export function environmentFileOutdated(name: string): TraceMessage {
  return {
    protocol: 'http',
    outcome: 'refused',
    text: {
      fr: `${name} n’existe plus : l’environnement a été reconstruit entre-temps.`,
      en: `${name} is gone: the environment was rebuilt meanwhile.`,
    },
  }
}
