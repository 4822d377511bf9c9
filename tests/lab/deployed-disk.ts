import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { findKey } from '../../images/registry/hive.ts'
import { readHive } from '../../images/registry/read-hive.ts'
import { administratorsOnly } from '../../images/unattend/file-security.ts'
import { expectLikeTheNucs, expectStoreOf } from './boot-store.ts'
import type { OpenedDisk } from './disk-image.ts'
import { hashTree, type WindowsImage } from './windows-image.ts'

/** GPT as Microsoft lays it out: ESP, reserved, Windows, recovery. */
export function expectPartitions(file: string, disk: OpenedDisk): void {
  expect(execFileSync('sgdisk', ['--verify', file], { encoding: 'utf8' })).toContain('No problems found')
  expect(disk.partitions.map((partition) => partition.type)).toEqual([
    'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
    'E3C9E316-0B5C-4DB8-817D-F92DF00215AE',
    'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
    'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC',
  ])
  expect(
    execFileSync('ntfsinfo', ['--mft', '--force', disk.device(3)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ).toMatch(/Volume Flags: 0x0000/)
}

/** The boot manager twice, its store, fonts and languages, each as it is in the image. */
export function expectBootFiles(disk: OpenedDisk, image: WindowsImage, folder: string): void {
  for (const name of ['EFI/Boot/bootx64.efi', 'EFI/Microsoft/Boot/bootmgfw.efi'])
    expect(sha256(onEsp(disk, name)), name).toBe(image.files.get('Windows/Boot/EFI/bootmgfw.efi'))
  expect(sha256(onEsp(disk, 'EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf'))).toBe(
    image.files.get('Windows/Boot/Fonts/wgl4_boot.ttf'),
  )
  expect(sha256(onEsp(disk, 'EFI/Microsoft/Boot/fr-FR/bootmgfw.efi.mui'))).toBe(
    image.files.get('Windows/Boot/EFI/fr-FR/bootmgfw.efi.mui'),
  )
  const store = join(folder, 'BCD')
  writeFileSync(store, onEsp(disk, 'EFI/Microsoft/Boot/BCD'))
  expectStoreOf(store, disk)
  expectLikeTheNucs(store)
}

/** The hive is the only file of the image that a deployment changes. */
export const hive = 'Windows/System32/config/SYSTEM'

/** Every file of the image is on the volume, byte for byte; gives the paths of those that are there beside them. */
export function expectImageFiles(folder: string, image: WindowsImage): string[] {
  const found = hashTree(folder)
  expect([...image.files].filter(([file, hash]) => file !== hive && found.get(file) !== hash)).toEqual([])
  return [...found.keys()].filter((file) => !image.files.has(file)).toSorted()
}

/** Whether a service of this name is in the Windows' registry. */
export function hasService(folder: string, name: string): boolean {
  const { root } = readHive(readFileSync(join(folder, hive)))
  return findKey(root, `ControlSet001\\Services\\${name}`) !== null
}

/** A file with secrets is for SYSTEM and Administrators alone, as ntfssecaudit reads it off the volume. */
export function expectForAdministratorsOnly(device: string, path: string): void {
  const { stdout } = spawnSync('ntfssecaudit', ['-v', device, path], { encoding: 'utf8', timeout: 20_000 })
  expect(stdout, path).toContain('No errors were found')
  const lines = [...stdout.matchAll(/^\s+[0-9a-f]{6} ((?: [0-9a-f]{8})+)\s*$/gm)]
  const dump = lines
    .map((line) => line[1])
    .join('')
    .replaceAll(' ', '')
  // Behind the header and the two owners: the list of who may.
  expect(dump, path).toContain(Buffer.from(administratorsOnly().subarray(48)).toString('hex'))
}

/** What was secret on this disk while it was being prepared: the agent's key, the account's password as it is written. */
export function secretsOn(folder: string): string[] {
  const { key }: { key: string } = JSON.parse(readFileSync(join(folder, 'ProgramData/Etabli/agent.json'), 'utf8'))
  const answers = readFileSync(join(folder, 'Windows/Panther/unattend.xml'), 'utf8')
  const passwords = [...answers.matchAll(/<Password>.*?<Value>([^<]+)<\/Value>/gs)].flatMap((match) => match[1] ?? [])
  return [key, ...new Set(passwords)]
}

/** Those of the files that hold one of these texts, in UTF-8 or UTF-16. */
export function filesWith(folder: string, files: readonly string[], texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
  return files.filter((file) => {
    const bytes = readFileSync(join(folder, file))
    return needles.some((needle) => bytes.includes(needle))
  })
}

function onEsp(disk: OpenedDisk, path: string): Buffer {
  return execFileSync('mtype', ['-i', disk.device(1), `::${path}`], {
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
