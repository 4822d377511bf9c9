import { Type } from 'typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { identityOf } from '../gate.ts'
import { cookieName, cookieOptions, type IsSecure } from '../session-cookie.ts'
import { sessionDays, type Accounts, type Identity } from './accounts.ts'
import { permissionsOf } from '../permissions.ts'
import { ErrorView, PasswordChange, SessionRequest, SessionView } from './schema.ts'

export type SessionServices = {
  accounts: Accounts
  /** What the dashboard has to know of this server. */
  server: () => SessionView['server']
  isSecure: IsSecure
}

/** Signing in and out. */
export function sessionRoutes({ accounts, server, isSecure }: SessionServices): FastifyPluginAsyncTypebox {
  const view = ({ user, role }: Identity): SessionView => ({
    user,
    role,
    permissions: permissionsOf(role),
    server: server(),
  })
  return async (app) => {
    app.post(
      '/',
      {
        config: { permission: 'public' },
        schema: {
          tags: ['session'],
          summary: 'Sign in',
          body: SessionRequest,
          response: { 200: SessionView, 401: ErrorView, 429: ErrorView },
        },
      },
      async (request, reply) => {
        const { token, identity } = await accounts.signIn({ ...request.body, from: request.ip })
        const secure = isSecure(request)
        reply.setCookie(cookieName(secure), token, { ...cookieOptions(secure), maxAge: sessionDays * 86_400 })
        return view(identity)
      },
    )
    app.get(
      '/',
      { schema: { tags: ['session'], summary: 'Who is signed in', response: { 200: SessionView, 401: ErrorView } } },
      async (request) => view(identityOf(request)),
    )
    app.put(
      '/password',
      {
        config: { permission: 'operate' },
        schema: {
          tags: ['session'],
          summary: 'Change one’s own password; every other session of this user ends',
          body: PasswordChange,
          response: { 204: Type.Null(), 403: ErrorView, 429: ErrorView },
        },
      },
      async (request, reply) => {
        await accounts.changePassword(identityOf(request), { ...request.body, from: request.ip })
        reply.status(204)
        return null
      },
    )
    app.delete(
      '/',
      {
        config: { permission: 'read' },
        schema: { tags: ['session'], summary: 'Sign out', response: { 204: Type.Null() } },
      },
      async (request, reply) => {
        await accounts.signOut(identityOf(request))
        reply.clearCookie(cookieName(isSecure(request)), cookieOptions(isSecure(request)))
        reply.status(204)
        return null
      },
    )
  }
}
