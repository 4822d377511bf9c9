import { dirname } from 'node:path'
import type { FastifyError } from 'fastify'
import { Refusal } from '../refusal/refusal.ts'
import { storeRefusal } from '../store/errors.ts'
import { requestRefusal } from './messages.ts'
import { describeMistake } from './request-mistakes.ts'
import type { ErrorView } from './session/schema.ts'
import type { Language } from './language.ts'

/** Fastify's own errors that a client causes, and what we call them (fastify/docs/Reference/Errors.md). */
const fastifyCodes = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNKNOWN',
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON_INVALID',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'JSON_INVALID',
} as const

const isFastifyCode = (code: string): code is keyof typeof fastifyCodes => Object.hasOwn(fastifyCodes, code)

/** The system's codes for a disk that takes no more. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT'])

/** Of an error that names a path; writing to an open file names none. */
function folderOf(error: Error): string | null {
  return 'path' in error && typeof error.path === 'string' ? dirname(error.path) : null
}

/** An error as a refusal, in which a full disk is `dataDir`'s unless it says more; null for a fault of ours. */
export function refusalOf(error: FastifyError | Refusal, dataDir: string): Refusal | null {
  if (error instanceof Refusal) return error
  if (isFastifyCode(error.code)) return requestRefusal(fastifyCodes[error.code])
  if (fullCodes.has(error.code)) return storeRefusal('DATA_FOLDER_FULL', { folder: folderOf(error) ?? dataDir })
  if (error.code === 'EROFS')
    return storeRefusal('DATA_FOLDER_NOT_WRITABLE', { folder: folderOf(error) ?? dataDir, reason: error.code })
  const [problem] = error.validation ?? []
  if (problem) {
    const where = `${error.validationContext ?? 'body'}${problem.instancePath.replaceAll('/', '.')}`
    return requestRefusal('REQUEST_INVALID', { where, what: describeMistake(problem) })
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    // The library's own words are for the log: the code of the error is what can be looked up.
    return requestRefusal('REQUEST_INVALID', { where: error.code, what: describeMistake({ keyword: '' }) })
  }
  return null
}

/** The body of the response to a refusal. */
export function refusalBody({ code, description }: Refusal, language: Language): ErrorView {
  return { code, message: description.message[language], fix: description.fix[language] }
}
