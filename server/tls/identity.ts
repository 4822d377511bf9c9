import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pinOf, type KeyPin } from '../../agent/protocol/key-pin.ts'
import { writeWhole } from '../catalogue/files/disk.ts'
import { makeCertificate } from './certificate.ts'
import { TlsError } from './errors.ts'
import { judgeCertificate } from './renewal.ts'

/** Key and certificate in PEM, as a TLS server takes them. */
export type KeyAndCertificate = { key: string; cert: string }

/** Who this server is to its agents. */
export type Identity = {
  pin: KeyPin
  current(): KeyAndCertificate
  /** Makes the certificate anew, with the same key, when it is near its end; gives whether it did. */
  renew(): Promise<boolean>
}

export type IdentityOptions = {
  /** What the certificate is to name; another list than last time makes it anew. */
  names: readonly string[]
  now: () => Date
  /** Hears that the key could be read by other accounts until now. */
  onOpenKey?: (file: string, mode: string) => void
}

/**
 * Opens the server's key in `folder`, or makes it at the first start. A key that is damaged or gone is never replaced:
 * every sleeping agent knows the server by it.
 *
 * @throws TlsError
 */
export async function openIdentity(folder: string, options: IdentityOptions): Promise<Identity> {
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const [keyText, certificateText] = await Promise.all([textOf(keyFile), textOf(certificateFile)])
    if (keyText === null && certificateText !== null) throw new TlsError('TLS_KEY_MISSING', { file: keyFile })
    const key = keyText === null ? await makeKey(keyFile) : parseKey(keyText, keyFile)
    await closeToOthers(keyFile, options)
    const kept = certificateText === null ? null : parseCertificate(certificateText, certificateFile)
    return await withCertificate({ key, kept, certificateFile }, options)
  } catch (error) {
    if (error instanceof TlsError || !(error instanceof Error) || !('code' in error)) throw error
    throw new TlsError('TLS_FOLDER_UNUSABLE', { folder, detail: String(error.code) }, error)
  }
}

async function withCertificate(
  { key, kept, certificateFile }: { key: KeyObject; kept: X509Certificate | null; certificateFile: string },
  { names, now }: IdentityOptions,
): Promise<Identity> {
  let certificate = kept
  const renew = async (): Promise<boolean> => {
    const standing = certificate === null ? null : judgeCertificate(certificate, { key, names, now: now() })
    if (standing?.kind === 'foreign') throw new TlsError('TLS_CERTIFICATE_FOREIGN', { file: certificateFile })
    if (standing?.kind === 'good') return false
    const made = await makeCertificate({ key, names, now: now() })
    await writeWhole(certificateFile, made)
    certificate = new X509Certificate(made)
    return true
  }
  await renew()
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    pin: pinOf(createPublicKey(key).export({ type: 'spki', format: 'der' })),
    current: () => ({ key: pem, cert: certificate?.toString() ?? '' }),
    renew,
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function makeKey(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeWhole(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  return privateKey
}

function parseKey(text: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch (error) {
    throw new TlsError('TLS_KEY_DAMAGED', { file }, error)
  }
  throw new TlsError('TLS_KEY_DAMAGED', { file })
}

function parseCertificate(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch (error) {
    throw new TlsError('TLS_CERTIFICATE_DAMAGED', { file }, error)
  }
}

async function closeToOthers(file: string, { onOpenKey }: IdentityOptions): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o077) === 0) return
  await chmod(file, 0o600)
  onOpenKey?.(file, (mode & 0o777).toString(8).padStart(4, '0'))
}
