import type { FastifyError } from 'fastify'
import { Refusal, type RefusalWords } from '../refusal.ts'
import type { ErrorView } from './session/schema.ts'
import type { Language } from './language.ts'

/** Fastify's own errors that a client causes, and what we call them (fastify/docs/Reference/Errors.md). */
const fastifyCodes: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNKNOWN',
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON_INVALID',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'JSON_INVALID',
}

/** An error as a refusal; null when it is a fault of ours and not the client's. */
export function refusalOf(error: FastifyError | Refusal, words: RefusalWords): Refusal | null {
  if (error instanceof Refusal) return error.code in words ? error : null
  const code = fastifyCodes[error.code]
  if (code !== undefined) return new Refusal(code)
  const [problem] = error.validation ?? []
  if (problem) {
    const where = `${error.validationContext ?? 'body'}${problem.instancePath.replaceAll('/', '.')}`
    return new Refusal('REQUEST_INVALID', { where, what: problem.message ?? problem.keyword })
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal('REQUEST_INVALID', { where: 'HTTP', what: error.message })
  }
  return null
}

/**
 * The response to a refusal, in words.
 *
 * @throws Error when no area has words for the code; `refusalOf` never lets such a one through.
 */
export function refusalResponse(
  refusal: Refusal,
  language: Language,
  words: RefusalWords,
): { status: number; body: ErrorView } {
  const found = words[refusal.code]
  if (!found) throw new Error(`no words for ${refusal.code}`)
  return {
    status: found.status,
    body: {
      code: refusal.code,
      message: found.message(refusal.params)[language],
      fix: found.fix(refusal.params)[language],
    },
  }
}
