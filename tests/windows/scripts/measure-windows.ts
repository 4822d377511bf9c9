import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { readData } from '../registry.ts'
import { measuredParts } from './measured-parts.ts'

const oem = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OEMInformation'

/** The script `measure-windows`: a Windows 11 Pro activated by the key in the firmware. */
export function measureWindows(machine: Machine, _input: Record<string, unknown>, atMs: number): Answer {
  const oemValue = (name: string): string => readData(machine, oem, name, atMs) ?? ''
  const result = {
    version: { edition: machine.edition, build: 26100, revision: 6584, release: '24H2' },
    licence: {
      statuses: [machine.activated ? 1 : 5],
      channel: 'Windows(R) Operating System, OEM_DM channel',
      ...{ firmwareKey: true, firmwareEdition: '[4.0] Professional OEM:DM' },
    },
    encryption: {
      items: [{ drive: 'C:', protection: machine.encrypted ? 1 : 0, conversion: machine.encrypted ? 1 : 0 }],
    },
    secureBoot: { state: 'on' },
    tpm: { present: true, version: '2.0', enabled: true },
    bootManager: {
      issuer: 'CN=Windows UEFI CA 2023, O=Microsoft Corporation, C=US',
      ...{ version: '10.0.26100.5074', update: 'Updated', capable: 2 },
    },
    recovery: { enabled: true, onRecoveryPartition: true },
    firmware: { version: 'TNTGL357.0071.2023.0428.1102' },
    appControl: { state: 0 },
    firstSignIn: { needed: true, registered: machine.firstSignIns },
    shop: { name: oemValue('Manufacturer'), phone: oemValue('SupportPhone') },
    space: { freeBytes: 430e9, sizeBytes: 498e9 },
  }
  return { machine, code: 0, result: measuredParts(machine, result) }
}
