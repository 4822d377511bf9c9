import { defineStep, noSettings } from './definition.ts'
import { applyImage } from './apply-image.ts'

/** Copies the applied image's boot files to the EFI system partition and makes the firmware's boot entry. */
export const writeBootFiles = defineStep({
  type: 'write-boot-files',
  phases: ['environment'],
  title: { fr: 'Rendre le disque démarrable', en: 'Make the disk bootable' },
  ...noSettings,
  weight: 2,
  writesDisk: true,
  needs: applyImage.type,
})
