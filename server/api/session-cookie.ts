import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'

/** Whether a browser reaches us over TLS: spoken by ourselves, or by the proxy behind the operator's https address. */
export type IsSecure = (request: FastifyRequest) => boolean

/**
 * Over TLS the name binds the cookie to this host, to TLS and to the whole of it (RFC 6265bis §4.1.3.2), so that nobody on
 * the way of a plain request to the same host can plant one. In plain HTTP, on this computer itself, browsers would refuse
 * that name; and two names keep either kind from standing in the other's way (§5.7).
 */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-etabli_session' : 'etabli_session'
}

/** What a browser may do with it. */
export function cookieOptions(isSecure: boolean): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure }
}
