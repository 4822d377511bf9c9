import { permissionsOf } from '../../server/api/permissions.ts'
import type { Seed } from './seed.ts'

/** The same workshop, seen by somebody of another role, as the server's session says it. */
export function signedInAs(seed: Seed, role: Seed['session']['role']): Seed {
  return { ...seed, session: { ...seed.session, role, permissions: permissionsOf(role) } }
}
