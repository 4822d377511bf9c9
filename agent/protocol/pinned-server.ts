import { parseKeyPin, type KeyPin } from './key-pin.ts'

/** Where an agent finds its server, and what it knows it by: one is nothing without the other. */
export type PinnedServer = { url: URL; pin: KeyPin }

/** Which of the two is missing or no good; `url` comes first. */
export type ServerProblem = { kind: 'invalid'; what: 'url' | 'pin' }

/** Both parts as texts: `https://10.0.0.1:8443` and `sha256//…`. Plain HTTP is nothing an agent speaks. Total. */
export function parsePinnedServer(url: string, pin: string): ({ kind: 'valid' } & PinnedServer) | ServerProblem {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.protocol !== 'https:') return { kind: 'invalid', what: 'url' }
  const known = parseKeyPin(pin)
  return known === null ? { kind: 'invalid', what: 'pin' } : { kind: 'valid', url: parsed, pin: known }
}
