import type { PinnedView } from '../../server/api/deployments/schema.ts'
import type {
  DriverCoverageView,
  DriverPackList,
  DriverPackView,
  ProfileList,
  SoftwareList,
  SoftwareView,
  UpdateList,
  UpdateView,
} from '../../server/api/catalogue/schema.ts'

export type CatalogueSeed = {
  software: SoftwareList
  drivers: DriverPackList
  updates: UpdateList
  profiles: ProfileList
  coverage: DriverCoverageView
}

/** What the runs of the morning take. */
export const pinned: PinnedView = {
  agent: '0.1.0',
  software: [{ id: 'teamviewer-host', name: 'TeamViewer Host', version: '15.63' }],
  drivers: [{ pack: 'NUC13-Windows11', infs: 12 }],
  updates: ['KB5058411'],
  profiles: [{ id: 'office-center', name: 'Poste de bureau', version: '3f9a0c17be42' }],
  sizeBytes: 4_120_000_000,
}

const root = '/srv/etabli/data'
const tool: SoftwareView = {
  id: '7-zip',
  name: '7-Zip',
  version: null,
  origin: 'shipped',
  state: 'ready',
  folder: `${root}/software/7-zip`,
  installer: { kind: 'msi', file: '7z*-x64.msi', found: '7z2409-x64.msi' },
  source: { where: { fr: 'Sur 7-zip.org, page « Download ».', en: 'On 7-zip.org, page “Download”.' }, url: null },
  candidates: [],
  needs: [],
  shortcut: '7-Zip',
  reports: [],
  secrets: [],
  files: 1,
  sizeBytes: 1_975_296,
  usedBy: [],
  problems: [],
}

export const teamViewer: SoftwareView = {
  ...tool,
  id: 'teamviewer-host',
  name: 'TeamViewer Host',
  state: 'installer-missing',
  folder: `${root}/software/teamviewer-host`,
  installer: { kind: 'msi', file: 'TeamViewer_Host.msi', found: null },
  source: {
    where: {
      fr: 'Sur teamviewer.com, page de téléchargement pour Windows ou « Conception et déploiement » de votre compte : prenez TeamViewer_MSI64.zip et sortez-en le fichier Host/TeamViewer_Host.msi. Ce MSI demande une licence qui le permet.',
      en: 'On teamviewer.com, on the download page for Windows or in your account’s “Design & Deploy”: take TeamViewer_MSI64.zip and its file Host/TeamViewer_Host.msi. This MSI needs a licence that allows it.',
    },
    url: 'https://www.teamviewer.com/en/download/windows/',
  },
  shortcut: 'TeamViewer',
  reports: [{ fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' }],
  secrets: ['teamviewerAssignment'],
  usedBy: ['NUC, Windows 11 Pro', 'NUC, Windows 11 Famille'],
  files: 0,
  sizeBytes: 0,
}

const software: SoftwareView[] = [
  tool,
  {
    ...tool,
    id: 'impression',
    name: 'impression',
    origin: 'own',
    state: 'invalid',
    folder: `${root}/software/impression`,
    installer: null,
    source: null,
    shortcut: null,
    files: 2,
    sizeBytes: 41_200_000,
    problems: [
      {
        code: 'FILE_KEY_UNKNOWN',
        message: {
          fr: '« nom » n’existe pas ici. Permis : name, version, source, installer, success, restart, detect, needs, shortcut, reports, afterwards.',
          en: 'There is no "nom" here. Allowed: name, version, source, installer, success, restart, detect, needs, shortcut, reports, afterwards.',
        },
        line: 1,
        column: 1,
      },
      {
        code: 'FILE_VALUE_WRONG',
        message: {
          fr: '« installer.kind » doit être « msi », « exe » ou « msix ».',
          en: '"installer.kind" must be "msi", "exe" or "msix".',
        },
        line: 4,
        column: 20,
      },
    ],
  },
  {
    ...tool,
    id: 'pdf-reader',
    name: 'Lecteur PDF',
    version: '24.10',
    origin: 'own',
    state: 'installer-ambiguous',
    folder: `${root}/software/pdf-reader`,
    installer: { kind: 'exe', file: 'setup-*.exe', found: null },
    candidates: ['setup-24.08.exe', 'setup-24.10.exe'],
    needs: ['vcredist'],
    shortcut: null,
    files: 2,
    sizeBytes: 184_200_000,
  },
  { ...teamViewer },
  {
    ...teamViewer,
    id: 'teamviewer-full',
    name: 'TeamViewer (complet)',
    folder: `${root}/software/teamviewer-full`,
    installer: { kind: 'msi', file: 'TeamViewer_Full.msi', found: null },
    usedBy: [],
  },
]

const pack: DriverPackView = {
  name: 'NUC13-Windows11',
  description: 'Lot d’ASUS, octobre 2025',
  folder: `${root}/drivers/NUC13-Windows11`,
  models: [
    { manufacturer: 'Intel Corporation', product: 'NUC13ANBi5' },
    { manufacturer: 'Intel Corporation', product: 'NUC13ANBi7' },
  ],
  infs: 47,
  deviceIds: 1312,
  newest: '2025-09-18',
  files: 811,
  sizeBytes: 1_612_400_000,
  serves: [
    { product: 'NUC13ANHi5', devices: 14 },
    { product: 'NUC11TNHi5', devices: 1 },
  ],
  problems: [],
  remarks: [
    {
      inf: 'Chipset/AlderLakePCH-PSystem.inf',
      line: 214,
      message: { fr: 'Ce modèle n’a aucun identifiant de matériel : %X%', en: 'This model has no hardware id: %X%' },
    },
  ],
  remarkCount: 34,
}

const packs: DriverPackView[] = [
  pack,
  {
    ...pack,
    name: 'Imprimantes',
    description: null,
    folder: `${root}/drivers/Imprimantes`,
    models: [],
    infs: 0,
    deviceIds: 0,
    newest: null,
    files: 1,
    sizeBytes: 88_000_000,
    serves: [],
    remarks: [],
    remarkCount: 0,
  },
  {
    ...pack,
    name: 'RST',
    description: null,
    folder: `${root}/drivers/RST`,
    models: [],
    infs: 3,
    deviceIds: 12,
    newest: '2024-03-21',
    files: 14,
    sizeBytes: 9_400_000,
    serves: [],
    remarks: [],
    remarkCount: 0,
  },
]

const update: UpdateView = {
  id: 'KB5058411',
  title: '24H2',
  file: '24H2/windows11.0-kb5058411-x64_fc93a482441b42bcdbb035f915d4be2047d63de5.msu',
  windows: 11,
  architecture: 'x64',
  usable: true,
  servicingStack: false,
  builds: ['26100.4061'],
  problems: [],
  files: [
    { path: '24H2/windows11.0-kb5043080-x64.msu', sizeBytes: 533_000_000 },
    { path: '24H2/windows11.0-kb5058411-x64_fc93a482441b42bcdbb035f915d4be2047d63de5.msu', sizeBytes: 3_112_000_000 },
  ],
  sizeBytes: 3_645_000_000,
}
const single = 'windows10.0-kb5049981-x64_7d3ef0a4b54d0b4b1d8d1ad7f8b9e0c2a4b6c8d0.msu'
const arm = 'windows11.0-kb5060842-arm64.msu'

export const busyCatalogue = (): CatalogueSeed => ({
  software: { items: software.map((item) => ({ ...item })), folder: `${root}/software`, next: null },
  drivers: {
    items: packs,
    strays: [
      {
        path: 'LAN-Win11-30.1.1.exe',
        message: {
          fr: 'n’est dans aucun lot : décompressez-le dans un dossier à son nom',
          en: 'is in no pack: unpack it into a folder of its own',
        },
      },
    ],
    folder: `${root}/drivers`,
    next: null,
  },
  updates: {
    items: [
      {
        ...update,
        id: 'KB5049981',
        title: single,
        file: single,
        windows: 10,
        files: [{ path: single, sizeBytes: 712e6 }],
        sizeBytes: 712e6,
      },
      update,
      {
        ...update,
        id: 'KB5060842',
        title: arm,
        file: arm,
        architecture: 'arm64',
        usable: false,
        files: [{ path: arm, sizeBytes: 2e9 }],
        sizeBytes: 2e9,
      },
    ],
    strays: [],
    folder: `${root}/updates`,
    next: null,
  },
  profiles: {
    items: [
      {
        id: 'office-center',
        name: 'Poste de bureau',
        description: { fr: 'Ce dont un client n’a pas l’usage.', en: 'What a customer has no use for.' },
        origin: 'shipped',
        version: 'a'.repeat(64),
        items: [
          {
            kind: 'appx',
            name: 'Microsoft.BingNews',
            title: { fr: 'Actualités', en: 'News' },
            why: { fr: 'Publicité dans le menu Démarrer.', en: 'Advertising in the Start menu.' },
          },
          {
            kind: 'appx',
            name: 'Microsoft.MicrosoftSolitaireCollection',
            title: null,
            why: { fr: 'Jeux avec publicité.', en: 'Games with advertising.' },
          },
          {
            kind: 'feature',
            name: 'Recall',
            title: null,
            why: { fr: 'Garde des copies de l’écran.', en: 'Keeps copies of the screen.' },
          },
        ],
        usedBy: ['NUC, Windows 11 Pro'],
        problems: [],
      },
      {
        id: 'trop',
        name: 'trop',
        description: null,
        origin: 'own',
        version: 'b'.repeat(64),
        items: [],
        usedBy: [],
        problems: [
          {
            code: 'FILE_ITEM_PROTECTED',
            message: {
              fr: '« Microsoft.WindowsStore » est indispensable à Windows : aucun profil ne peut le retirer.',
              en: 'Windows needs "Microsoft.WindowsStore": no profile may remove it.',
            },
            line: 3,
            column: 25,
          },
        ],
      },
    ],
    folder: `${root}/debloat`,
    next: null,
  },
  coverage: {
    windows: { build: 26_100, image: 'Windows 11 Professionnel 24H2' },
    known: true,
    packs: 3,
    items: [
      {
        address: '0000:00:1f.4',
        hardwareId: 'PCI\\VEN_8086&DEV_51A3&SUBSYS_30378086&REV_01',
        state: 'nobody',
        device: { fr: 'contrôleur SMBus', en: 'SMBus controller' },
        driver: { fr: 'aucun pilote', en: 'no driver' },
      },
      {
        address: '0000:56:00.0',
        hardwareId: 'PCI\\VEN_8086&DEV_125C&SUBSYS_00008086&REV_04',
        state: 'driver',
        device: { fr: 'Intel(R) Ethernet Controller I226-V', en: 'Intel(R) Ethernet Controller I226-V' },
        driver: {
          fr: 'NUC13-Windows11/LAN/e2fn.inf 2.1.4.3 du 21/03/2024, par le composant (PCI\\VEN_8086&DEV_125C) ; préféré à 1 autre',
          en: 'NUC13-Windows11/LAN/e2fn.inf 2.1.4.3 of 2024-03-21, by the chip (PCI\\VEN_8086&DEV_125C); preferred to 1 other',
        },
      },
      {
        address: '0000:00:02.0',
        hardwareId: 'PCI\\VEN_8086&DEV_A7A0&SUBSYS_30378086&REV_04',
        state: 'driver',
        device: { fr: 'Intel(R) Iris(R) Xe Graphics', en: 'Intel(R) Iris(R) Xe Graphics' },
        driver: {
          fr: 'NUC13-Windows11/VGA/iigd_dch.inf 32.0.101.5768 du 30/05/2024, par le composant (PCI\\VEN_8086&DEV_A7A0)',
          en: 'NUC13-Windows11/VGA/iigd_dch.inf 32.0.101.5768 of 2024-05-30, by the chip (PCI\\VEN_8086&DEV_A7A0)',
        },
      },
      {
        address: '0000:01:00.0',
        hardwareId: 'PCI\\VEN_144D&DEV_A809',
        state: 'windows',
        device: { fr: 'disque NVMe', en: 'NVMe drive' },
        driver: { fr: 'pilote fourni par Windows', en: 'driver of Windows itself' },
      },
    ],
    storage: [],
    next: null,
  },
})

/** The first minute: what the product brings, and nothing of the workshop's. */
export const emptyCatalogue = (): CatalogueSeed => ({
  software: { items: [{ ...teamViewer }], folder: `${root}/software`, next: null },
  drivers: { items: [], strays: [], folder: `${root}/drivers`, next: null },
  updates: { items: [], strays: [], folder: `${root}/updates`, next: null },
  profiles: { items: [], folder: `${root}/debloat`, next: null },
  coverage: { ...busyCatalogue().coverage, packs: 0 },
})
