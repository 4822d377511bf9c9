import { knownIdentity, type Identity, type KnownIdentity } from './identity.ts'
import type { Machine } from './machine.ts'
import { swappedUuid } from './uuid.ts'

/**
 * Every machine there is, in memory as well as in the store: each network boot and each hello asks for one. Found by what
 * it is known by, so that thousands of others cost nothing.
 */
export type KnownMachines = {
  all(): Machine[]
  get(id: string): Machine | null
  set(machine: Machine): void
  delete(id: string): void
  codes(): ReadonlySet<string>
  /** Those that share a UUID (in either byte order), serial, MAC address or disk. */
  like(identity: Pick<Identity, 'uuid' | 'serial' | 'macs' | 'disks'>): KnownIdentity[]
}

function keysOf({ uuid, serial, macs, disks }: Pick<Identity, 'uuid' | 'serial' | 'macs' | 'disks'>): string[] {
  return [
    ...(uuid === null ? [] : [`uuid ${uuid}`]),
    ...(serial === null ? [] : [`serial ${serial.toLowerCase()}`]),
    ...macs.map((mac) => `mac ${mac}`),
    ...disks.map((disk) => `disk ${disk}`),
  ]
}

/** Known machines, in the order the store gives them. */
export function createKnownMachines(stored: readonly Machine[]): KnownMachines {
  const byId = new Map<string, { machine: Machine; identity: KnownIdentity }>()
  const byKey = new Map<string, Set<string>>()
  const codes = new Set<string>()

  const unlist = (id: string): void => {
    const before = byId.get(id)
    if (before === undefined) return
    codes.delete(before.machine.code)
    for (const key of keysOf(before.identity)) {
      const ids = byKey.get(key)
      ids?.delete(id)
      if (ids?.size === 0) byKey.delete(key)
    }
  }

  const set = (machine: Machine): void => {
    unlist(machine.id)
    const identity = knownIdentity(machine)
    byId.set(machine.id, { machine, identity })
    codes.add(machine.code)
    for (const key of keysOf(identity)) byKey.set(key, (byKey.get(key) ?? new Set()).add(machine.id))
  }

  for (const machine of stored) set(machine)
  return {
    all: () => [...byId.values()].map(({ machine }) => machine),
    get: (id) => byId.get(id)?.machine ?? null,
    set,
    delete: (id) => {
      unlist(id)
      byId.delete(id)
    },
    codes: () => codes,
    like: (identity) => {
      const { uuid } = identity
      const keys = [...keysOf(identity), ...(uuid === null ? [] : [`uuid ${swappedUuid(uuid)}`])]
      const ids = new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])]))
      return [...ids].flatMap((id) => byId.get(id)?.identity ?? [])
    },
  }
}
