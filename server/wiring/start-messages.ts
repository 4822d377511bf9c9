import type { Sentence } from '../../text/sentence.ts'
import { CodedError, describeCode, type CodeOf, type Description, type Messages } from '../../text/messages.ts'
import type { ConfigProblem } from '../configuration/read.ts'
import type { RunningServer } from './serve.ts'

type Language = keyof Sentence

/** Narrow no-break space: French puts it before « : ». */
const thin = '\u202f'

/** What an operator reads when the server is up. The address is the line's only `http`. */
export function readyLines({ url, network, madePassword }: RunningServer, language: Language): string[] {
  const lines: Record<Language, string[]> = {
    fr: [
      `Établi prêt${thin}: ${url} (DHCP ${network.dhcp}, TFTP ${network.tftp ?? 'off'})`,
      ...(network.dhcp === 'off'
        ? ['DHCP est arrêté (ETABLI_DHCP_MODE=off)\u202f: rien ne change sur le réseau tant que vous ne le réglez pas.']
        : []),
      ...(network.environment === 'ready'
        ? []
        : ['L’environnement de préparation n’est pas construit\u202f: aucun poste ne peut encore démarrer.']),
      ...(madePassword === null ? [] : [`Mot de passe d’admin, affiché cette seule fois${thin}: ${madePassword}`]),
    ],
    en: [
      `Établi ready: ${url} (DHCP ${network.dhcp}, TFTP ${network.tftp ?? 'off'})`,
      ...(network.dhcp === 'off'
        ? ['DHCP is off (ETABLI_DHCP_MODE=off): nothing changes on the network until you set it.']
        : []),
      ...(network.environment === 'ready' ? [] : ['The boot environment is not built: no machine can boot yet.']),
      ...(madePassword === null ? [] : [`Password of admin, shown this once: ${madePassword}`]),
    ],
  }
  return lines[language]
}

/** One line for each problem, with its place. */
export function problemLines(problems: readonly ConfigProblem[], language: Language): string[] {
  const separator = language === 'fr' ? `${thin}:` : ':'
  return problems.map(({ source, code, message }) => `- ${source}${separator} ${message[language]} (${code})`)
}

/** Why the HTTP server could not open its port. */
export const httpErrors = {
  HTTP_PORT_BUSY: {
    message: () => ({
      fr: 'Le port HTTP est déjà utilisé par un autre programme.',
      en: 'The HTTP port is already used by another program.',
    }),
    fix: () => ({
      fr: 'Arrêtez ce programme, ou changez ETABLI_LISTEN.',
      en: 'Stop that program, or change ETABLI_LISTEN.',
    }),
  },
  HTTP_ADDRESS_UNKNOWN: {
    message: () => ({
      fr: 'Cet ordinateur n’a pas l’adresse demandée par ETABLI_LISTEN.',
      en: 'This computer does not have the address that ETABLI_LISTEN asks for.',
    }),
    fix: () => ({ fr: 'Corrigez-la, ou mettez 0.0.0.0.', en: 'Correct it, or use 0.0.0.0.' }),
  },
  HTTP_NOT_PERMITTED: {
    message: () => ({
      fr: 'Le système refuse d’ouvrir ce port HTTP.',
      en: 'The system refuses to open this HTTP port.',
    }),
    fix: () => ({
      fr: 'Choisissez un port au-dessus de 1023 dans ETABLI_LISTEN.',
      en: 'Choose a port above 1023 in ETABLI_LISTEN.',
    }),
  },
} satisfies Messages

const httpCodes: Readonly<Record<string, CodeOf<typeof httpErrors>>> = {
  EADDRINUSE: 'HTTP_PORT_BUSY',
  EADDRNOTAVAIL: 'HTTP_ADDRESS_UNKNOWN',
  EACCES: 'HTTP_NOT_PERMITTED',
}

/** Why the server could not start and what to do, in one language; null for what nobody foresaw. */
export function startFailure(error: unknown, language: Language): string | null {
  const description = describeStart(error)
  return description === null ? null : `${description.message[language]} ${description.fix[language]}`
}

function describeStart(error: unknown): Description | null {
  if (error instanceof CodedError) return error.description
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen' || !('code' in error))
    return null
  const code = httpCodes[String(error.code)]
  return code === undefined ? null : describeCode(httpErrors, code, {})
}
