import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../windows/machine.ts'
import { nucMachine } from '../windows/nuc-machine.ts'
import { fillCatalogue } from '../windows/nuc-catalogue.ts'

/** The network cards of QEMU's machines, which this Windows has no driver for: virtio (transitional), and the one on USB. */
const networkCards = {
  own: {
    instanceId: 'PCI\\VEN_1AF4&DEV_1000&SUBSYS_00011AF4&REV_00\\3&13C0B0C5&0&10',
    hardwareIds: [
      'PCI\\VEN_1AF4&DEV_1000&SUBSYS_00011AF4&REV_00',
      'PCI\\VEN_1AF4&DEV_1000&SUBSYS_00011AF4',
      'PCI\\VEN_1AF4&DEV_1000',
    ],
  },
  dock: {
    instanceId: 'USB\\VID_0525&PID_A4A2\\1',
    hardwareIds: ['USB\\VID_0525&PID_A4A2&REV_0000', 'USB\\VID_0525&PID_A4A2'],
  },
}

const inf = `[Version]
Signature   = "$WINDOWS NT$"
Class       = Net
ClassGUID   = {4d36e972-e325-11ce-bfc1-08002be10318}
Provider    = %Maker%
CatalogFile = netkvm.cat
DriverVer   = 02/01/2024,100.94.104.24800

[Manufacturer]
%Maker% = Net, NTamd64.10.0

[Net.NTamd64.10.0]
%Card% = Card, PCI\\VEN_1AF4&DEV_1000
%Dock% = Card, USB\\VID_0525&PID_A4A2

[Strings]
Maker = "Red Hat, Inc."
Card  = "Red Hat VirtIO Ethernet Adapter"
Dock  = "QEMU USB Network Interface"
`

/** What an operator of this lab has in the catalogue: that of the NUCs, and a driver pack that fits a virtual machine. */
export function fillLabCatalogue(dataDir: string): void {
  fillCatalogue(dataDir)
  // Linux keeps eight bits of an exit code: DISM's 3010 would be another one here. Under Wine the package is installed.
  const updates = join(dataDir, 'updates')
  for (const name of readdirSync(updates)) if (/kb\d+/i.test(name)) rmSync(join(updates, name), { recursive: true })
  const folder = join(dataDir, 'drivers/QEMU/NetKVM')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'netkvm.inf'), inf.replaceAll('\n', '\r\n'))
  for (const [name, text] of [
    ['netkvm.sys', 'MZ'],
    ['netkvm.cat', 'signature'],
  ] as const)
    writeFileSync(join(folder, name), text)
}

/**
 * The Windows of a NUC, with the network card that a virtual one has, and only updates that one restart sees to: an
 * emulated machine takes its time to start.
 */
export function labMachine(network: keyof typeof networkCards = 'own'): Partial<Machine> {
  const card = {
    ...networkCards[network],
    name: 'Contrôleur Ethernet',
    className: '',
    compatibleIds: [],
    problem: 28,
  }
  const windows = nucMachine()
  const updates = windows.updates?.filter(({ after }) => after === null) ?? []
  const traces = ['C:\\Windows\\Panther\\unattend.xml', 'C:\\Windows\\Setup\\Scripts\\SetupComplete.cmd']
  return { ...windows, devices: [card], updates, traces }
}

/** The same, whose updates all go on by themselves: for a demonstration, where nobody cuts the power. */
export function calmLabMachine(): Partial<Machine> {
  const machine = labMachine()
  return { ...machine, updates: machine.updates?.map((one) => ({ ...one, hangsOnce: false })) ?? [] }
}
