import { expect, test } from 'vitest'
import { administratorsOnly, administratorsOnlyFolder } from '../../../../images/unattend/file-security.ts'

test('the answer file is for SYSTEM and Administrators alone', () => {
  const system = '010100000000000512000000'
  const administrators = '01020000000000052000000020020000'
  expect(Buffer.from(administratorsOnly()).toString('hex')).toBe(
    [
      '0100', // revision 1
      '0490', // self-relative, DACL present and protected
      '14000000', // owner behind the header
      '24000000', // group behind the owner
      '00000000', // no SACL
      '30000000', // DACL behind the group
      administrators,
      system,
      '0200', // ACL revision 2
      '3400', // of 52 bytes
      '0200', // two entries
      '0000',
      `00001400ff011f00${system}`,
      `00001800ff011f00${administrators}`,
    ].join(''),
  )
})

test('a folder of the same hands its entries on to what is made in it', () => {
  const differing = [...administratorsOnlyFolder()].flatMap((byte, index) =>
    byte === administratorsOnly()[index] ? [] : [[index, byte]],
  )
  // The flags of the two entries, behind their type: OBJECT_INHERIT_ACE and CONTAINER_INHERIT_ACE.
  expect(differing).toEqual([
    [57, 3],
    [77, 3],
  ])
})
