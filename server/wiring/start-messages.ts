import type { Sentence } from '../../text/sentence.ts'
import { DHCP_ERRORS, DhcpError } from '../dhcp/errors.ts'
import { describeTftpError, TftpStartError } from '../tftp/errors.ts'
import type { ConfigProblem } from '../configuration/read.ts'
import type { RunningServer } from './serve.ts'

type Language = keyof Sentence

/** Narrow no-break space: French puts it before « : ». */
const thin = '\u202f'

/** What an operator reads when the server is up. The address is the line's only `http`. */
export function readyLines({ url, network, madePassword }: RunningServer, language: Language): string[] {
  const lines: Record<Language, string[]> = {
    fr: [
      `Etabli prêt${thin}: ${url} (DHCP ${network.dhcp}, TFTP ${network.tftp ?? 'off'})`,
      ...(network.dhcp === 'off'
        ? ['DHCP est arrêté (ETABLI_DHCP_MODE=off)\u202f: rien ne change sur le réseau tant que vous ne le réglez pas.']
        : []),
      ...(network.environment === 'ready'
        ? []
        : ['L’environnement de préparation n’est pas construit\u202f: aucun poste ne peut encore démarrer.']),
      ...(madePassword === null ? [] : [`Mot de passe d’admin, affiché cette seule fois${thin}: ${madePassword}`]),
    ],
    en: [
      `Etabli ready: ${url} (DHCP ${network.dhcp}, TFTP ${network.tftp ?? 'off'})`,
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
  return problems.map(({ source, message }) => `- ${source}${separator} ${message[language]}`)
}

/** Why the server could not start and what to do, in words; null for what nobody foresaw. */
export function startFailure(error: unknown, language: Language): string | null {
  if (error instanceof DhcpError) {
    const { message, fix } = DHCP_ERRORS[error.code][language]
    return fill(`${message} ${fix}`, error.params)
  }
  if (error instanceof TftpStartError) {
    const { sentence, fix } = describeTftpError(error.code, error.params, language)
    return `${sentence} ${fix}`
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const syscall = error instanceof Error && 'syscall' in error ? error.syscall : undefined
  if (syscall !== 'listen') return null
  switch (code) {
    case 'EADDRINUSE':
      return {
        fr: 'Le port HTTP est déjà utilisé par un autre programme. Arrêter ce programme ou changer ETABLI_LISTEN.',
        en: 'The HTTP port is already used by another program. Stop that program or change ETABLI_LISTEN.',
      }[language]
    case 'EADDRNOTAVAIL':
      return {
        fr: 'Cet ordinateur n’a pas l’adresse demandée par ETABLI_LISTEN. La corriger, ou mettre 0.0.0.0.',
        en: 'This machine does not have the address ETABLI_LISTEN asks for. Correct it, or use 0.0.0.0.',
      }[language]
    case 'EACCES':
      return {
        fr: 'Le système refuse d’ouvrir ce port HTTP. Choisir un port au-dessus de 1023 dans ETABLI_LISTEN.',
        en: 'The system refuses to open this HTTP port. Choose a port above 1023 in ETABLI_LISTEN.',
      }[language]
    default:
      return null
  }
}

function fill(sentence: string, params: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
