/** Files that begin as what their name says; nothing else of them is what it would be. */
const beginningWith = (head: string, text: string): Buffer =>
  Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(text)])

/** A Windows Installer package by its first bytes. */
export const msi = (text: string): Buffer => beginningWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', text)
/** An update package of today's kind, which is a WIM. */
export const msu = (text: string): Buffer => beginningWith('MSWIM\0\0\0', text)

/** A cabinet's header that says how long the whole is, and no more. */
export function cabinetHeader(wholeBytes: number): Buffer {
  const header = Buffer.alloc(36)
  header.write('MSCF', 'latin1')
  header.writeUInt32LE(wholeBytes, 8)
  return header
}
