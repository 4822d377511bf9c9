import { CodedError, type CodeOf, type Messages, type ParamsOf } from '../../text/messages.ts'

/** Why the TFTP server could not start. */
export const tftpErrors = {
  TFTP_PORT_BUSY: {
    message: ({ port, address }: { port: number; address: string }) => ({
      fr: `Le port UDP ${port} de l’adresse ${address} est déjà utilisé par un autre programme.`,
      en: `UDP port ${port} of address ${address} is already used by another program.`,
    }),
    fix: () => ({
      fr: 'Arrêtez l’autre serveur TFTP (tftpd-hpa, dnsmasq…) ou choisissez un autre port.',
      en: 'Stop the other TFTP server (tftpd-hpa, dnsmasq…) or choose another port.',
    }),
  },
  TFTP_NOT_PERMITTED: {
    message: ({ port, device }: { port: number; device: string | null }) => ({
      fr: `Le système refuse d’ouvrir le port UDP ${port}${device === null ? '' : ` sur l’interface ${device}`}.`,
      en: `The system refuses to open UDP port ${port}${device === null ? '' : ` on interface ${device}`}.`,
    }),
    fix: () => ({
      fr: 'Lancez Établi en tant que root, ou donnez à Node les droits CAP_NET_BIND_SERVICE et CAP_NET_RAW.',
      en: 'Run Établi as root, or give Node the capabilities CAP_NET_BIND_SERVICE and CAP_NET_RAW.',
    }),
  },
  TFTP_ADDRESS_UNKNOWN: {
    message: ({ address }: { address: string }) => ({
      fr: `Cet ordinateur n’a pas l’adresse ${address}.`,
      en: `This computer does not have the address ${address}.`,
    }),
    fix: () => ({
      fr: 'Donnez à l’interface cette adresse, ou corrigez-la dans les réglages.',
      en: 'Give the interface this address, or correct it in the settings.',
    }),
  },
  TFTP_DEVICE_UNKNOWN: {
    message: ({ device }: { device: string | null }) => ({
      fr: `L’interface réseau ${device ?? '–'} n’existe pas.`,
      en: `There is no network interface ${device ?? '–'}.`,
    }),
    fix: () => ({
      fr: 'Vérifiez son nom avec « ip link », puis corrigez les réglages.',
      en: 'Check its name with “ip link”, then correct the settings.',
    }),
  },
  TFTP_SOCKET_FAILED: {
    message: ({ address, port, detail }: { address: string; port: number; detail: string }) => ({
      fr: `Le service TFTP ne peut pas s’ouvrir sur ${address}:${port} : ${detail}.`,
      en: `The TFTP service cannot open ${address}:${port}: ${detail}.`,
    }),
    fix: () => ({
      fr: 'Vérifiez l’adresse, le port et l’interface dans les réglages.',
      en: 'Check address, port and interface in the settings.',
    }),
  },
} satisfies Messages

export type TftpErrorCode = CodeOf<typeof tftpErrors>

/** The TFTP server could not start. */
export class TftpStartError<Code extends TftpErrorCode = TftpErrorCode> extends CodedError {
  constructor(code: Code, params: ParamsOf<typeof tftpErrors, Code>, cause?: unknown) {
    super(tftpErrors, code, params, { cause })
    this.name = 'TftpStartError'
  }
}

const codeOfErrno: Readonly<Record<string, TftpErrorCode>> = {
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
  const { address, port, device = null } = asked
  return new TftpStartError(codeOfErrno[errno] ?? 'TFTP_SOCKET_FAILED', { address, port, device, detail }, error)
}
