import type { Role } from '../store/parts.ts'

/**
 * What a route asks of whoever calls it. `operate`: to prepare machines, with what the shop has decided. `administer`: to
 * decide it. Images, installers and sequences are programs that run as SYSTEM on every machine, and come of one hand.
 */
export type Permission = 'public' | 'read' | 'operate' | 'administer'

const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  /** The screen on the wall looks and touches nothing. */
  screen: new Set(['public', 'read']),
  technician: new Set(['public', 'read', 'operate']),
  manager: new Set(['public', 'read', 'operate', 'administer']),
}

/** What a role may do, for a dashboard that shows nobody a button they may not press. */
export function permissionsOf(role: Role): Permission[] {
  return [...granted[role]]
}

export function mayDo(role: Role, permission: Permission): boolean {
  return granted[role].has(permission)
}

/** What a route asks for when it does not say: reading reads, everything else changes something. */
export function defaultPermission(method: string): Permission {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'operate'
}
