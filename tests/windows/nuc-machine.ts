import type { App, Device, Installer, Machine, Update } from './machine.ts'
import { networkCard } from './nuc-catalogue.ts'

const teamViewer = 'HKLM\\SOFTWARE\\TeamViewer'

const devices: Device[] = [
  {
    instanceId: `${networkCard}\\88AEDDFFFF000001`,
    name: 'Contrôleur Ethernet',
    className: '',
    hardwareIds: [networkCard, 'PCI\\VEN_8086&DEV_15F3&SUBSYS_20878086'],
    compatibleIds: ['PCI\\VEN_8086&DEV_15F3&REV_03', 'PCI\\VEN_8086&DEV_15F3'],
    problem: 28,
  },
  {
    instanceId: 'PCI\\VEN_8086&DEV_A0C8&SUBSYS_20878086&REV_20\\3&11583659&0&FB',
    name: 'Technologie Intel® Smart Sound',
    className: 'MEDIA',
    hardwareIds: ['PCI\\VEN_8086&DEV_A0C8&SUBSYS_20878086&REV_20'],
    compatibleIds: [],
    // Switched off by a person: nobody's problem.
    problem: 22,
  },
]

function update(differences: Pick<Update, 'id' | 'title'> & Partial<Update>): Update {
  return {
    ...{
      kb: null,
      kind: 'quality',
      sizeBytes: 120_000_000,
      after: null,
      outcome: 'installs',
      state: 'available',
      tries: 0,
      hangsOnce: false,
    },
    ...differences,
  }
}

export const failingDriver = 'Intel Corporation - Display - 31.0.101.5186'

const updates: Update[] = [
  update({
    id: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0001',
    kb: 'KB5089999',
    title: 'Mise à jour cumulative pour Windows 11 Version 24H2 pour systèmes x64 (KB5089999)',
    kind: 'security',
    outcome: 'wants-restart',
    hangsOnce: true,
  }),
  update({
    id: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0002',
    kb: 'KB890830',
    title: 'Outil de suppression de logiciels malveillants Windows x64 - v5.130 (KB890830)',
  }),
  update({
    id: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0003',
    title: failingDriver,
    kind: 'drivers',
    outcome: 'fails',
  }),
  update({
    id: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0004',
    kb: 'KB5090001',
    title: 'Préversion de mise à jour cumulative pour .NET Framework (KB5090001)',
    kind: 'optional',
    after: '7a1f0b9c-3f59-4b5e-9c1c-5f4c7c1d0001',
    outcome: 'wants-restart',
  }),
]

function app(name: string): App {
  return { name, fullName: `${name}_1.0.0.0_x64__8wekyb3d8bbwe`, provisioned: true, installed: true }
}

export const teamViewerHost: Installer = {
  takesMs: 600,
  code: 0,
  hangs: false,
  registry: [{ key: teamViewer, name: 'Version', type: 'REG_SZ', data: '15.58.4' }],
  programs: ['C:\\Program Files\\TeamViewer\\TeamViewer.exe'],
  later: [{ key: teamViewer, name: 'ClientID', type: 'REG_DWORD', data: '1234567890', afterMs: 1500 }],
}

/** The Windows of a NUC after its first start, out of an image that is some months old. */
export function nucMachine(): Partial<Machine> {
  return {
    devices,
    updates,
    apps: ['Microsoft.BingNews', 'Microsoft.XboxGamingOverlay', 'Microsoft.WindowsStore'].map(app),
    capabilities: [{ name: 'App.Support.QuickAssist', present: true }],
    installers: {
      'TeamViewer_Host.msi': teamViewerHost,
      'Stubborn.msi': { ...teamViewerHost, hangs: true },
    },
    workshopScripts: [{ contains: 'Write-Output', stdout: 'bonjour', code: 0 }],
  }
}
