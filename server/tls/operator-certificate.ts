import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { TlsError } from './errors.ts'
import type { KeyAndCertificate } from './identity.ts'

/** Where the operator keeps a certificate that browsers trust. */
export type CertificateFiles = { certificate: string; key: string }

/** @throws TlsError OWN_CERTIFICATE_UNREADABLE, OWN_CERTIFICATE_DAMAGED, OWN_CERTIFICATE_FOREIGN. */
export async function readOperatorCertificate(files: CertificateFiles): Promise<KeyAndCertificate> {
  const [cert, key] = await Promise.all([textOf(files.certificate), textOf(files.key)])
  // The first certificate of the file is the server's own; what follows leads to its authority (RFC 8446 §4.4.2).
  const certificate = parsed(files.certificate, () => new X509Certificate(cert))
  const privateKey: KeyObject = parsed(files.key, () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) throw new TlsError('OWN_CERTIFICATE_FOREIGN', files)
  return { cert, key }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw new TlsError('OWN_CERTIFICATE_UNREADABLE', { file, detail: String(error.code) }, error)
  }
}

function parsed<Value>(file: string, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    throw new TlsError('OWN_CERTIFICATE_DAMAGED', { file }, error)
  }
}
