/** Just enough of a PE file, and of PKCS #7, to be signed by whom a test wants; nothing here is verified by anyone. */
export type TestSignature = {
  signer: string
  /** Common names upward: who vouches for the signer, who for them… */
  issuers: string[]
}

export function makePe(signatures: readonly TestSignature[], options: { pe32?: boolean; type?: number } = {}): Buffer {
  const { pe32 = false, type = 2 } = options
  const table = Buffer.concat(signatures.map((one) => winCertificate(signedData(one), type)))
  const file = Buffer.alloc(0x200)
  file.write('MZ', 0, 'latin1')
  file.writeUInt32LE(0x80, 0x3c)
  file.write('PE\0\0', 0x80, 'latin1')
  const optional = 0x98
  file.writeUInt16LE(pe32 ? 0x10b : 0x20b, optional)
  const directories = optional + (pe32 ? 96 : 112)
  file.writeUInt32LE(16, directories - 4)
  file.writeUInt32LE(table.length === 0 ? 0 : file.length, directories + 32)
  file.writeUInt32LE(table.length, directories + 36)
  return Buffer.concat([file, table])
}

function winCertificate(data: Buffer, type: number): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32LE(8 + data.length, 0)
  header.writeUInt16LE(0x200, 4)
  header.writeUInt16LE(type, 6)
  return Buffer.concat([header, data, Buffer.alloc((8 - (data.length % 8)) % 8)])
}

function signedData({ signer, issuers }: TestSignature): Buffer {
  const names = [signer, ...issuers]
  // The root's own certificate is left out, as signing tools do.
  const certificates = issuers.map((issuer, index) => certificate(index + 1, names[index] ?? '', issuer))
  const nearest = sequence(name(issuers[0] ?? signer), integer(1))
  const signers = der(0x31, sequence(integer(1), nearest, sequence(), sequence(), der(0x04, Buffer.alloc(8))))
  const content = sequence(
    integer(1),
    der(0x31),
    sequence(),
    ...(certificates.length === 0 ? [] : [der(0xa0, ...certificates)]),
    signers,
  )
  return sequence(der(0x06, Buffer.from('2a864886f70d010702', 'hex')), der(0xa0, content))
}

function certificate(serial: number, subject: string, issuer: string): Buffer {
  const validity = sequence(der(0x17, Buffer.from('111019184142Z')), der(0x17, Buffer.from('261019185142Z')))
  const version = der(0xa0, integer(2))
  const key = sequence(sequence(), der(0x03, Buffer.alloc(300)))
  const toBeSigned = sequence(version, integer(serial), sequence(), name(issuer), validity, name(subject), key)
  return sequence(toBeSigned, sequence(), der(0x03, Buffer.alloc(257)))
}

function name(commonName: string): Buffer {
  const attribute = (type: string, value: Buffer): Buffer =>
    der(0x31, sequence(der(0x06, Buffer.from(type, 'hex')), value))
  const printable = der(0x13, Buffer.from(commonName))
  const wide = der(0x1e, Buffer.from(commonName, 'utf16le').swap16())
  return sequence(attribute('55040a', printable), attribute('550403', /[^ -~]/.test(commonName) ? wide : printable))
}

const integer = (value: number): Buffer => der(0x02, Buffer.of(value))
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 0x80
      ? Buffer.of(content.length)
      : content.length < 0x100
        ? Buffer.of(0x81, content.length)
        : Buffer.of(0x82, content.length >> 8, content.length & 0xff)
  return Buffer.concat([Buffer.of(tag), length, content])
}

export const pca2011: TestSignature = {
  signer: 'Microsoft Windows',
  issuers: ['Microsoft Windows Production PCA 2011', 'Microsoft Root Certificate Authority 2010'],
}
export const ca2023: TestSignature = {
  signer: 'Microsoft Windows',
  issuers: ['Windows UEFI CA 2023', 'Microsoft Root Certificate Authority 2010'],
}
