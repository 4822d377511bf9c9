import { X509Certificate } from 'node:crypto'

/**
 * An EFI signature database (UEFI 2.10 §32.4.1): lists one after the other,
 *
 *   | type GUID 16 | list size 4 | header size 4 | signature size 4 | header | owner GUID 16 + data, signature size each … |
 */
export type Signature = { type: string; data: Uint8Array }

/** EFI_CERT_X509_GUID, a5c059a1-94e4-4aa7-87b5-ab155c2bf072, as its bytes stand in the file. */
export const x509Type = 'a159c0a5e494a74a87b5ab155c2bf072'

/** Every signature up to where the lists stop making sense; never throws. */
export function decodeSignatures(bytes: Uint8Array): Signature[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const signatures: Signature[] = []
  let offset = 0
  while (offset + 28 <= bytes.length) {
    const listSize = view.getUint32(offset + 16, true)
    const headerSize = view.getUint32(offset + 20, true)
    const size = view.getUint32(offset + 24, true)
    const end = offset + listSize
    if (listSize < 28 || end > bytes.length || size <= 16) break
    const type = Buffer.from(bytes.subarray(offset, offset + 16)).toString('hex')
    for (let at = offset + 28 + headerSize; at + size <= end; at += size) {
      signatures.push({ type, data: bytes.subarray(at + 16, at + size) })
    }
    offset = end
  }
  return signatures
}

/** Whether one of the certificates is for that common name. */
export function holdsCertificate(signatures: readonly Signature[], commonName: string): boolean {
  return signatures.some(({ type, data }) => type === x509Type && commonNameOf(data) === commonName)
}

function commonNameOf(der: Uint8Array): string | null {
  try {
    const { subject } = new X509Certificate(der)
    return (
      subject
        .split('\n')
        .find((part) => part.startsWith('CN='))
        ?.slice(3) ?? null
    )
  } catch (error) {
    // Some firmware keeps an empty or cut certificate; it trusts nothing with it, and neither do we.
    if (error instanceof Error) return null
    throw error
  }
}
