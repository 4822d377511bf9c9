import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newEntry, parseBootEntries } from '../../../../agent/bench/boot-entries.ts'
import { copyBootFiles } from '../../../../agent/bench/boot-files.ts'
import { serverFrom } from '../../../../agent/bench/command-line.ts'
import { findLack } from '../../../../agent/bench/steps/check-hardware.ts'
import { makeDisk, makeInventory, raidController } from '../machines.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'etabli-boot-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function put(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), path)
}

describe('boot files', () => {
  test.each(['Windows/Boot/EFI', 'windows/boot/efi'])(
    'are copied from %s, the manager also as fallback',
    async (folder) => {
      put(`w/${folder}/bootmgfw.efi`)
      put(`w/${folder}/fr-FR/bootmgfw.efi.mui`)
      put(`w/${dirname(folder)}/Fonts/segmono_boot.ttf`)
      mkdirSync(join(root, 'esp'))
      expect(await copyBootFiles(join(root, 'w'), join(root, 'esp'))).toEqual({
        kind: 'copied',
        folders: ['EFI/Microsoft/Boot', 'EFI/Microsoft/Boot/Fonts'],
      })
      const read = (path: string): string => readFileSync(join(root, 'esp', path), 'utf8')
      expect(read('EFI/Microsoft/Boot/bootmgfw.efi')).toBe(`w/${folder}/bootmgfw.efi`)
      expect(read('EFI/Boot/bootx64.efi')).toBe(`w/${folder}/bootmgfw.efi`)
      expect(read('EFI/Microsoft/Boot/fr-FR/bootmgfw.efi.mui')).toContain('.mui')
      expect(read('EFI/Microsoft/Boot/Fonts/segmono_boot.ttf')).toContain('.ttf')
    },
  )

  test('are missed by name when the image has none', async () => {
    put('w/Windows/notepad.exe')
    expect(await copyBootFiles(join(root, 'w'), join(root, 'esp'))).toEqual({
      kind: 'missing',
      path: 'Windows\\Boot\\EFI\\bootmgfw.efi',
    })
  })
})

describe('boot entries', () => {
  const before =
    'BootCurrent: 0003\nTimeout: 0 seconds\nBootOrder: 0003,0000\nBoot0000* Windows Boot Manager\tHD(1,GPT,…)/File(\\EFI\\…)\nBoot0003* UEFI PXEv4 (MAC:88AEDD000001)\n'

  test('are read with and without their paths', () => {
    expect(parseBootEntries(before)).toEqual([
      { number: '0000', name: 'Windows Boot Manager' },
      { number: '0003', name: 'UEFI PXEv4 (MAC:88AEDD000001)' },
    ])
  })

  test('the new one is told from an older one of the same name', () => {
    const after = `${before}Boot0004* Windows Boot Manager\tHD(1,GPT,new)\n`
    expect(newEntry(parseBootEntries(before), parseBootEntries(after), 'Windows Boot Manager')?.number).toBe('0004')
    expect(newEntry(parseBootEntries(before), parseBootEntries(before), 'Windows Boot Manager')).toBeNull()
  })
})

describe('hardware check', () => {
  const needs = { memoryBytes: 8 * 2 ** 30, diskBytes: 120e9, tpm: true, secureBoot: true }
  const small = makeInventory().memory

  test.each([
    ['nothing', makeInventory(), [makeDisk()], null],
    ['memory', makeInventory({ memory: { ...small, totalBytes: 4 * 2 ** 30 } }), [makeDisk()], 'MEMORY_TOO_SMALL'],
    ['a disk', makeInventory(), [], 'DISK_NONE'],
    ['a disk, hidden by RAID mode', makeInventory({ devices: [raidController] }), [], 'STORAGE_HIDDEN'],
    ['a disk, for a stick is none', makeInventory(), [makeDisk({ removable: true })], 'DISK_NONE'],
    ['a larger disk', makeInventory(), [makeDisk({ sizeBytes: 64e9 })], 'DISK_TOO_SMALL'],
    [
      'a TPM 2.0',
      makeInventory({ tpm: { present: true, version: '1.2', manufacturer: null } }),
      [makeDisk()],
      'TPM_MISSING',
    ],
    [
      'Secure Boot',
      makeInventory({ secureBoot: { ...makeInventory().secureBoot, state: 'off' } }),
      [makeDisk()],
      'SECURE_BOOT_OFF',
    ],
  ])('lacks %s', (_what, inventory, disks, code) => {
    expect(findLack(inventory, disks, needs)?.code ?? null).toBe(code)
  })

  test('takes the kernel’s lower figure for enough when SMBIOS lists no modules', () => {
    const memory = { totalBytes: 8.2e9, slots: 0, modules: [] }
    expect(findLack(makeInventory({ memory }), [makeDisk()], needs)).toBeNull()
  })
})

describe('the server’s address', () => {
  test.each([
    ['quiet etabli.server=http://10.0.0.1:8080 etabli.layer=x', undefined, 'http://10.0.0.1:8080/'],
    ['etabli.server=http://a etabli.server=http://b', undefined, 'http://b/'],
    ['quiet', 'http://10.0.0.2', 'http://10.0.0.2/'],
    ['etabli.server=ftp://x', undefined, undefined],
    ['', undefined, undefined],
  ])('of %j and %j is %j', (line, environment, expected) => {
    expect(serverFrom(line, environment)?.href).toBe(expected)
  })
})
