import { imagePath, readImages, removeImageFolder, sweep } from './image-folder.ts'
import { findDuplicate } from './image-identity.ts'
import type { Image } from './manifest.ts'
import { CatalogueError } from './problem.ts'

export type ImageChange =
  { readonly type: 'image'; readonly image: Image } | { readonly type: 'image-removed'; readonly id: string }

/** The prepared images, kept in memory as they are on disk. */
export type PreparedImages = Awaited<ReturnType<typeof openPreparedImages>>

/**
 * Sweeps and reads the folder of images.
 *
 * @param onChange - called for every image added or removed afterwards
 */
export async function openPreparedImages(folder: string, onChange: (change: ImageChange) => void) {
  const swept = await sweep(folder)
  const { images, unreadable } = await readImages(folder)
  const known = new Map(images.map((image) => [image.id, image]))
  return {
    folder,
    /** Names of what a killed server had left, now gone. */
    swept,
    /** Folders that are there and hold no whole image. */
    unreadable,
    list: (): readonly Image[] => [...known.values()],
    find: (id: string): Image | undefined => known.get(id),
    filePath: (id: string): string | undefined => (known.has(id) ? imagePath(folder, id) : undefined),
    isTaken: (id: string): boolean => known.has(id) || unreadable.includes(id),
    add: (image: Image): void => {
      known.set(image.id, image)
      onChange({ type: 'image', image })
    },
    /** Throws CatalogueError IMAGE_NOT_FOUND. */
    remove: async (id: string): Promise<void> => {
      if (!known.delete(id)) throw new CatalogueError('IMAGE_NOT_FOUND', { id })
      onChange({ type: 'image-removed', id })
      await removeImageFolder(folder, id)
    },
    /** The image that is there already with the same content. */
    duplicateOf: (candidate: Parameters<typeof findDuplicate>[1]): Image | undefined =>
      findDuplicate([...known.values()], candidate),
    /** Throws CatalogueError IMAGE_DUPLICATE when this image is there already. */
    refuseDuplicate: (candidate: Parameters<typeof findDuplicate>[1]): void => {
      const present = findDuplicate([...known.values()], candidate)
      if (present === undefined) return
      throw new CatalogueError('IMAGE_DUPLICATE', {
        name: present.name,
        preparedAt: present.preparedAt,
      })
    },
  }
}
