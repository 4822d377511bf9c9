/** What DHCP cannot start with. Codes are stable and never used again for something else. */
export type DhcpErrorCode =
  | 'DHCP_PORT_BUSY'
  | 'DHCP_INTERFACE_MISSING'
  | 'DHCP_INTERFACE_WITHOUT_ADDRESS'
  | 'DHCP_NOT_PERMITTED'
  | 'DHCP_MODE_UNKNOWN'
  | 'DHCP_MODE_NOT_YET'
  | 'DHCP_RANGE_MISSING'
  | 'DHCP_RANGE_INVALID'
  | 'DHCP_RANGE_TOO_LARGE'
  | 'DHCP_RANGE_OUTSIDE_INTERFACE'
  | 'DHCP_RANGE_HOLDS_RESERVED_ADDRESS'
  | 'DHCP_SOCKET_FAILED'

/** A DHCP server that cannot start; `params` fill the `{names}` of the sentences in DHCP_ERRORS. */
export class DhcpError extends Error {
  readonly code: DhcpErrorCode
  readonly params: Readonly<Record<string, string>>

  constructor(code: DhcpErrorCode, params: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(fill(DHCP_ERRORS[code].en.message, params), { cause })
    this.name = 'DhcpError'
    this.code = code
    this.params = params
  }
}

/** A sentence for a person, and what to do about it. */
export type Explanation = { readonly message: string; readonly fix: string }

export const DHCP_ERRORS: Readonly<Record<DhcpErrorCode, Readonly<Record<'fr' | 'en', Explanation>>>> = {
  DHCP_PORT_BUSY: {
    fr: {
      message: 'Le port DHCP (UDP 67) de {interface} est déjà utilisé par un autre programme.',
      fix: 'Arrêtez l’autre serveur DHCP de cette machine (par exemple dnsmasq), ou mettez dhcp.mode à « off ».',
    },
    en: {
      message: 'The DHCP port (UDP 67) of {interface} is already used by another program.',
      fix: 'Stop the other DHCP server on this machine (dnsmasq, for example), or set dhcp.mode to "off".',
    },
  },
  DHCP_INTERFACE_MISSING: {
    fr: {
      message: 'L’interface réseau {interface} n’existe pas sur cette machine.',
      fix: 'Choisissez l’une de celles-ci : {available}.',
    },
    en: {
      message: 'The network interface {interface} does not exist on this machine.',
      fix: 'Choose one of these: {available}.',
    },
  },
  DHCP_INTERFACE_WITHOUT_ADDRESS: {
    fr: {
      message: 'L’interface {interface} n’est pas active ou n’a pas d’adresse IPv4.',
      fix: 'Branchez le câble et donnez à l’interface une adresse IPv4 fixe.',
    },
    en: {
      message: 'The interface {interface} is not up or has no IPv4 address.',
      fix: 'Plug in the cable and give the interface a fixed IPv4 address.',
    },
  },
  DHCP_NOT_PERMITTED: {
    fr: {
      message: 'Le système refuse à Etabli le port DHCP et les paquets ARP sur {interface}.',
      fix: 'Lancez Etabli en root, ou avec les droits CAP_NET_BIND_SERVICE et CAP_NET_RAW.',
    },
    en: {
      message: 'The system refuses Etabli the DHCP port and ARP packets on {interface}.',
      fix: 'Start Etabli as root, or with the capabilities CAP_NET_BIND_SERVICE and CAP_NET_RAW.',
    },
  },
  DHCP_MODE_UNKNOWN: {
    fr: { message: 'Le mode DHCP « {mode} » n’existe pas.', fix: 'Choisissez off, pxe-lease ou full.' },
    en: { message: 'There is no DHCP mode "{mode}".', fix: 'Choose off, pxe-lease or full.' },
  },
  DHCP_MODE_NOT_YET: {
    fr: {
      message: 'Le mode DHCP « {mode} » n’est pas encore disponible : il viendra avec une prochaine version.',
      fix: 'À côté d’un autre serveur DHCP, choisissez pxe-lease avec une petite plage d’adresses libres.',
    },
    en: {
      message: 'The DHCP mode "{mode}" is not there yet: it comes in another issue.',
      fix: 'Beside another DHCP server, choose pxe-lease with a small range of free addresses.',
    },
  },
  DHCP_RANGE_MISSING: {
    fr: {
      message: 'Le mode DHCP « {mode} » a besoin d’une plage d’adresses.',
      fix: 'Indiquez dhcp.range, par exemple 10.0.0.50-10.0.0.90.',
    },
    en: {
      message: 'The DHCP mode "{mode}" needs a range of addresses.',
      fix: 'Set dhcp.range, for example 10.0.0.50-10.0.0.90.',
    },
  },
  DHCP_RANGE_INVALID: {
    fr: {
      message: '« {range} » n’est pas une plage d’adresses IPv4.',
      fix: 'Écrivez la première et la dernière adresse : 10.0.0.50-10.0.0.90.',
    },
    en: {
      message: '"{range}" is not a range of IPv4 addresses.',
      fix: 'Write the first and the last address: 10.0.0.50-10.0.0.90.',
    },
  },
  DHCP_RANGE_TOO_LARGE: {
    fr: {
      message: 'La plage {range} compte {size} adresses ; {limit} au plus sont permises.',
      fix: 'Choisissez une plage plus petite.',
    },
    en: {
      message: 'The range {range} has {size} addresses; at most {limit} are allowed.',
      fix: 'Choose a smaller range.',
    },
  },
  DHCP_RANGE_OUTSIDE_INTERFACE: {
    fr: {
      message: 'La plage {range} n’est pas dans le réseau {network}.',
      fix: 'Choisissez une plage libre de ce réseau.',
    },
    en: {
      message: 'The range {range} is not inside the network {network}.',
      fix: 'Choose a free range of that network.',
    },
  },
  DHCP_RANGE_HOLDS_RESERVED_ADDRESS: {
    fr: {
      message: 'La plage {range} contient {address}, une adresse du serveur, d’un routeur ou du réseau lui-même.',
      fix: 'Choisissez une plage qui ne la contient pas.',
    },
    en: {
      message: 'The range {range} holds {address}, an address of the server, of a router or of the network itself.',
      fix: 'Choose a range without it.',
    },
  },
  DHCP_SOCKET_FAILED: {
    fr: {
      message: 'Le serveur DHCP n’a pas pu s’ouvrir sur {interface} ({cause}).',
      fix: 'Vérifiez l’interface, puis relancez.',
    },
    en: {
      message: 'The DHCP server could not open on {interface} ({cause}).',
      fix: 'Check the interface, then start again.',
    },
  },
}

function fill(sentence: string, params: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
