import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogueErrors } from '../catalogue/images/errors.ts'
import { CatalogueError } from '../catalogue/images/problem.ts'
import { deploymentRefusals } from '../deployments/errors.ts'
import { machineRefusals } from '../machines/errors.ts'
import { Refusal, type RefusalWords } from '../refusal.ts'
import { catalogueRefusals } from '../catalogue/errors.ts'
import { stockRefusals } from '../stock/errors.ts'
import { imageRefusals } from './images/errors.ts'
import { preferredLanguage } from './language.ts'
import { refusalOf, refusalResponse } from './refusal-response.ts'
import { agentWords, borderWords } from './messages.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with a refusal; `more` is what its code carries besides words. */
    refuse(refusal: Refusal, more?: Record<string, unknown>): FastifyReply
  }
}

/** Every code the API answers with, and its words; the areas' own catalogues merged. */
export const refusalWords: RefusalWords = {
  ...catalogueErrors,
  ...machineRefusals,
  ...stockRefusals,
  ...deploymentRefusals,
  ...imageRefusals,
  ...catalogueRefusals,
  ...agentWords,
  ...borderWords,
}

/** Turns everything that is thrown, and every unknown address, into `{code, message, fix}`. */
export function addRefusals(app: FastifyInstance): void {
  app.decorateReply('refuse', function refuse(this: FastifyReply, refusal: Refusal, more = {}) {
    const { status, body } = respond(this.request, refusal)
    if (refusal.code === 'TOO_MANY_REQUESTS') this.header('retry-after', refusal.params['seconds'])
    return this.status(status).send({ ...body, ...more })
  })
  app.setErrorHandler<FastifyError | Refusal | CatalogueError>((error, request, reply) => {
    const known =
      error instanceof CatalogueError ? new Refusal(error.code, error.params) : refusalOf(error, refusalWords)
    const refusal = known ?? new Refusal('INTERNAL', { id: request.id })
    const { status } = respond(request, refusal)
    if (status >= 500) request.log.error({ err: error, code: refusal.code, id: request.id }, 'request failed')
    return reply.refuse(refusal)
  })
}

export function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.refuse(new Refusal('NOT_FOUND', { what: `${request.method} ${request.url.slice(0, 200)}` }))
}

function respond(request: FastifyRequest, refusal: Refusal): ReturnType<typeof refusalResponse> {
  return refusalResponse(refusal, preferredLanguage(request.headers['accept-language']), refusalWords)
}
