import { createHash, randomBytes } from 'node:crypto'

/** A secret of 256 bits for one bearer; only its hash is ever stored. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hexadecimal: a random 256-bit token needs no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1); null when there is none. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([\w-]{20,128})$/i.exec(header ?? '')?.[1] ?? null
}
