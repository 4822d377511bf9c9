import { CodedError, type CodeOf, type Messages, type ParamsOf } from '../../text/messages.ts'

/** Why the server has no key or certificate to speak TLS with. None of them is mended in silence: see `identity.ts`. */
export const tlsErrors = {
  TLS_KEY_DAMAGED: {
    message: ({ file }: { file: string }) => ({
      fr: `La clé du serveur, ${file}, est illisible ou n’est pas une clé P-256.`,
      en: `The server's key, ${file}, cannot be read or is no P-256 key.`,
    }),
    fix: ({ file }: { file: string }) => ({
      fr: `Remettez ${file} d’une sauvegarde. Sans sauvegarde, supprimez le dossier tls : une clé neuve est créée, et les agents endormis des postes déjà préparés n’obéiront plus à ce serveur.`,
      en: `Put ${file} back from a backup. Without one, delete the folder tls: a new key is made, and the sleeping agents of machines prepared before will no longer obey this server.`,
    }),
  },
  TLS_KEY_MISSING: {
    message: ({ file }: { file: string }) => ({
      fr: `La clé du serveur, ${file}, a disparu alors que son certificat est là.`,
      en: `The server's key, ${file}, is gone while its certificate is there.`,
    }),
    fix: ({ file }: { file: string }) => ({
      fr: `Remettez ${file} d’une sauvegarde. Sans sauvegarde, supprimez le dossier tls : une clé neuve est créée, et les agents endormis des postes déjà préparés n’obéiront plus à ce serveur.`,
      en: `Put ${file} back from a backup. Without one, delete the folder tls: a new key is made, and the sleeping agents of machines prepared before will no longer obey this server.`,
    }),
  },
  TLS_CERTIFICATE_DAMAGED: {
    message: ({ file }: { file: string }) => ({
      fr: `Le certificat du serveur, ${file}, est illisible.`,
      en: `The server's certificate, ${file}, cannot be read.`,
    }),
    fix: ({ file }: { file: string }) => ({
      fr: `Supprimez ${file} : il est refait avec la même clé, que les agents reconnaissent.`,
      en: `Delete ${file}: it is made anew with the same key, which agents know.`,
    }),
  },
  TLS_CERTIFICATE_FOREIGN: {
    message: ({ file }: { file: string }) => ({
      fr: `Le certificat ${file} est celui d’une autre clé que key.pem, à côté de lui.`,
      en: `The certificate ${file} belongs to another key than key.pem beside it.`,
    }),
    fix: ({ file }: { file: string }) => ({
      fr: `Si key.pem est bien la clé de ce serveur, supprimez ${file} : il est refait. Sinon, remettez la bonne clé d’une sauvegarde.`,
      en: `If key.pem is this server's key, delete ${file}: it is made anew. Otherwise put the right key back from a backup.`,
    }),
  },
  TLS_FOLDER_UNUSABLE: {
    message: ({ folder, detail }: { folder: string; detail: string }) => ({
      fr: `Le dossier de la clé du serveur, ${folder}, ne peut être lu ou écrit (${detail}).`,
      en: `The folder of the server's key, ${folder}, cannot be read or written (${detail}).`,
    }),
    fix: ({ folder }: { folder: string }) => ({
      fr: `Donnez ${folder} au compte qui lance le serveur, et vérifiez la place libre.`,
      en: `Give ${folder} to the account that starts the server, and check the free space.`,
    }),
  },
  TLS_PORT_BUSY: {
    message: ({ place }: { place: string }) => ({
      fr: `Le port chiffré ${place} est déjà utilisé par un autre programme.`,
      en: `The encrypted port ${place} is already used by another program.`,
    }),
    fix: () => ({
      fr: 'Arrêtez ce programme, ou changez ETABLI_TLS_LISTEN.',
      en: 'Stop that program, or change ETABLI_TLS_LISTEN.',
    }),
  },
  TLS_PORT_REFUSED: {
    message: ({ place, detail }: { place: string; detail: string }) => ({
      fr: `Le système refuse d’ouvrir ${place} (${detail}).`,
      en: `The system refuses to open ${place} (${detail}).`,
    }),
    fix: () => ({
      fr: 'Mettez dans ETABLI_TLS_LISTEN une adresse de cet ordinateur, ou 0.0.0.0, et un port au-dessus de 1023.',
      en: 'Put an address of this computer, or 0.0.0.0, and a port above 1023 into ETABLI_TLS_LISTEN.',
    }),
  },
  OWN_CERTIFICATE_UNREADABLE: {
    message: ({ file, detail }: { file: string; detail: string }) => ({
      fr: `Le fichier ${file} (ETABLI_TLS_CERT ou ETABLI_TLS_KEY) ne peut être lu : ${detail}.`,
      en: `The file ${file} (ETABLI_TLS_CERT or ETABLI_TLS_KEY) cannot be read: ${detail}.`,
    }),
    fix: () => ({
      fr: 'Donnez le chemin d’un fichier PEM que le serveur peut lire, ou ôtez les deux réglages.',
      en: 'Give the path of a PEM file that the server may read, or take both settings out.',
    }),
  },
  OWN_CERTIFICATE_DAMAGED: {
    message: ({ file }: { file: string }) => ({
      fr: `Le fichier ${file} ne contient pas ce qu’il faut : un certificat PEM pour ETABLI_TLS_CERT, sa clé PEM sans mot de passe pour ETABLI_TLS_KEY.`,
      en: `The file ${file} does not hold what it should: a PEM certificate for ETABLI_TLS_CERT, its PEM key without a passphrase for ETABLI_TLS_KEY.`,
    }),
    fix: () => ({
      fr: 'Donnez la chaîne complète (fullchain.pem) et la clé (privkey.pem) de votre autorité de certification.',
      en: 'Give the full chain (fullchain.pem) and the key (privkey.pem) of your certificate authority.',
    }),
  },
  OWN_CERTIFICATE_FOREIGN: {
    message: ({ certificate, key }: { certificate: string; key: string }) => ({
      fr: `La clé ${key} n’est pas celle du certificat ${certificate}.`,
      en: `The key ${key} is not that of the certificate ${certificate}.`,
    }),
    fix: () => ({
      fr: 'Réglez ETABLI_TLS_CERT et ETABLI_TLS_KEY sur deux fichiers faits ensemble ; le certificat du serveur vient en premier dans le sien.',
      en: 'Set ETABLI_TLS_CERT and ETABLI_TLS_KEY to two files made together; the server’s certificate comes first in its own.',
    }),
  },
} satisfies Messages

export type TlsErrorCode = CodeOf<typeof tlsErrors>

/** The server cannot speak TLS, and does not start. */
export class TlsError<Code extends TlsErrorCode = TlsErrorCode> extends CodedError {
  constructor(code: Code, params: ParamsOf<typeof tlsErrors, Code>, cause?: unknown) {
    super(tlsErrors, code, params, { cause })
    this.name = 'TlsError'
  }
}

/** Names what opening the port ended with. */
export function portError(error: Error, place: string): TlsError {
  const detail = 'code' in error ? String(error.code) : error.message
  return detail === 'EADDRINUSE'
    ? new TlsError('TLS_PORT_BUSY', { place }, error)
    : new TlsError('TLS_PORT_REFUSED', { place, detail }, error)
}
