import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { pinOf, type KeyPin } from '../../agent/protocol/key-pin.ts'
import { makeCertificate } from '../../server/tls/certificate.ts'

/** A key of its own with a certificate around it, as a TLS server takes them, and what it is known by. */
export type TestIdentity = { key: string; cert: string; pin: KeyPin }

/** @param now - when the certificate is made: it begins a day before and ends thirteen months later */
export async function makeTestIdentity(now = new Date()): Promise<TestIdentity> {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cert = await makeCertificate({ key, names: ['localhost'], now })
  const pin = pinOf(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert, pin }
}
