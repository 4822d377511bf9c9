import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { partitionDisk } from './partition-disk.ts'

export const ApplyImageInput = Type.Object(
  {
    /** Of an image in the catalogue; without it, whoever starts the run chooses, or the newest that fits is taken. */
    image: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    /** The edition it has to be, by Windows' own id, the same in every language: `Professional`, `Core` for Home. */
    edition: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** The Windows it has to be. */
    windows: Type.Optional(Type.Union([Type.Literal(10), Type.Literal(11)])),
  },
  { additionalProperties: false },
)
export type ApplyImageInput = Static<typeof ApplyImageInput>

/** Streams the pinned image onto the Windows volume that `partition-disk` made. */
export const applyImage = defineStep({
  type: 'apply-image',
  phases: ['environment'],
  title: { fr: 'Écrire l’image', en: 'Write the image' },
  titleInRun: { fr: 'Écriture de ${imageName}', en: 'Writing ${imageName}' },
  input: ApplyImageInput,
  fields: {
    image: {
      label: { fr: 'Image', en: 'Image' },
      expects: { fr: 'le nom d’une image du catalogue', en: 'the name of an image in the catalogue' },
      help: {
        fr: 'Sans elle, celui qui lance la préparation choisit, ou la plus récente qui convient est prise.',
        en: 'Without it, whoever starts the run chooses, or the newest that fits is taken.',
      },
      of: 'images',
    },
    edition: {
      label: { fr: 'Édition de Windows', en: 'Edition of Windows' },
      expects: {
        fr: 'une édition comme « Professional » ou « Core » (Famille)',
        en: 'an edition such as "Professional" or "Core" (Home)',
      },
      help: {
        fr: 'Le nom que Windows lui donne, le même dans toutes les langues.',
        en: 'Windows’ own name for it, the same in every language.',
      },
    },
    windows: {
      label: { fr: 'Version de Windows', en: 'Version of Windows' },
      expects: { fr: '10 ou 11', en: '10 or 11' },
      choices: {
        10: { fr: 'Windows 10', en: 'Windows 10' },
        11: { fr: 'Windows 11', en: 'Windows 11' },
      },
    },
  },
  weight: 120,
  writesDisk: true,
  // Half an image on an NTFS volume cannot be continued: the volume has to be made again.
  restartFrom: partitionDisk.type,
  needs: partitionDisk.type,
  once: true,
  takes: (wish) => ({ image: wish }),
})
