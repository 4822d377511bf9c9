import { Type, type Static } from 'typebox'
import type { Variables } from '../scalar.ts'
import { defineStep } from './definition.ts'
import type { Sentence } from '../../text/sentence.ts'
import { parseSize } from '../size.ts'
import { expectsSize, Size } from './fields.ts'

const Name = Type.String({ minLength: 1, maxLength: 256 })
const exact = { additionalProperties: false }

export const DiskChoice = Type.Union([
  /** The only internal disk; with two, a person is asked. */
  Type.Literal('only'),
  Type.Literal('smallest'),
  Type.Literal('largest'),
  Type.Object({ serial: Name }, exact),
  Type.Object({ model: Name }, exact),
  Type.Object({ wwn: Name }, exact),
])
export type DiskChoice = Static<typeof DiskChoice>

export const PartitionDiskInput = Type.Object(
  {
    disk: DiskChoice,
    /** Of the recovery partition at the end of the disk; 1 GiB by default, `0 B` for none. */
    recoverySize: Type.Optional(Size),
    /** Of the Windows volume. */
    label: Type.Optional(Type.String({ minLength: 1, maxLength: 32, pattern: '^[^\\x00-\\x1f"*/:<>?\\\\|]+$' })),
  },
  exact,
)
export type PartitionDiskInput = Static<typeof PartitionDiskInput>

const relativeChoices = new Set(['only', 'smallest', 'largest'])

/** The run variable `disk` is a person's choice at this machine, so it wins over the sequence: a serial, or a relative choice. */
function chosenDisk(input: Record<string, unknown>, variables: Variables): Record<string, unknown> {
  const chosen = variables['disk']
  if (typeof chosen !== 'string' || chosen === '') return input
  return { ...input, disk: relativeChoices.has(chosen) ? chosen : { serial: chosen } }
}

/** Windows' own updates of WinRE want 250 MB free beside what is there (KB5034441, KB5028997): less has failed in masses. */
const leastRecoveryBytes = 750e6

function recoveryTooSmall({ recoverySize }: Record<string, unknown>): Sentence | null {
  const bytes = typeof recoverySize === 'string' ? parseSize(recoverySize) : null
  if (bytes === null || bytes === 0 || bytes >= leastRecoveryBytes) return null
  return {
    fr: '« recoverySize » : moins de 750 MB ne suffit pas aux mises à jour de l’environnement de récupération de Windows (KB5034441) ; 1 GiB convient, « 0 B » s’en passe.',
    en: '"recoverySize": less than 750 MB is too small for updates of Windows\' recovery environment (KB5034441); 1 GiB is right, "0 B" does without.',
  }
}

/** GPT: EFI system partition, MSR, Windows (NTFS), recovery. */
export const partitionDisk = defineStep({
  type: 'partition-disk',
  phases: ['environment'],
  title: { fr: 'Partitionner le disque', en: 'Partition the disk' },
  input: PartitionDiskInput,
  fields: {
    disk: {
      label: { fr: 'Disque à effacer', en: 'Disk to erase' },
      expects: {
        fr: '« only », « smallest », « largest », ou { serial: … }, { model: … }, { wwn: … }',
        en: '"only", "smallest", "largest", or { serial: … }, { model: … }, { wwn: … }',
      },
      help: {
        fr: 'Avec « le seul disque interne », un poste qui en a deux s’arrête et demande.',
        en: 'With "the only internal disk", a machine that has two stops and asks.',
      },
      choices: {
        only: { fr: 'le seul disque interne', en: 'the only internal disk' },
        smallest: { fr: 'le plus petit', en: 'the smallest' },
        largest: { fr: 'le plus grand', en: 'the largest' },
      },
    },
    recoverySize: {
      label: { fr: 'Partition de récupération', en: 'Recovery partition' },
      expects: expectsSize,
      help: {
        fr: 'Au moins 750 MB pour les mises à jour de Windows ; « 0 B » s’en passe.',
        en: 'At least 750 MB for Windows’ own updates; "0 B" does without.',
      },
      standard: '1 GiB',
    },
    label: {
      label: { fr: 'Nom du volume Windows', en: 'Label of the Windows volume' },
      expects: {
        fr: 'un nom de 1 à 32 caractères sans " * / : < > ? \\ |',
        en: 'a name of 1 to 32 characters without " * / : < > ? \\ |',
      },
      standard: 'Windows',
    },
  },
  weight: 3,
  writesDisk: true,
  once: true,
  check: recoveryTooSmall,
  answer: chosenDisk,
})
