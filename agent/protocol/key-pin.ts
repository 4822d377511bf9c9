import { createHash } from 'node:crypto'

/**
 * What agents know their server by: the SHA-256 of its public key (RFC 7469 §2.4: of the SubjectPublicKeyInfo), in the
 * form that `curl --pinnedpubkey` takes. A certificate may end and be made anew; the key, and so the pin, stays.
 */
export type KeyPin = `sha256//${string}`

/** 32 bytes in base64 (RFC 4648 §4): 43 digits, of which the last carries four bits, and one sign of padding. */
export const keyPinPattern = '^sha256//[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$'
const form = new RegExp(keyPinPattern)

/** The pin of a public key, given as a SubjectPublicKeyInfo in DER. */
export function pinOf(publicKey: Uint8Array): KeyPin {
  return `sha256//${createHash('sha256').update(publicKey).digest('base64')}`
}

/** Null for a text that is no pin. */
export function parseKeyPin(text: string): KeyPin | null {
  return isKeyPin(text) ? text : null
}

function isKeyPin(text: string): text is KeyPin {
  return form.test(text)
}

/**
 * The name agents ask for in the handshake (RFC 6066 §3), whatever address they reach the server at: the server then
 * shows the pinned key, and its operator's certificate to everybody else. `.internal` is no name of the public DNS.
 */
export const agentServerName = 'agent.etabli.internal'
