import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapFileName, pickEntry } from '../../../../server/tftp/file-name.ts'
import { runs } from '../../property-runs.ts'

describe('names become paths below the roots', () => {
  test.each([
    ['shimx64.efi', '/shimx64.efi', 'a plain name'],
    ['/grub/grub.cfg', '/grub/grub.cfg', 'GRUB: the root of what is served, not of the disk'],
    ['//grubx64.efi', '/grubx64.efi', 'shim: the directory of the boot file and a slash too many'],
    ['\\Boot\\BCD', '/Boot/BCD', 'bootmgfw.efi'],
    ['\\\\boot\\fonts/wgl4_boot.ttf', '/boot/fonts/wgl4_boot.ttf', 'both kinds of slash'],
    ['./a/./b/', '/a/b', 'dots that say nothing'],
    ['grub/x86_64-efi/', '/grub/x86_64-efi', 'a trailing slash'],
    ['bootx64.efi\uFFFD', '/bootx64.efi', 'firmware that appends the 0xFF of its DHCP options (netboot.xyz#1198)'],
    ['a..b/..c/d..', '/a..b/..c/d..', 'dots inside names'],
    ['Établi/démarrage.efi', '/Établi/démarrage.efi', 'letters of any language'],
    ['drivers/c:', '/drivers/c:', 'a colon further down'],
  ])('%j → %s (%s)', (asked, path) => {
    expect(mapFileName(asked)).toEqual({ kind: 'file', path })
  })
})

describe('no way out of the roots', () => {
  test.each([
    ['..'],
    ['../etc/passwd'],
    ['/../../etc/passwd'],
    ['grub/../../etc/passwd'],
    ['..\\..\\Windows\\win.ini'],
    ['a/..'],
    ['C:\\Windows\\win.ini'],
    ['c:secret'],
    ['/d:/x'],
    ['a\u0000b'],
    ['a\nb'],
    ['\u001b[2J'],
    [''],
    ['/'],
    ['\uFFFD'],
    ['\uFFFD/a'],
    ['x'.repeat(1025)],
  ])('%.30j is refused with a reason', (asked) => {
    expect(mapFileName(asked)).toEqual({ kind: 'refused', reason: expect.stringMatching(/^The file name /) })
  })
})

test('whatever is asked for, the path starts at the root and never climbs; mapping it again changes nothing', () => {
  const names = fc
    .array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', ' ', 'é', '\uFFFD'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(names, fc.string()), (asked) => {
      const mapped = mapFileName(asked)
      if (mapped.kind === 'refused') return
      expect(mapped.path).toMatch(/^(\/[^/\\]+)+$/)
      expect(mapped.path.split('/')).not.toContain('..')
      expect(mapFileName(mapped.path)).toEqual(mapped)
    }),
    { numRuns: runs(5000) },
  )
})

describe('an entry is picked without regard to case', () => {
  test.each([
    [['BCD', 'bcd'], 'bcd', 'bcd'],
    [['bcd', 'BCD'], 'Bcd', 'BCD'],
    [['boot.sdi'], 'BOOT.SDI', 'boot.sdi'],
    [['boot.sdi'], 'boot.wim', undefined],
    [[], 'x', undefined],
  ])('%j, %s → %s', (entries, wanted, picked) => {
    expect(pickEntry(entries, wanted)).toBe(picked)
  })
})
