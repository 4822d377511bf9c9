import { readValue, tags, valuesIn, type DerValue } from './der.ts'
import { decodePeHeaders, directoryIndex } from '../pe/headers.ts'
import { MalformedPe } from '../pe/malformed-pe.ts'

/** Who a boot file is signed by, as far as a PC's firmware is delivered to trust it. */
export type Authority = 'windows-2011' | 'windows-2023' | 'third-party-2011' | 'third-party-2023'

/** Common names of Microsoft's certificate authorities for UEFI (Microsoft: Windows Secure Boot Key Creation Guidance). */
const authorities: ReadonlyMap<string, Authority> = new Map([
  ['Microsoft Windows Production PCA 2011', 'windows-2011'],
  ['Windows UEFI CA 2023', 'windows-2023'],
  ['Microsoft Corporation UEFI CA 2011', 'third-party-2011'],
  ['Microsoft UEFI CA 2023', 'third-party-2023'],
])

/** One signature of a file. Read, not verified: that is the firmware's to do. */
export type Signature = {
  /** Common name of the certificate that signed. */
  signer: string
  /** Common names of those that vouch for it, nearest first, as far as the file brings their certificates. */
  issuers: string[]
  /** The nearest of them that firmware knows; null for anyone else's. */
  authority: Authority | null
}

/** WIN_CERT_TYPE_PKCS_SIGNED_DATA; the only one that signs an EFI program (UEFI 2.10 §32.2.4). */
const pkcsSignedData = 2

/**
 * Reads who signed a PE file: its attribute certificate table (PE format, "The Attribute Certificate Table"), each entry
 * PKCS #7 SignedData (RFC 2315, Windows Authenticode Portable Executable Signature Format). Signatures nested in an
 * attribute of another are passed over, as firmware does.
 *
 * @param bytes - the whole file
 * @returns one entry a signature, in the file's order; empty for an unsigned file
 * @throws MalformedPe for anything that is no PE file, or whose signatures cannot be read; never reads outside `bytes`
 */
export function readSignatures(bytes: Uint8Array): Signature[] {
  const table = certificateTable(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const signatures: Signature[] = []
  // | length 4 | revision 2 | type 2 | data, length - 8 | up to a multiple of 8 |
  for (let at = table.start; at + 8 <= table.end;) {
    const length = view.getUint32(at, true)
    if (length < 8 || at + length > table.end) throw new MalformedPe(at, 'certificate length')
    if (view.getUint16(at + 6, true) === pkcsSignedData) {
      signatures.push(...readSignedData(bytes.subarray(at + 8, at + length), at + 8))
    }
    at += Math.ceil(length / 8) * 8
  }
  return signatures
}

/** Where the table lies in the file: the only data directory that holds a file offset, and no address. */
function certificateTable(bytes: Uint8Array): { start: number; end: number } {
  const entry = decodePeHeaders(bytes).directories[directoryIndex.certificates]
  if (entry === undefined) return { start: 0, end: 0 }
  const end = entry.address + entry.sizeBytes
  if (end > bytes.length) throw new MalformedPe(entry.address, 'certificate table')
  return { start: entry.address, end }
}

type Certificate = { serial: Uint8Array; issuer: DerValue; subject: DerValue }

/** ContentInfo { type, [0] SignedData { version, algorithms, content, [0] certificates, [1] lists?, signers } } */
function readSignedData(bytes: Uint8Array, offset: number): Signature[] {
  const [, wrapped] = valuesIn(expect(readValue(bytes, offset, 'ContentInfo'), tags.sequence, 'ContentInfo'), 'type')
  const [signedData] = valuesIn(expect(wrapped, tags.context0, 'content', offset), 'SignedData')
  const parts = valuesIn(expect(signedData, tags.sequence, 'SignedData', offset), 'SignedData')
  const held = parts.find(({ tag }) => tag === tags.context0)
  const certificates = held === undefined ? [] : valuesIn(held, 'certificates').map(readCertificate)
  const signers = expect(parts.at(-1), tags.set, 'signers', offset)
  return valuesIn(signers, 'signers').map((signer) => describe(signer, certificates))
}

/** Certificate { { [0] version?, serial, algorithm, issuer, validity, subject, … }, … } (RFC 5280 §4.1) */
function readCertificate(value: DerValue): Certificate {
  const [toBeSigned] = valuesIn(expect(value, tags.sequence, 'certificate'), 'certificate')
  const parts = valuesIn(expect(toBeSigned, tags.sequence, 'certificate', value.offset), 'certificate')
  const from = parts[0]?.tag === tags.context0 ? 1 : 0
  const serial = expect(parts[from], tags.integer, 'serial number', value.offset).content
  const issuer = expect(parts[from + 2], tags.sequence, 'issuer', value.offset)
  const subject = expect(parts[from + 4], tags.sequence, 'subject', value.offset)
  return { serial, issuer, subject }
}

/** SignerInfo { version, { issuer, serial }, … }: names its certificate, whose issuers are then looked for. */
function describe(signerInfo: DerValue, certificates: readonly Certificate[]): Signature {
  const [, named] = valuesIn(expect(signerInfo, tags.sequence, 'signer'), 'signer')
  const parts = valuesIn(expect(named, tags.sequence, 'signer', signerInfo.offset), 'signer')
  const issuer = expect(parts[0], tags.sequence, 'issuer', signerInfo.offset)
  const serial = expect(parts[1], tags.integer, 'serial number', signerInfo.offset).content
  const own = certificates.find((one) => same(one.issuer.whole, issuer.whole) && same(one.serial, serial))
  const issuers = chain(issuer, certificates).map(commonName)
  const known = issuers.find((name) => authorities.has(name))
  return {
    signer: own === undefined ? '' : commonName(own.subject),
    issuers,
    authority: known === undefined ? null : (authorities.get(known) ?? null),
  }
}

/** Names of issuers upward, each once: a root names itself, and forged certificates may name each other. */
function chain(first: DerValue, certificates: readonly Certificate[]): DerValue[] {
  const names = [first]
  for (let name: DerValue | undefined = first; name !== undefined;) {
    const current: DerValue = name
    name = certificates.find(({ subject }) => same(subject.whole, current.whole))?.issuer
    if (name !== undefined && names.some(({ whole }) => name !== undefined && same(whole, name.whole))) break
    if (name !== undefined) names.push(name)
  }
  return names
}

/** 2.5.4.3, commonName. */
const commonNameId = Uint8Array.of(0x55, 0x04, 0x03)

/** Name { set { { type, value } … } … }; empty when there is no common name. */
function commonName(name: DerValue): string {
  for (const attribute of valuesIn(name, 'name').flatMap((set) => valuesIn(set, 'name'))) {
    const [type, value] = valuesIn(attribute, 'name')
    if (type === undefined || value === undefined || !same(type.content, commonNameId)) continue
    const text = Buffer.from(value.content)
    return value.tag === tags.bmpString && text.length % 2 === 0
      ? text.swap16().toString('utf16le')
      : text.toString('utf8')
  }
  return ''
}

function expect(value: DerValue | undefined, tag: number, field: string, offset = 0): DerValue {
  if (value?.tag !== tag) throw new MalformedPe(value?.offset ?? offset, field)
  return value
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one.buffer, one.byteOffset, one.length).equals(other)
}
