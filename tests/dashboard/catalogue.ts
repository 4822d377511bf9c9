import type { ImageView } from '../../server/api/images/schema.ts'
import type { SequenceView } from '../../server/api/sequences/schema.ts'
import { minutesAgo } from './seed.ts'

export const image: ImageView = {
  id: 'windows-11-pro',
  name: 'Windows 11 Professionnel 24H2',
  edition: 'Professional',
  architecture: 'x64',
  build: '26100.4349',
  languages: ['fr-FR'],
  sizeBytes: 5_412_331_520,
  contentBytes: 16_940_112_384,
  sha256: '9c1f0a5b3f7de2c8a6b1d0e4f5a697887766554433221100ffeeddccbbaa9988',
  sourceName: 'install.wim',
  preparedAt: minutesAgo(60 * 24 * 6),
  inUse: 3,
}
export const oldImage: ImageView = {
  ...image,
  id: 'windows-10-pro',
  name: 'Windows 10 Professionnel 22H2',
  build: '19045.5965',
  sizeBytes: 4_104_220_160,
  contentBytes: 12_300_402_112,
  sha256: '11aa22bb33cc44dd55ee66ff77008899aabbccddeeff00112233445566778899',
  preparedAt: minutesAgo(60 * 24 * 40),
  inUse: 0,
}

const stepsOf = (names: Array<[string, string, string, boolean]>): SequenceView['steps'] =>
  names.map(([type, fr, en, writesDisk]) => ({ phase: 'environment', type, name: { fr, en }, writesDisk }))

const source = `# Efface le disque et y met l'image choisie.
name: NUC, Windows 11 Pro
variables: { locale: fr-FR, timezone: Romance Standard Time }
environment:
  - check-hardware: { memoryAtLeast: 8 GiB, diskAtLeast: 120 GB }
  - partition-disk: { disk: only }
  - apply-image: { image: windows-11-pro }
  - write-boot-files: {}
  - restart: {}
`

export const sequence: SequenceView = {
  id: 'nuc-windows-11-pro',
  name: 'NUC, Windows 11 Pro',
  description: 'Efface le disque interne, y met Windows 11 Pro et redémarre dessus.',
  version: '3f9a0c17be42',
  origin: 'shipped',
  replaces: false,
  needsImage: true,
  disk: 'only',
  imageIds: ['windows-11-pro', 'windows-10-pro'],
  variables: {},
  steps: stepsOf([
    ['check-hardware', 'Contrôle du matériel', 'Checking the hardware', false],
    ['partition-disk', 'Partition du disque', 'Partitioning the disk', true],
    ['apply-image', 'Écriture de l’image', 'Writing the image', true],
    ['write-boot-files', 'Fichiers de démarrage', 'Boot files', true],
    ['restart', 'Redémarrage', 'Restart', false],
  ]),
  source,
  problems: [],
  asks: [],
  lacking: [],
}
export const look: SequenceView = {
  ...sequence,
  id: 'hardware-check',
  name: 'Contrôle du matériel',
  description: 'Vérifie la mémoire et le disque sans rien écrire.',
  version: '77e1b2c3d4e5',
  needsImage: false,
  disk: null,
  imageIds: [],
  steps: stepsOf([['check-hardware', 'Contrôle du matériel', 'Checking the hardware', false]]),
  source: 'name: Contrôle du matériel\nenvironment:\n  - check-hardware: { memoryAtLeast: 4 GB }\n',
}
export const broken: SequenceView = {
  ...look,
  id: 'nuc-cuisine',
  name: 'nuc-cuisine',
  description: null,
  version: '0badc0ffee00',
  origin: 'own',
  steps: [],
  source: 'name: NUC de la cuisine\nenvironment:\n  - partition-disc: { disk: only }\n',
  asks: [],
  lacking: [],
  problems: [
    {
      code: 'STEP_TYPE_UNKNOWN',
      message: {
        fr: '« partition-disc » n’est pas une étape. Vouliez-vous dire « partition-disk » ?',
        en: '“partition-disc” is not a step. Did you mean “partition-disk”?',
      },
      line: 3,
      column: 5,
    },
  ],
}
