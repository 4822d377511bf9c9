import { CodedError, type CodeOf, type Messages, type ParamsOf } from '../../text/messages.ts'

/** What DHCP cannot start with. Codes are stable and never used again for something else. */
export const dhcpErrors = {
  DHCP_PORT_BUSY: {
    message: ({ device }: { device: string }) => ({
      fr: `Le port DHCP (UDP 67) de ${device} est déjà utilisé par un autre programme.`,
      en: `The DHCP port (UDP 67) of ${device} is already used by another program.`,
    }),
    fix: () => ({
      fr: 'Arrêtez l’autre serveur DHCP de cet ordinateur (par exemple dnsmasq), ou mettez dhcp.mode à « off ».',
      en: 'Stop the other DHCP server on this computer (dnsmasq, for example), or set dhcp.mode to "off".',
    }),
  },
  DHCP_INTERFACE_MISSING: {
    message: ({ device }: { device: string }) => ({
      fr: `L’interface réseau ${device} n’existe pas sur cet ordinateur.`,
      en: `The network interface ${device} does not exist on this computer.`,
    }),
    fix: ({ available }: { available: string }) => ({
      fr: `Choisissez l’une de celles-ci : ${available}.`,
      en: `Choose one of these: ${available}.`,
    }),
  },
  DHCP_INTERFACE_WITHOUT_ADDRESS: {
    message: ({ device }: { device: string }) => ({
      fr: `L’interface ${device} n’est pas active ou n’a pas d’adresse IPv4.`,
      en: `The interface ${device} is not up or has no IPv4 address.`,
    }),
    fix: () => ({
      fr: 'Branchez le câble et donnez à l’interface une adresse IPv4 fixe.',
      en: 'Plug in the cable and give the interface a fixed IPv4 address.',
    }),
  },
  DHCP_NOT_PERMITTED: {
    message: ({ device }: { device: string }) => ({
      fr: `Le système refuse à Établi le port DHCP et les paquets ARP sur ${device}.`,
      en: `The system refuses Établi the DHCP port and ARP packets on ${device}.`,
    }),
    fix: () => ({
      fr: 'Lancez Établi en root, ou avec les droits CAP_NET_BIND_SERVICE et CAP_NET_RAW.',
      en: 'Start Établi as root, or with the capabilities CAP_NET_BIND_SERVICE and CAP_NET_RAW.',
    }),
  },
  DHCP_MODE_UNKNOWN: {
    message: ({ mode }: { mode: string }) => ({
      fr: `Le mode DHCP « ${mode} » n’existe pas.`,
      en: `There is no DHCP mode "${mode}".`,
    }),
    fix: () => ({ fr: 'Choisissez off, pxe-lease ou full.', en: 'Choose off, pxe-lease or full.' }),
  },
  DHCP_MODE_NOT_YET: {
    message: ({ mode }: { mode: string }) => ({
      fr: `Le mode DHCP « ${mode} » n’est pas encore disponible.`,
      en: `The DHCP mode "${mode}" is not available yet.`,
    }),
    fix: () => ({
      fr: 'À côté d’un autre serveur DHCP, choisissez pxe-lease avec une petite plage d’adresses libres.',
      en: 'Beside another DHCP server, choose pxe-lease with a small range of free addresses.',
    }),
  },
  DHCP_RANGE_MISSING: {
    message: ({ mode }: { mode: string }) => ({
      fr: `Le mode DHCP « ${mode} » a besoin d’une plage d’adresses.`,
      en: `The DHCP mode "${mode}" needs a range of addresses.`,
    }),
    fix: () => ({
      fr: 'Indiquez dhcp.range, par exemple 10.0.0.50-10.0.0.90.',
      en: 'Set dhcp.range, for example 10.0.0.50-10.0.0.90.',
    }),
  },
  DHCP_RANGE_INVALID: {
    message: ({ range }: { range: string }) => ({
      fr: `« ${range} » n’est pas une plage d’adresses IPv4.`,
      en: `"${range}" is not a range of IPv4 addresses.`,
    }),
    fix: () => ({
      fr: 'Écrivez la première et la dernière adresse : 10.0.0.50-10.0.0.90.',
      en: 'Write the first and the last address: 10.0.0.50-10.0.0.90.',
    }),
  },
  DHCP_RANGE_TOO_LARGE: {
    message: ({ range, size, limit }: { range: string; size: number; limit: number }) => ({
      fr: `La plage ${range} compte ${size} adresses ; ${limit} au plus sont permises.`,
      en: `The range ${range} has ${size} addresses; at most ${limit} are allowed.`,
    }),
    fix: () => ({ fr: 'Choisissez une plage plus petite.', en: 'Choose a smaller range.' }),
  },
  DHCP_RANGE_OUTSIDE_INTERFACE: {
    message: ({ range, network }: { range: string; network: string }) => ({
      fr: `La plage ${range} n’est pas dans le réseau ${network}.`,
      en: `The range ${range} is not inside the network ${network}.`,
    }),
    fix: () => ({ fr: 'Choisissez une plage libre de ce réseau.', en: 'Choose a free range of that network.' }),
  },
  DHCP_RANGE_HOLDS_RESERVED_ADDRESS: {
    message: ({ range, address }: { range: string; address: string }) => ({
      fr: `La plage ${range} contient ${address}, une adresse du serveur, d’un routeur ou du réseau lui-même.`,
      en: `The range ${range} holds ${address}, an address of the server, of a router or of the network itself.`,
    }),
    fix: () => ({ fr: 'Choisissez une plage qui ne la contient pas.', en: 'Choose a range without it.' }),
  },
  DHCP_SOCKET_FAILED: {
    message: ({ device, cause }: { device: string; cause: string }) => ({
      fr: `Le serveur DHCP n’a pas pu s’ouvrir sur ${device} (${cause}).`,
      en: `The DHCP server could not open on ${device} (${cause}).`,
    }),
    fix: () => ({ fr: 'Vérifiez l’interface, puis relancez.', en: 'Check the interface, then start again.' }),
  },
} satisfies Messages

export type DhcpErrorCode = CodeOf<typeof dhcpErrors>

/** A DHCP server that cannot start. */
export class DhcpError<Code extends DhcpErrorCode = DhcpErrorCode> extends CodedError {
  constructor(code: Code, params: ParamsOf<typeof dhcpErrors, Code>, cause?: unknown) {
    super(dhcpErrors, code, params, { cause })
    this.name = 'DhcpError'
  }
}
