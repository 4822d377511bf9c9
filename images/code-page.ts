/** Windows' code pages by the names that the Encoding Standard of the web has for them ("Code Page Identifiers"). */
const names: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  10_000: 'macintosh',
  20_866: 'koi8-r',
  28_592: 'iso-8859-2',
  54_936: 'gb18030',
  65_001: 'utf-8',
}

/**
 * The text that bytes are in a code page of Windows; 0, which means the machine's own, and any other that is not known
 * are taken for 1252, that of western Europe. Total: bytes that mean nothing become U+FFFD.
 */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const known = codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : names[codePage]
  return new TextDecoder(known ?? 'windows-1252', { ignoreBOM: true }).decode(bytes)
}
