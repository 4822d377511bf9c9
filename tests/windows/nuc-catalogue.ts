import { msi, msu } from '../installer-files.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The network card of the NUCs, as their inventory, their Windows and the driver pack name it. */
export const networkCard = 'PCI\\VEN_8086&DEV_15F3&SUBSYS_20878086&REV_03'

/** A driver's INF as makers write it, cut to what counts. */
const inf = `[Version]
Signature   = "$WINDOWS NT$"
Class       = Net
ClassGUID   = {4d36e972-e325-11ce-bfc1-08002be10318}
Provider    = %Intel%
CatalogFile = e2f.cat
DriverVer   = 03/21/2024,2.1.4.3

[Manufacturer]
%Intel% = Intel, NTamd64.10.0

[Intel.NTamd64.10.0]
%E15F3.DeviceDesc% = E15F3, PCI\\VEN_8086&DEV_15F3

[Strings]
Intel            = "Intel"
E15F3.DeviceDesc = "Intel(R) Ethernet Controller (3) I225-V"
`

const debloat = `name: Nettoyage d’essai
items:
  - kind: appx
    name: Microsoft.BingNews
    why: { fr: publicité, en: advertising }
  - kind: appx
    name: Microsoft.XboxGamingOverlay
    why: { fr: jeux, en: games }
  - kind: capability
    name: App.Support.QuickAssist
    why: { fr: l’atelier aide par TeamViewer, en: the shop helps by TeamViewer }
`

/** An installer by a manifest of the workshop's own, for trouble. */
const stubborn = `name: Logiciel qui s’arrête
source: { where: { fr: « essai », en: test } }
installer: { kind: msi, file: Stubborn.msi }
detect: { registry: { keys: ['HKLM\\SOFTWARE\\Stubborn'] } }
`

/** The shop's own, which nobody may see. */
export const assignment = 'tv-0f3c9b7e-assignment'

/** What an operator has laid into the data folder of a server: a driver pack, software, an update, a debloat profile. */
export function fillCatalogue(dataDir: string): void {
  const files: Record<string, string | Buffer> = {
    'drivers/NUC11/LAN/e2f.inf': inf.replaceAll('\n', '\r\n'),
    'drivers/NUC11/LAN/e2f.sys': 'MZ',
    'drivers/NUC11/LAN/e2f.cat': 'signature',
    'software/teamviewer-host/TeamViewer_Host.msi': msi('not truly a Windows Installer package'),
    'software/stubborn/manifest.yaml': stubborn,
    'software/stubborn/Stubborn.msi': msi('nor this'),
    'updates/KB5058411 26100.4061/windows11.0-kb5058411-x64_0123456789abcdef0123456789abcdef01234567.msu':
      msu('not truly an update'),
    'debloat/essai.yaml': debloat,
    'secrets.yaml': `teamviewerAssignment: ${assignment}\n`,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true })
    writeFileSync(join(dataDir, path), text, { mode: 0o600 })
  }
}
