export type FileName = { kind: 'file'; path: string } | { kind: 'refused'; reason: string }

const LONGEST_NAME = 1024
/** Below a space, and DEL: no file of ours has one, and logs and terminals should not see them. */
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/
const DRIVE_LETTER = /^[a-z]:/i

/**
 * Turns the name in a request into a path below the roots: `/` first, single slashes, no `.` or `..`.
 *
 * Windows' boot manager asks for `\Boot\BCD` with backslashes and in any case; shim asks with a doubled slash. A leading
 * slash means the root of what is served, as every TFTP client expects, never the root of the disk.
 */
export function mapFileName(requested: string): FileName {
  // Some firmwares append the 0xFF that ends their DHCP options when option 67 is the last one (netboot.xyz#1198);
  // it is no UTF-8 and arrives as U+FFFD.
  const name = requested.replace(/\uFFFD+$/, '').replaceAll('\\', '/')
  if (name.length > LONGEST_NAME) return { kind: 'refused', reason: 'The file name is too long' }
  if (CONTROL_CHARACTER.test(name)) return { kind: 'refused', reason: 'The file name holds a control character' }
  if (name.includes('\uFFFD')) return { kind: 'refused', reason: 'The file name is not UTF-8' }
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return { kind: 'refused', reason: 'The file name leaves the served folders' }
  if (DRIVE_LETTER.test(segments[0] ?? '')) return { kind: 'refused', reason: 'The file name has a drive letter' }
  if (segments.length === 0) return { kind: 'refused', reason: 'The file name is empty' }
  return { kind: 'file', path: `/${segments.join('/')}` }
}

/** The form in which two names of the same file are equal: FAT and NTFS, and so every Windows client, ignore case. */
export function foldCase(path: string): string {
  return path.toLowerCase()
}

/** Picks the entry a client means: the exact one, else the first in alphabetical order that differs in case only. */
export function pickEntry(entries: readonly string[], wanted: string): string | undefined {
  if (entries.includes(wanted)) return wanted
  return entries.filter((entry) => foldCase(entry) === foldCase(wanted)).sort()[0]
}
