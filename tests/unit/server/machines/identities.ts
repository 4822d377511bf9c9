import type { Identity, KnownIdentity } from '../../../../server/machines/identity.ts'
import { after } from '../deployments/sample.ts'

export const U1 = '4c4c4544-0042-3510-8057-b4c04f4d3332'
export const U2 = '1b2c3d4e-0042-3510-8057-b4c04f4d9999'
export const [M1, M2, M3] = ['1c:69:7a:00:00:01', '1c:69:7a:00:00:02', '1c:69:7a:00:00:03'] as const

const nothing: Identity = { uuid: null, serial: null, manufacturer: 'Intel', macs: [], wirelessMacs: [], disks: [] }

/** What a machine is known by, of what a test cares for. */
export function identity(uuid: string | null, serial: string | null, ...macs: string[]): Identity {
  return { ...nothing, uuid, serial, macs }
}

export function knownBy(more: Partial<Identity>): Identity {
  return { ...nothing, ...more }
}

export function known(id: string, one: Identity, seenAfter = 0): KnownIdentity {
  return { ...one, id, lastSeenAt: after(seenAfter) }
}
