import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requestRefusal } from './messages.ts'
import { comesFromElsewhere } from './origin.ts'
import { defaultPermission, mayDo, type Permission } from './permissions.ts'
import { cookieName, type IsSecure } from './session-cookie.ts'
import type { Accounts, Identity } from './session/accounts.ts'
import { bearerToken } from './token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity | null
  }
  interface FastifyContextConfig {
    /** What the route asks of its caller; reading or operating when it does not say. */
    permission?: Permission
  }
}

/** Lets nobody into the routes of this scope without a session or token and the right role; before any body is read. */
export function addGate(scope: FastifyInstance, accounts: Accounts, isSecure: IsSecure): void {
  scope.decorateRequest('identity', null)
  scope.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission ?? defaultPermission(request.method)
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    if (changes && isFromElsewhere(request)) throw requestRefusal('ORIGIN_REFUSED')
    const token = bearerToken(request.headers.authorization) ?? request.cookies[cookieName(isSecure(request))] ?? null
    request.identity = token === null ? null : await accounts.identify(token)
    if (permission === 'public') return
    if (!request.identity) throw requestRefusal('SESSION_REQUIRED')
    if (!mayDo(request.identity.role, permission)) {
      throw requestRefusal('ROLE_INSUFFICIENT', { role: request.identity.role })
    }
  })
}

/** Who calls; only for routes that the gate guards. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw requestRefusal('SESSION_REQUIRED')
  return request.identity
}

function isFromElsewhere(request: FastifyRequest): boolean {
  const secFetchSite = request.headers['sec-fetch-site']
  return comesFromElsewhere({
    host: request.headers.host ?? '',
    origin: request.headers.origin ?? null,
    secFetchSite: typeof secFetchSite === 'string' ? secFetchSite : null,
  })
}
