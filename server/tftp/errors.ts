export type TftpErrorCode =
  'TFTP_PORT_BUSY' | 'TFTP_NOT_PERMITTED' | 'TFTP_ADDRESS_UNKNOWN' | 'TFTP_DEVICE_UNKNOWN' | 'TFTP_SOCKET_FAILED'

type Text = { sentence: string; fix: string }
type Language = 'fr' | 'en'

/** Why the TFTP server could not start, and what to do; `{address}`, `{port}`, `{device}`, `{detail}` are filled in. */
export const TFTP_ERROR_TEXTS: Readonly<Record<TftpErrorCode, Readonly<Record<Language, Text>>>> = {
  TFTP_PORT_BUSY: {
    fr: {
      sentence: 'Le port UDP {port} de l’adresse {address} est déjà utilisé par un autre programme.',
      fix: 'Arrêtez l’autre serveur TFTP (tftpd-hpa, dnsmasq…) ou choisissez un autre port.',
    },
    en: {
      sentence: 'UDP port {port} of address {address} is already used by another program.',
      fix: 'Stop the other TFTP server (tftpd-hpa, dnsmasq…) or choose another port.',
    },
  },
  TFTP_NOT_PERMITTED: {
    fr: {
      sentence: 'Le système refuse d’ouvrir le port UDP {port}{onDevice}.',
      fix: 'Lancez Établi en tant que root, ou donnez à Node les droits CAP_NET_BIND_SERVICE et CAP_NET_RAW.',
    },
    en: {
      sentence: 'The system refuses to open UDP port {port}{onDevice}.',
      fix: 'Run Établi as root, or give Node the capabilities CAP_NET_BIND_SERVICE and CAP_NET_RAW.',
    },
  },
  TFTP_ADDRESS_UNKNOWN: {
    fr: {
      sentence: 'Cette machine n’a pas l’adresse {address}.',
      fix: 'Donnez à l’interface cette adresse, ou corrigez-la dans les réglages.',
    },
    en: {
      sentence: 'This machine does not have the address {address}.',
      fix: 'Give the interface this address, or correct it in the settings.',
    },
  },
  TFTP_DEVICE_UNKNOWN: {
    fr: {
      sentence: 'L’interface réseau {device} n’existe pas.',
      fix: 'Vérifiez son nom avec « ip link », puis corrigez les réglages.',
    },
    en: {
      sentence: 'There is no network interface {device}.',
      fix: 'Check its name with “ip link”, then correct the settings.',
    },
  },
  TFTP_SOCKET_FAILED: {
    fr: {
      sentence: 'Le service TFTP ne peut pas s’ouvrir sur {address}:{port} : {detail}.',
      fix: 'Vérifiez l’adresse, le port et l’interface dans les réglages.',
    },
    en: {
      sentence: 'The TFTP service cannot open {address}:{port}: {detail}.',
      fix: 'Check address, port and interface in the settings.',
    },
  },
}

export type TftpErrorParams = { address: string; port: number; device?: string; detail: string }

/** The TFTP server could not start; `code` and `params` lead to the sentences above. */
export class TftpStartError extends Error {
  readonly code: TftpErrorCode
  readonly params: TftpErrorParams
  constructor(code: TftpErrorCode, params: TftpErrorParams, cause: unknown) {
    const { sentence, fix } = describeTftpError(code, params, 'en')
    super(`${sentence} ${fix}`, { cause })
    this.name = 'TftpStartError'
    this.code = code
    this.params = params
  }
}

const CODE_OF_ERRNO: Readonly<Record<string, TftpErrorCode>> = {
  EADDRINUSE: 'TFTP_PORT_BUSY',
  EACCES: 'TFTP_NOT_PERMITTED',
  EPERM: 'TFTP_NOT_PERMITTED',
  EADDRNOTAVAIL: 'TFTP_ADDRESS_UNKNOWN',
  ENODEV: 'TFTP_DEVICE_UNKNOWN',
}

/** Names what opening a socket ended with. */
export function startError(error: unknown, asked: { address: string; port: number; device?: string }): TftpStartError {
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = error instanceof Error ? error.message : String(error)
  return new TftpStartError(CODE_OF_ERRNO[errno] ?? 'TFTP_SOCKET_FAILED', { ...asked, detail }, error)
}

/** The sentence and the fix, in the language asked for. */
export function describeTftpError(code: TftpErrorCode, params: TftpErrorParams, language: Language): Text {
  const { address, port, device = '', detail } = params
  const onDevice = device && { fr: ` sur l’interface ${device}`, en: ` on interface ${device}` }[language]
  const values: Readonly<Record<string, string>> = { address, port: String(port), device, onDevice, detail }
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  const { sentence, fix } = TFTP_ERROR_TEXTS[code][language]
  return { sentence: fill(sentence), fix: fill(fix) }
}
