import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newEntry, parseBootEntries } from '../../../../agent/environment/disk/boot-entries.ts'
import { copyBootFiles, plainName, readBootManagers } from '../../../../agent/environment/offline-windows/boot-files.ts'
import { judgeBootManagers } from '../../../../agent/environment/offline-windows/boot-manager.ts'
import {
  describeWindows,
  localeOf,
  toFileTime,
  writeBootStore,
} from '../../../../agent/environment/offline-windows/boot-store.ts'
import { serverFrom } from '../../../../agent/environment/command-line.ts'
import { findLack } from '../../../../agent/environment/steps/check-hardware.ts'
import { describeFailure } from '../../../../agent/protocol/failures/failures.ts'
import { hiveFromStore, storeFromHive } from '../../../../images/bcd/store.ts'
import { windowsStore } from '../../../../images/bcd/windows-store.ts'
import { readHive } from '../../../../images/registry/read-hive.ts'
import { writeHive } from '../../../../images/registry/write-hive.ts'
import { ca2023, makePe, pca2011 } from '../../images/boot-manager/signed-pe.ts'
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
  const read = (path: string): string => readFileSync(join(root, 'esp', path), 'utf8')
  beforeEach(() => mkdirSync(join(root, 'esp')))

  test.each(['Windows/Boot', 'windows/boot'])('are copied from %s, the manager also as fallback', async (folder) => {
    put(`w/${folder}/EFI/bootmgfw.efi`)
    put(`w/${folder}/EFI/boot.stl`)
    put(`w/${folder}/EFI/fr-FR/bootmgfw.efi.mui`)
    put(`w/${folder}/EFI/CIPolicies/Active/{policy}.cip`)
    put(`w/${folder}/Fonts/segmono_boot.ttf`)
    put(`w/${folder}/Resources/bootres.dll`)
    put(`w/${folder}/EFI_EX/bootmgfw_EX.efi`)
    expect(await copyBootFiles(join(root, 'w'), join(root, 'esp'), 'standard')).toEqual([
      'EFI/Microsoft/Boot',
      'EFI/Microsoft/Boot/Fonts',
      'EFI/Microsoft/Boot/Resources',
    ])
    expect(read('EFI/Microsoft/Boot/bootmgfw.efi')).toBe(`w/${folder}/EFI/bootmgfw.efi`)
    expect(read('EFI/Boot/bootx64.efi')).toBe(`w/${folder}/EFI/bootmgfw.efi`)
    for (const [file, from] of [
      ['boot.stl', 'EFI/boot.stl'],
      ['fr-FR/bootmgfw.efi.mui', 'EFI/fr-FR/bootmgfw.efi.mui'],
      ['CIPolicies/Active/{policy}.cip', 'EFI/CIPolicies/Active/{policy}.cip'],
      ['Fonts/segmono_boot.ttf', 'Fonts/segmono_boot.ttf'],
      ['Resources/bootres.dll', 'Resources/bootres.dll'],
    ]) {
      expect(read(`EFI/Microsoft/Boot/${file ?? ''}`)).toBe(`w/${folder}/${from ?? ''}`)
    }
  })

  test('of the 2023 authority take the plain names, over the plain files', async () => {
    for (const file of ['EFI/bootmgfw.efi', 'EFI/memtest.efi', 'EFI/fr-FR/bootmgfw.efi.mui', 'Fonts/wgl4_boot.ttf']) {
      put(`w/Windows/Boot/${file}`)
    }
    for (const file of ['EFI_EX/bootmgfw_EX.efi', 'EFI_EX/bootmgr_EX.efi', 'Fonts_EX/wgl4_boot_EX.ttf']) {
      put(`w/Windows/Boot/${file}`)
    }
    await copyBootFiles(join(root, 'w'), join(root, 'esp'), 'ex')
    expect(read('EFI/Microsoft/Boot/bootmgfw.efi')).toBe('w/Windows/Boot/EFI_EX/bootmgfw_EX.efi')
    expect(read('EFI/Boot/bootx64.efi')).toBe('w/Windows/Boot/EFI_EX/bootmgfw_EX.efi')
    expect(read('EFI/Microsoft/Boot/bootmgr.efi')).toBe('w/Windows/Boot/EFI_EX/bootmgr_EX.efi')
    expect(read('EFI/Microsoft/Boot/memtest.efi')).toBe('w/Windows/Boot/EFI/memtest.efi')
    expect(read('EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf')).toBe('w/Windows/Boot/Fonts_EX/wgl4_boot_EX.ttf')
    const names = readdirSync(join(root, 'esp'), { recursive: true }).map(String)
    expect(names.filter((name) => name.includes('_EX'))).toEqual([])
  })

  test.each(['bootmgfw.efi', 'bootmgfw_EX.efi', 'EXPLAIN_EXTRA.txt', 'bootmgfw_ex.efi.mui', 'fr-FR'])(
    'named %s lose the suffix only where it is one',
    (name) => {
      expect(plainName(name)).toBe(name.replace(/_EX(?=\.)/i, ''))
    },
  )

  test('are missed when the image has none', async () => {
    put('w/Windows/notepad.exe')
    expect(await readBootManagers(join(root, 'w'))).toEqual({ standard: null, ex: null })
  })
})

describe('the boot manager for this machine', () => {
  const { secureBoot } = makeInventory()
  const files = { standard: makePe([pca2011]), ex: null }

  test('is named with its signers', () => {
    expect(judgeBootManagers(files, secureBoot)).toEqual({
      use: 'standard',
      reason: 'trusted',
      signers: ['Microsoft Windows Production PCA 2011'],
      warning: null,
    })
    const after = { ...secureBoot, revokes2011: true, trusts2023: true }
    expect(judgeBootManagers({ ...files, ex: makePe([ca2023]) }, after)).toMatchObject({ use: 'ex', warning: null })
  })

  test.each([
    ['signed by Établi', makePe([{ signer: 'A', issuers: ['Établi'] }])],
    ['not signed', makePe([])],
    ['not signed', Buffer.from('no program')],
  ])('is used with a warning when it is %s', (by, standard) => {
    const verdict = judgeBootManagers({ standard, ex: null }, secureBoot)
    expect(verdict).toMatchObject({ use: 'standard', warning: expect.stringContaining(by) })
  })

  test.each([
    ['BOOT_FILES_MISSING', { standard: null, ex: null }, secureBoot],
    ['BOOT_MANAGER_TOO_OLD', files, { ...secureBoot, trusts2011: false, trusts2023: true }],
    ['BOOT_MANAGER_UNTRUSTED', files, { ...secureBoot, trusts2011: false }],
  ])('stops the run with %s', (code, found, firmware) => {
    const verdict = judgeBootManagers(found, firmware)
    expect(verdict).toMatchObject({ failure: { code } })
    if ('failure' in verdict) expect(describeFailure(verdict.failure).message.fr).not.toMatch(/undefined|\{/)
  })
})

describe('the boot store', () => {
  const request = {
    partitions: { disk: guid(1), esp: guid(2), windows: guid(3) },
    description: 'Windows 11',
    locale: 'fr-FR',
    ids: { osloader: guid(4), resume: guid(5) },
  }
  const now = new Date('2026-01-02T03:04:05.678Z')

  test('is written whole over what an interrupted attempt left', async () => {
    put('esp/EFI/Microsoft/Boot/BCD')
    put('esp/EFI/Microsoft/Boot/BCD.new')
    put('esp/EFI/Microsoft/Boot/BCD.LOG1')
    expect(await writeBootStore(join(root, 'esp'), request, now)).toBe('EFI/Microsoft/Boot/BCD')
    expect(readdirSync(join(root, 'esp/EFI/Microsoft/Boot'))).toEqual(['BCD'])
    const hive = readHive(readFileSync(join(root, 'esp/EFI/Microsoft/Boot/BCD')))
    expect(hive.timestamp).toBe(toFileTime(now))
    const expected = writeHive(hiveFromStore(windowsStore(request), 0n))
    expect(storeFromHive(hive)).toEqual(storeFromHive(readHive(expected)))
  })

  test('counts time as Windows does', () => {
    expect(toFileTime(new Date(0))).toBe(116_444_736_000_000_000n)
    expect(toFileTime(new Date('1601-01-01T00:00:00Z'))).toBe(0n)
  })

  test.each([
    ['Windows 11 Pro 24H2', 19_045, 'Windows 11'],
    ['windows10 famille', 26_100, 'Windows 10'],
    ['Poste de l’accueil', 19_045, 'Windows 10'],
    ['Poste de l’accueil', 22_000, 'Windows 11'],
    ['Windows 110', null, 'Windows 11'],
    ['', null, 'Windows 11'],
  ])('calls %j with build %j %s', (name, build, expected) => {
    expect(describeWindows(name, build)).toBe(expected)
  })

  test.each([
    ['en-GB', 'en-GB'],
    ['sr-Latn-RS', 'sr-Latn-RS'],
    [undefined, 'fr-FR'],
    ['français', 'fr-FR'],
    [1036, 'fr-FR'],
  ])('of language %j speaks %s', (variable, locale) => {
    expect(localeOf(variable)).toBe(locale)
  })
})

function guid(digit: number): string {
  return '88888888-4444-4444-4444-cccccccccccc'.replace(/\w/g, String(digit))
}

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
  const needs = {
    memoryBytes: 8 * 2 ** 30,
    diskBytes: 120e9,
    tpm: true,
    secureBoot: true,
    allowRaid: false,
    firmware: ['TNTGL357.0071', 'ANRPL357.0027'],
  }
  const small = makeInventory().memory

  test.each([
    ['nothing', makeInventory(), [makeDisk()], null],
    ['memory', makeInventory({ memory: { ...small, totalBytes: 4 * 2 ** 30 } }), [makeDisk()], 'MEMORY_TOO_SMALL'],
    ['a disk', makeInventory(), [], 'DISK_NONE'],
    ['a disk, hidden by RAID mode', makeInventory({ devices: [raidController] }), [], 'STORAGE_HIDDEN'],
    [
      'a disk for Windows, though Linux sees one',
      makeInventory({ devices: [raidController] }),
      [makeDisk()],
      'STORAGE_HIDDEN',
    ],
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

  test.each([
    [[makeDisk()], null],
    [[], 'STORAGE_HIDDEN'],
  ])('goes on in RAID mode when the sequence says so, if there is a disk at all', (disks, code) => {
    const inventory = makeInventory({ devices: [raidController] })
    expect(findLack(inventory, disks, { ...needs, allowRaid: true })?.code ?? null).toBe(code)
  })

  test.each([
    ['TNTGL357.0064.2022.0217.1535', 'FIRMWARE_TOO_OLD'],
    ['TNTGL357.0071.2023.0428.1102', null],
    ['ANRPL357.0026', 'FIRMWARE_TOO_OLD'],
    ['RPL357.0031', null],
  ])('firmware %s, by what its family needs', (version, code) => {
    const inventory = makeInventory({ firmware: { ...makeInventory().firmware, version } })
    expect(findLack(inventory, [makeDisk()], needs)?.code ?? null).toBe(code)
  })

  test('takes the kernel’s lower figure for enough when SMBIOS lists no modules', () => {
    const memory = { totalBytes: 8.2e9, slots: 0, modules: [] }
    expect(findLack(makeInventory({ memory }), [makeDisk()], needs)).toBeNull()
  })
})

describe('the server’s address', () => {
  const pin = 'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  test.each([
    [
      `quiet etabli.server=http://10.0.0.1:8080 etabli.tls=https://10.0.0.1:8443 etabli.pin=${pin}`,
      'https://10.0.0.1:8443',
    ],
    [`etabli.tls=https://a etabli.tls=https://b etabli.pin=x etabli.pin=${pin}`, 'https://b'],
    [`etabli.tls=http://10.0.0.1:8443 etabli.pin=${pin}`, 'no url'],
    [`etabli.server=http://10.0.0.1:8080 etabli.pin=${pin}`, 'no url'],
    ['etabli.tls=https://10.0.0.1:8443', 'no pin'],
    ['etabli.tls=https://10.0.0.1:8443 etabli.pin=sha256//short', 'no pin'],
  ])('of %j is %j', (line, expected) => {
    const server = serverFrom(line, { address: undefined, pin: undefined })
    expect(server.kind === 'valid' ? server.url.origin : `no ${server.what}`).toBe(expected)
  })

  test('comes from the environment for an agent that is started by hand', () => {
    expect(serverFrom('quiet', { address: 'https://10.0.0.2', pin })).toMatchObject({ kind: 'valid', pin })
  })
})
