import type { Sentence } from '../../text/sentence.ts'
import type { ConfigProblem } from '../configuration/read.ts'
import type { RunningServer } from './serve.ts'

type Language = keyof Sentence

/** Narrow no-break space: French puts it before « : ». */
const thin = '\u202f'

/** What an operator reads when the server is up. The address is the line's only `http`. */
export function readyLines({ url, tls, network, madePassword }: RunningServer, language: Language): string[] {
  const { elsewhere, fingerprint } = tls
  const lines: Record<Language, string[]> = {
    fr: [
      `Établi prêt${thin}: ${url} (DHCP ${network.dhcp}, TFTP ${network.tftp ?? 'off'})`,
      ...(elsewhere === null || elsewhere === url ? [] : [`Depuis un autre ordinateur${thin}: ${elsewhere}`]),
      ...(elsewhere === null || fingerprint === null
        ? []
        : [
            `À la première visite chiffrée, le navigateur avertit que le certificat vient du serveur lui-même\u202f; son empreinte SHA-256${thin}: ${fingerprint}`,
          ]),
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
      ...(elsewhere === null || elsewhere === url ? [] : [`From another computer: ${elsewhere}`]),
      ...(elsewhere === null || fingerprint === null
        ? []
        : [
            `At the first encrypted visit the browser warns that the certificate is the server's own; its SHA-256 fingerprint: ${fingerprint}`,
          ]),
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
