import type { KeyObject, X509Certificate } from 'node:crypto'

/** What the certificate beside a key is worth. */
export type Standing =
  | { kind: 'good' }
  /** To be made anew with the same key. */
  | { kind: 'due'; why: 'ending' | 'not-yet' | 'names' }
  /** It belongs to another key: nobody can tell here which of the two files is the right one. */
  | { kind: 'foreign' }

const renewBeforeMs = 30 * 24 * 3600_000

/** Whether a certificate of ours can go on being shown. Pure. */
export function judgeCertificate(
  certificate: Pick<X509Certificate, 'checkPrivateKey' | 'validFromDate' | 'validToDate' | 'subjectAltName'>,
  { key, names, now }: { key: KeyObject; names: readonly string[]; now: Date },
): Standing {
  if (!certificate.checkPrivateKey(key)) return { kind: 'foreign' }
  // Made while our own clock was ahead.
  if (certificate.validFromDate.getTime() > now.getTime()) return { kind: 'due', why: 'not-yet' }
  if (certificate.validToDate.getTime() - now.getTime() < renewBeforeMs) return { kind: 'due', why: 'ending' }
  const has = namesOf(certificate.subjectAltName ?? '')
  return names.every((name) => has.has(name)) ? { kind: 'good' } : { kind: 'due', why: 'names' }
}

/** The names in the form OpenSSL prints them: `DNS:localhost, IP Address:10.0.0.1`. */
function namesOf(subjectAltName: string): Set<string> {
  return new Set(subjectAltName.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '')))
}
