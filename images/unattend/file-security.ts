/** S-1-5-18, the account Windows' setup runs as. */
const localSystem = sid(18)
/** S-1-5-32-544, BUILTIN\Administrators. */
const administrators = sid(32, 544)

/** SE_DACL_PRESENT | SE_DACL_PROTECTED | SE_SELF_RELATIVE, MS-DTYP §2.4.6: nothing is inherited from the folder. */
const control = 0x0004 | 0x1000 | 0x8000
/** OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE, MS-DTYP §2.4.4.1: what is made in the folder later gets the same entry. */
const inherited = 0x01 | 0x02
/** FILE_ALL_ACCESS of winnt.h. */
const fullControl = 0x001f01ff
const headerBytes = 20

/**
 * A security descriptor that gives SYSTEM and Administrators full control and nobody else anything, owner
 * Administrators: what a file with a password in it must have before Windows lets users in. ntfs-3g takes it as the
 * extended attribute `system.ntfs_acl`.
 *
 * ```
 *  0       1     2        4       8       12      16      20
 *  +-------+-----+--------+-------+-------+-------+-------+-------+-----+------+
 *  | rev 1 | 0   | control| owner | group | SACL  | DACL  | owner | grp | DACL |   self-relative, little endian
 *  +-------+-----+--------+-------+-------+-------+-------+-------+-----+------+
 * ```
 *
 * @returns the bytes of MS-DTYP §2.4.6
 */
export function administratorsOnly(): Uint8Array {
  return descriptor(0)
}

/** The same for a folder: what is made in it later inherits. What lies in it already does not. */
export function administratorsOnlyFolder(): Uint8Array {
  return descriptor(inherited)
}

function descriptor(aceFlags: number): Uint8Array {
  const owner = administrators
  const group = localSystem
  const dacl = acl([allow(localSystem, aceFlags), allow(administrators, aceFlags)])
  const header = Buffer.alloc(headerBytes)
  header.writeUInt8(1, 0)
  header.writeUInt16LE(control, 2)
  header.writeUInt32LE(headerBytes, 4)
  header.writeUInt32LE(headerBytes + owner.length, 8)
  header.writeUInt32LE(headerBytes + owner.length + group.length, 16)
  return Uint8Array.from(Buffer.concat([header, owner, group, dacl]))
}

/** ACL, MS-DTYP §2.4.5: revision 2, size, count, entries. */
function acl(entries: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8)
  const body = Buffer.concat(entries)
  header.writeUInt8(2, 0)
  header.writeUInt16LE(header.length + body.length, 2)
  header.writeUInt16LE(entries.length, 4)
  return Buffer.concat([header, body])
}

/** ACCESS_ALLOWED_ACE, MS-DTYP §2.4.4.2: type 0, inheritance flags, size, mask, SID. */
function allow(who: Buffer, aceFlags: number): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(aceFlags, 1)
  header.writeUInt16LE(header.length + who.length, 2)
  header.writeUInt32LE(fullControl, 4)
  return Buffer.concat([header, who])
}

/** SID, MS-DTYP §2.4.2, of the NT authority (5, big endian in six bytes). */
function sid(...subAuthorities: number[]): Buffer {
  const bytes = Buffer.alloc(8 + 4 * subAuthorities.length)
  bytes.writeUInt8(1, 0)
  bytes.writeUInt8(subAuthorities.length, 1)
  bytes.writeUInt8(5, 7)
  subAuthorities.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index))
  return bytes
}
