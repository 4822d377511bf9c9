import type { Static } from 'typebox'
import type { Disk, Inventory } from '../../agent/protocol/inventory.ts'
import type { Problem, StepView, DeploymentView } from '../../server/api/deployments/schema.ts'
import type { ImageView, ImportView, Space } from '../../server/api/images/schema.ts'
import type { MachineView, TraceEntry } from '../../server/api/machines/schema.ts'
import { presentInventory } from '../../server/api/machines/present.ts'
import type { CatalogueSeed } from './catalogue-materials.ts'
import type { NewcomerListView } from '../../server/api/netboot/schema.ts'
import type { SequenceView } from '../../server/api/sequences/schema.ts'
import type { SessionView } from '../../server/api/session/schema.ts'
import type { EvidenceView, RecordEventView, RecordView } from '../../server/api/stock/schema.ts'

/** A workshop on an ordinary morning: one machine or more in every state a screen has to show. */
export type Seed = {
  session: Static<typeof SessionView>
  machines: MachineView[]
  deployments: DeploymentView[]
  records: RecordView[]
  images: ImageView[]
  imports: ImportView[]
  newcomers: NewcomerListView
  sequences: SequenceView[]
  space: Space
  trace: TraceEntry[]
  history: RecordEventView[]
  catalogue: CatalogueSeed
  evidence: EvidenceView | null
}

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

export function disk(model: string, serial: string, sizeBytes: number, more: Partial<Disk> = {}): Disk {
  return {
    name: 'nvme0n1',
    model,
    serial,
    wwn: null,
    sizeBytes,
    logicalSectorBytes: 512,
    transport: 'nvme',
    removable: false,
    rotational: false,
    bootMedium: false,
    health: { verdict: 'good', percentUsed: 1, powerOnHours: 42, temperatureCelsius: 36, mediaErrors: 0 },
    ...more,
  }
}

export const samsung = (serial: string): Disk => disk('Samsung SSD 980 500GB', serial, 500_107_862_016)
export const crucial = (serial: string): Disk =>
  disk('Crucial CT1000P3PSSD8', serial, 1_000_204_886_016, {
    name: 'nvme1n1',
    health: { verdict: 'worn', percentUsed: 84, powerOnHours: 18_211, temperatureCelsius: 51, mediaErrors: 0 },
  })

export function inventory(serial: string, disks: Disk[]): NonNullable<MachineView['inventory']> {
  return presentInventory(foundIn(serial, disks))
}

function foundIn(serial: string, disks: Disk[]): Inventory {
  const gib = 1024 ** 3
  const module = { sizeBytes: 8 * gib, type: 'DDR4', speedMtps: 3200, manufacturer: 'Kingston', serial: '1F3A' }
  return {
    system: {
      uuid: '4c4c4544-0042-3510-8052-b4c04f564433',
      serial,
      manufacturer: 'Intel(R) Client Systems',
      product: 'NUC13ANHi5',
      version: 'M89903-203',
      sku: 'RNUC13ANHI50000',
      family: 'AN',
    },
    board: { manufacturer: 'Intel Corporation', product: 'NUC13ANBi5', serial, version: 'M89645-203' },
    firmware: { vendor: 'Intel Corp.', version: 'ANRPL357.0032', date: '2024-08-28', mode: 'uefi', windowsKey: true },
    secureBoot: { state: 'on', trusts2011: true, trusts2023: true, revokes2011: false },
    tpm: { present: true, version: '2.0', manufacturer: 'INTC' },
    processor: { model: '13th Gen Intel(R) Core(TM) i5-1340P', cores: 12, threads: 16, maxMhz: 4600 },
    memory: {
      totalBytes: 8 * gib,
      slots: 2,
      modules: [{ slot: 'Controller0-ChannelA-DIMM0', partNumber: 'KF432S20IB/8', ...module }],
    },
    disks,
    networkInterfaces: [
      {
        name: 'enp86s0',
        mac: '48:21:0b:6a:11:02',
        driver: 'igc',
        speedMbps: 1000,
        address: '10.0.0.51',
        wireless: false,
      },
      {
        name: 'wlp0s20f3',
        mac: 'f4:c8:8a:20:93:7e',
        driver: 'iwlwifi',
        speedMbps: null,
        address: null,
        wireless: true,
      },
    ],
    devices: [],
  }
}

const names: Array<[type: string, fr: string, en: string, weight: number]> = [
  ['check-hardware', 'Contrôle du matériel', 'Checking the hardware', 0.01],
  ['partition-disk', 'Partition du disque', 'Partitioning the disk', 0.02],
  ['apply-image', 'Écriture de Windows 11 Pro', 'Writing Windows 11 Pro', 0.34],
  ['write-boot-files', 'Fichiers de démarrage', 'Boot files', 0.02],
  ['restart', 'Redémarrage', 'Restart', 0.06],
  ['install-drivers', 'Pilotes du NUC', 'Drivers of the NUC', 0.1],
  ['windows-update', 'Mises à jour de Windows', 'Windows updates', 0.35],
  ['install-software', 'TeamViewer Host', 'TeamViewer Host', 0.04],
  ['verify', 'Contrôle avant vente', 'Check before sale', 0.06],
]

/** The steps of a run of which `done` are behind it, the next in `state`. */
export function steps(done: number, state: StepView['state'], more: Partial<StepView> = {}): StepView[] {
  const start = 9
  return names.map(([type, fr, en, weight], index) => ({
    id: `${index < 5 ? 'environment' : 'windows'}-${index}`,
    index,
    phase: index < 5 ? 'environment' : 'windows',
    type,
    name: { fr, en },
    weight,
    attempt: 1,
    state: index < done ? 'done' : index === done ? state : 'pending',
    startedAt: index <= done && state !== 'pending' ? minutesAgo(start - index * 0.9) : null,
    endedAt: index < done ? minutesAgo(start - index * 0.9 - 0.85) : null,
    progress: null,
    result: index < done && type === 'partition-disk' ? { disk: 'S64DNX0T512345K', table: 'gpt', partitions: 4 } : null,
    problem: null,
    skipped: null,
    ...(index === done ? more : {}),
  }))
}

export const twoDisks: Problem = {
  code: 'DISK_AMBIGUOUS',
  message: { fr: 'Ce poste a deux disques.', en: 'This machine has two disks.' },
  fix: { fr: 'Choisissez celui à effacer.', en: 'Choose the one to erase.' },
  detail: null,
  choice: {
    variable: 'disk',
    options: [
      {
        value: 'S64DNX0T700077P',
        label: {
          fr: 'Samsung SSD 980 500GB, 500 Go, S64DNX0T700077P',
          en: 'Samsung SSD 980 500GB, 500 GB, S64DNX0T700077P',
        },
      },
      {
        value: '2311E6C0A1B2',
        label: { fr: 'Crucial CT1000P3PSSD8, 1 To, 2311E6C0A1B2', en: 'Crucial CT1000P3PSSD8, 1 TB, 2311E6C0A1B2' },
      },
    ],
  },
}

export const brokenStream: Problem = {
  code: 'IMAGE_HASH_MISMATCH',
  message: {
    fr: 'L’image reçue n’est pas celle du catalogue : la copie est arrêtée.',
    en: 'The image received is not the catalogue’s: the copy was stopped.',
  },
  fix: {
    fr: 'Réessayez ; si cela revient, contrôlez le câble et la mémoire du poste.',
    en: 'Try again; if it happens again, check the cable and the machine’s memory.',
  },
  detail: 'wimapply: ERROR: The WIM resource is corrupted (SHA-1 mismatch) at offset 1048576',
  choice: null,
}
