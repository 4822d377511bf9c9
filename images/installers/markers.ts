/** What the makers of installers leave in every one of them, as bytes. */
export const markers = {
  /** NSIS, `fileform.h`: FH_SIG 0xDEADBEEF, then FH_INT1..3. */
  nsis: Buffer.from('\xef\xbe\xad\xdeNullsoftInst', 'latin1'),
  /** Inno Setup, `Shared.Struct.pas`: SetupLdrOffsetTableID, of whichever version. */
  inno: Buffer.from('rDlPtS', 'latin1'),
  /** 7-Zip, `7zFormat.txt`. */
  sevenZip: Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'),
  /** 7-Zip's SFX for installers: a text between this and `;!@InstallEnd@!` says what to start. */
  sevenZipConfiguration: Buffer.from(';!@Install@!UTF-8!', 'latin1'),
  /** RAR, "RAR 5.0 archive format". */
  rar: Buffer.from('Rar!\x1a\x07', 'latin1'),
  /** Advanced Installer: the last ten letters of its footer, as its unpackers know it. */
  advancedInstaller: Buffer.from('ADVINSTSFX', 'latin1'),
  /** InstallShield, before and since its files are packed as a stream; as its unpackers know it. */
  installShield: Buffer.from('InstallShield\0', 'latin1'),
  installShieldStream: Buffer.from('ISSetupStream\0', 'latin1'),
  /** [MS-CFB] §2.2, which an MSI begins with. */
  compoundFile: Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
  /** APPNOTE 4.3.7. */
  zip: Buffer.from('PK\x03\x04', 'latin1'),
} as const

/** Whether bytes begin with a marker. */
export function beginsWith(bytes: Uint8Array, marker: Uint8Array): boolean {
  return bytes.length >= marker.length && marker.every((byte, at) => bytes[at] === byte)
}

/** Whether a marker stands anywhere in bytes. */
export function holds(bytes: Uint8Array, marker: Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(marker)
}
