import { Type, type Static } from 'typebox'
import type { StepDefinition } from './definition.ts'

export const WriteBootFilesInput = Type.Object({}, { additionalProperties: false })
export type WriteBootFilesInput = Static<typeof WriteBootFilesInput>

/** Copies the applied image's boot files to the EFI system partition and makes the firmware's boot entry. */
export const writeBootFiles: StepDefinition<typeof WriteBootFilesInput> = {
  type: 'write-boot-files',
  phases: ['environment'],
  title: { fr: 'Rendre le disque démarrable', en: 'Make the disk bootable' },
  input: WriteBootFilesInput,
  expects: {},
  weight: 2,
  writesDisk: true,
  restartFrom: null,
  needs: 'apply-image',
  once: false,
  endsWithRestart: false,
}
