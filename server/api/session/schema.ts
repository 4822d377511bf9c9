import { Type, type Static } from 'typebox'

/** POST /api/session {user, password} → SessionView and a cookie · GET /api/session → SessionView or 401 · DELETE /api/session */
export const SessionRequest = Type.Object({
  user: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
})
/** PUT /api/session/password → 204: every other session of this user ends. */
export const PasswordChange = Type.Object({
  current: Type.String({ minLength: 1, maxLength: 1024 }),
  next: Type.String({ minLength: 8, maxLength: 1024 }),
})
export const SessionView = Type.Object({
  user: Type.String(),
  role: Type.Union([Type.Literal('technician'), Type.Literal('manager'), Type.Literal('screen')]),
  /** What this role may do: see server/api/permissions.ts. */
  permissions: Type.Array(
    Type.Union([Type.Literal('public'), Type.Literal('read'), Type.Literal('operate'), Type.Literal('administer')]),
  ),
  server: Type.Object({
    version: Type.String(),
    publicUrl: Type.String(),
    dhcpMode: Type.Union([Type.Literal('off'), Type.Literal('proxy'), Type.Literal('pxe-lease'), Type.Literal('full')]),
    interface: Type.Union([Type.String(), Type.Null()]),
    /** Whether the boot environment is there: until then no machine can boot. */
    environment: Type.Union([Type.Literal('ready'), Type.Literal('building'), Type.Literal('missing')]),
  }),
})
export type SessionView = Static<typeof SessionView>

/** Every refusal, in the language asked for by Accept-Language (French when in doubt). */
export const ErrorView = Type.Object({ code: Type.String(), message: Type.String(), fix: Type.String() })
export type ErrorView = Static<typeof ErrorView>
