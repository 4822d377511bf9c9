import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../refusal/refusal.ts'
import { preferredLanguage } from './language.ts'
import { requestRefusal } from './messages.ts'
import { refusalBody, refusalOf } from './refusal-response.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with a refusal; `more` is what its code carries besides its sentences. */
    refuse(refusal: Refusal, more?: Record<string, unknown>): FastifyReply
  }
}

/** Turns everything that is thrown, and every unknown address, into `{code, message, fix}`. */
export function addRefusals(app: FastifyInstance, dataDir: string): void {
  app.decorateReply('refuse', function refuse(this: FastifyReply, refusal: Refusal, more = {}) {
    if (refusal.code === 'TOO_MANY_REQUESTS') this.header('retry-after', refusal.params['seconds'])
    const language = preferredLanguage(this.request.headers['accept-language'])
    return this.status(refusal.status).send({ ...refusalBody(refusal, language), ...more })
  })
  app.setErrorHandler<FastifyError | Refusal>((error, request, reply) => {
    const refusal = refusalOf(error, dataDir) ?? requestRefusal('INTERNAL', { id: request.id })
    const { code, status } = refusal
    if (status >= 500) request.log.error({ err: error, code, id: request.id }, 'request failed')
    return reply.refuse(refusal)
  })
}

export function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.refuse(requestRefusal('NOT_FOUND', { what: `${request.method} ${request.url.slice(0, 200)}` }))
}
