import { dirname } from 'node:path'
import { CodedError, describeCode, type CodeOf, type Description, type Messages } from '../../text/messages.ts'
import type { Sentence } from '../../text/sentence.ts'
import { folderFailure } from '../store/data-folder.ts'

/** What nobody foresaw. */
export const startErrors = {
  START_FAILED: {
    message: ({ reason }: { reason: string }) => ({
      fr: `Le serveur ne peut pas continuer : ${reason}.`,
      en: `The server cannot go on: ${reason}.`,
    }),
    fix: () => ({
      fr: 'Le journal, juste au-dessus, dit où cela s’est produit : joignez-le au rapport d’erreur.',
      en: 'The log, just above, says where this happened: join it to the error report.',
    }),
  },
} satisfies Messages

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

/** Why the server could not start or go on. `foreseen`: the sentence says it all, and nobody needs to see where in the program. */
export type StartFailure = { code: string; sentence: Sentence; foreseen: boolean }

/** What an error that ends the server means to the operator. */
export function startFailure(error: unknown): StartFailure {
  const known = error instanceof CodedError ? error : folderFailureOf(error)
  if (known !== null) return failure(known.code, known.description, true)
  const code = listenCode(error)
  if (code !== null) return failure(code, describeCode(httpErrors, code, {}), true)
  const reason = error instanceof Error ? error.message : String(error)
  return failure('START_FAILED', describeCode(startErrors, 'START_FAILED', { reason }), false)
}

function failure(code: string, { message, fix }: Description, foreseen: boolean): StartFailure {
  const sentence = { fr: `${message.fr} ${fix.fr} (${code})`, en: `${message.en} ${fix.en} (${code})` }
  return { code, sentence, foreseen }
}

/** A disk that is full, or closed to us: wherever below the data folder that showed. */
function folderFailureOf(error: unknown): CodedError | null {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return null
  return folderFailure(error, dirname(error.path))
}

function listenCode(error: unknown): CodeOf<typeof httpErrors> | null {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen' || !('code' in error))
    return null
  return httpCodes[String(error.code)] ?? null
}
