import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import { isIPv4 } from 'node:net'

export type CertificateWishes = {
  key: KeyObject
  /** Host names and IPv4 addresses, the first of which is also the subject. */
  names: readonly string[]
  now: Date
}

const dayMs = 24 * 3600_000
/** Apple's systems take no longer one, however it came to be trusted (support.apple.com/103769: 825 days; 398 for others). */
const lastsDays = 397
/** For readers whose clock is behind ours. */
const beforeMs = dayMs

/** Key types and purposes of RFC 5280 §4.2.1.12 and RFC 3279, and the extensions' numbers. */
const oid = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/**
 * A self-signed certificate (RFC 5280) in PEM for a P-256 key. Agents look at its key only; its names and dates are for
 * browsers and other readers. The library is loaded when a certificate is made, which is once a year.
 */
export async function makeCertificate({ key, names, now }: CertificateWishes): Promise<string> {
  const [asn1, pki] = await Promise.all([import('asn1js'), import('pkijs')])
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), algorithm, true, ['sign']),
    crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  ])
  const certificate = new pki.Certificate()
  certificate.version = 2
  // At most 20 octets and positive (RFC 5280 §4.1.2.2): the first bit is not set, and the first octet is not 0.
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  certificate.serialNumber = new asn1.Integer({ valueHex: bytes(serial) })
  for (const name of [certificate.issuer, certificate.subject]) {
    const value = new asn1.Utf8String({ value: `Établi (${names[0] ?? 'localhost'})` })
    name.typesAndValues.push(new pki.AttributeTypeAndValue({ type: oid.commonName, value }))
  }
  certificate.notBefore = time(now.getTime() - beforeMs)
  certificate.notAfter = time(now.getTime() + lastsDays * dayMs)
  const extension = (extnID: string, critical: boolean, schema: { toBER(): ArrayBuffer }) =>
    new pki.Extension({ extnID, critical, extnValue: schema.toBER() })
  certificate.extensions = [
    extension(oid.basicConstraints, true, new pki.BasicConstraints({ cA: false }).toSchema()),
    // digitalSignature alone: bit 0, the highest of the first octet (RFC 5280 §4.2.1.3), seven bits unused.
    extension(oid.keyUsage, true, new asn1.BitString({ valueHex: bytes(Uint8Array.of(0x80)), unusedBits: 7 })),
    extension(oid.extendedKeyUsage, false, new pki.ExtKeyUsage({ keyPurposes: [oid.serverAuth] }).toSchema()),
    extension(oid.subjectAltName, false, new pki.GeneralNames({ names: names.map(generalName) }).toSchema()),
  ]
  await certificate.subjectPublicKeyInfo.importKey(publicKey)
  await certificate.sign(privateKey, 'SHA-256')
  const der = Buffer.from(certificate.toSchema(true).toBER())
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')

  /** UTCTime to the end of 2049, then GeneralizedTime (RFC 5280 §4.1.2.5); neither has fractions of seconds. */
  function time(ms: number) {
    const value = new Date(Math.floor(ms / 1000) * 1000)
    const type = value.getUTCFullYear() < 2050 ? pki.TimeType.UTCTime : pki.TimeType.GeneralizedTime
    return new pki.Time({ type, value })
  }

  /** iPAddress for addresses, dNSName for the rest (RFC 5280 §4.2.1.6). */
  function generalName(name: string) {
    if (!isIPv4(name)) return new pki.GeneralName({ type: 2, value: name })
    const valueHex = bytes(Uint8Array.from(name.split('.'), Number))
    return new pki.GeneralName({ type: 7, value: new asn1.OctetString({ valueHex }) })
  }
}

function bytes(view: Uint8Array): ArrayBuffer {
  return Uint8Array.from(view).buffer
}
