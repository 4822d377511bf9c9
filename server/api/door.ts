/** What a request wants, by its path. */
export type Area =
  /** What GRUB and the initrd load: nothing secret, and both speak plain HTTP only. */
  | 'boot'
  | 'agent'
  | 'health'
  /** The dashboard's pages and files, for browsers. */
  | 'page'
  /** The API and the metrics, for browsers and programs. */
  | 'program'

/** Where a request comes from, and how. */
export type Caller = {
  encrypted: boolean
  /** From this computer itself. */
  local: boolean
  /** By the workshop's network interface. */
  onBench: boolean
}

/** What the operator wants (`server/configuration/settings.ts`). */
export type DoorSettings = {
  /** Who gets the dashboard in plain HTTP. */
  http: 'local' | 'everywhere'
  /** Whether the dashboard answers on the workshop's network. */
  onBench: boolean
}

export type DoorDecision =
  | { kind: 'open' }
  /** A browser that can be led to the encrypted door by itself. */
  | { kind: 'redirect' }
  | { kind: 'refused'; why: 'AGENT_NEEDS_TLS' | 'HTTPS_REQUIRED' | 'DASHBOARD_ELSEWHERE' }

const areas: ReadonlyArray<readonly [prefix: string, area: Area]> = [
  ['/boot', 'boot'],
  ['/agent', 'agent'],
  ['/healthz', 'health'],
  ['/api', 'program'],
  ['/metrics', 'program'],
]

/** Total: an address that nobody knows is a page, as the dashboard takes it. */
export function areaOf(path: string): Area {
  const [, area] =
    areas.find(([prefix]) => path === prefix || (/^[/?]/.test(path.slice(prefix.length)) && path.startsWith(prefix))) ??
    []
  return area ?? 'page'
}

/**
 * Whether a request is served here. Tokens of agents never travel in the clear; neither do sessions and passwords of
 * people, but on this computer itself, where nobody else listens, or where the operator says that a proxy speaks TLS in
 * our place. Pure.
 */
export function decideDoor(area: Area, caller: Caller, settings: DoorSettings): DoorDecision {
  if (area === 'boot' || area === 'health') return { kind: 'open' }
  if (area === 'agent') return caller.encrypted ? { kind: 'open' } : { kind: 'refused', why: 'AGENT_NEEDS_TLS' }
  if (caller.local) return { kind: 'open' }
  if (caller.onBench && !settings.onBench) return { kind: 'refused', why: 'DASHBOARD_ELSEWHERE' }
  if (caller.encrypted || settings.http === 'everywhere') return { kind: 'open' }
  return area === 'page' ? { kind: 'redirect' } : { kind: 'refused', why: 'HTTPS_REQUIRED' }
}
