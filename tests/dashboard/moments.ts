import type { StepLogLine } from '../../server/api/deployments/schema.ts'
import type { ImportView } from '../../server/api/images/schema.ts'
import { minutesAgo } from './seed.ts'

const base: ImportView = {
  id: 'import-1',
  fileName: 'install.wim',
  sizeBytes: 6_104_220_160,
  receivedBytes: 6_104_220_160,
  state: 'choose',
  editions: [],
  selected: [],
  progress: null,
  problem: null,
  imageIds: [],
}

const names = ['Windows 11 Famille', 'Windows 11 Famille N', 'Windows 11 Professionnel', 'Windows 11 Entreprise']
const ids = ['Core', 'CoreN', 'Professional', 'Enterprise']

/** Imports at every stage. */
export const edition: ImportView[] = [
  {
    ...base,
    editions: names.map((name, index) => ({
      index: index + 1,
      name,
      edition: ids[index] ?? '',
      architecture: 'x64',
      build: '26100.4349',
      languages: ['fr-FR'],
      sizeBytes: 16_900_000_000 + index * 120_000_000,
    })),
  },
  {
    ...base,
    id: 'import-2',
    fileName: 'windows-10-22h2.wim',
    state: 'preparing',
    progress: { phase: 'exporting', fraction: 0.37, bytesPerSecond: 184_000_000, secondsLeft: 41 },
  },
  { ...base, id: 'import-3', fileName: 'windows-11-arm.esd', state: 'uploading', receivedBytes: 1_880_000_000 },
  {
    ...base,
    id: 'import-4',
    fileName: 'install-tronqué.wim',
    state: 'failed',
    problem: {
      code: 'WIM_TRUNCATED',
      message: {
        fr: 'Le fichier est coupé : il manque 1,2 Go à la fin.',
        en: 'The file is cut off: 1.2 GB are missing at its end.',
      },
      fix: { fr: 'Copiez-le à nouveau depuis l’ISO.', en: 'Copy it from the ISO again.' },
      detail: null,
      choice: null,
    },
  },
]

const said: Array<[StepLogLine['line']['level'], string]> = [
  ['info', 'Disque choisi : Samsung SSD 980 500GB, S64DNX0T500123K'],
  ['info', 'Table GPT écrite : ESP 300 Mio, MSR 16 Mio, Windows 464,5 Gio, Récupération 1 Gio'],
  ['output', 'mkntfs completed successfully. Have a nice day.'],
  ['info', 'Réception de windows-11-pro, 5,4 Go'],
  ['warning', 'Le serveur a coupé la connexion à 812 Mo ; reprise au même octet'],
  ['output', 'Creating files: 15234 of 98211 (15%) done'],
  ['output', 'Extracting file data: 6945 MiB of 16155 MiB (41%) done'],
  ['error', 'Un secteur a été relu trois fois'],
]

export const logLines: StepLogLine[] = Array.from({ length: 60 }, (_, index) => {
  const [level, text] = said[index % said.length] ?? ['info', '']
  return {
    stepId: 'environment-2',
    attempt: 1,
    number: index,
    line: { at: minutesAgo(6 - index * 0.05), level, text },
  }
})
