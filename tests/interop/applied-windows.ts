import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RegistryKey, RegistryValue } from '../../images/registry/hive.ts'
import { writeHive } from '../../images/registry/write-hive.ts'
import { makePe, pca2011 } from '../unit/images/boot-manager/signed-pe.ts'

/** A security descriptor Windows' own keys have: SYSTEM, full control; it has to outlive the edit. */
export const keySecurity = Buffer.from(
  '010004801400000020000000000000002c000000' +
    '010100000000000512000000' +
    '010100000000000512000000' +
    '02001c000100000000021400' +
    '3f000f00' +
    '010100000000000512000000',
  'hex',
)

function dword(name: string, value: number): RegistryValue {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value)
  return { name, type: 4, data }
}

function key(name: string, keys: RegistryKey[] = [], values: RegistryValue[] = []): RegistryKey {
  return { name, timestamp: 133_000_000_000_000_000n, className: null, flags: 0, security: keySecurity, values, keys }
}

/** A SYSTEM hive as an image has it: two control sets, of which `current` is used, and services on both sides of ours. */
export function systemHive(current = 1): Uint8Array {
  const services = () =>
    key(
      'Services',
      ['ACPI', 'disk', 'EventLog', 'Tcpip', 'WinDefend'].map((name) => key(name, [], [dword('Start', 2)])),
    )
  // As Microsoft's images have it, made in California in summer.
  const timeZone = key(
    'TimeZoneInformation',
    [],
    [dword('Bias', 480), dword('DaylightBias', 0xffffffc4), dword('ActiveTimeBias', 420)],
  )
  const set = (name: string) => key(name, [key('Control', [key('ServiceGroupOrder'), timeZone]), services()])
  const setup = key('Setup', [], [dword('SystemSetupInProgress', 1), dword('OOBEInProgress', 1)])
  return writeHive({
    minorVersion: 5,
    timestamp: 133_000_000_000_000_000n,
    fileName: '\\SystemRoot\\System32\\Config\\SYSTEM',
    root: key('ROOT', [
      set('ControlSet001'),
      set('ControlSet002'),
      key('Select', [], [dword('Current', current), dword('Default', current)]),
      setup,
    ]),
  })
}

/** The files of a Windows just applied, as far as our steps look at them. */
export function windowsFiles(): Map<string, Uint8Array | string> {
  return new Map<string, Uint8Array | string>([
    ['Windows/System32/config/SYSTEM', systemHive()],
    ['Windows/Boot/EFI/bootmgfw.efi', Buffer.concat([makePe([pca2011]), randomBytes(100_000)])],
    ['Windows/Boot/Fonts/segmono_boot.ttf', randomBytes(10_000)],
    ['ProgramData/Microsoft/vide.txt', ''],
  ])
}

export function putFiles(folder: string, files: ReadonlyMap<string, Uint8Array | string>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
