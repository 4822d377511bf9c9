import { groupUpdates, type UpdateGroup, type UpdateGroups } from '../../../images/updates/group-updates.ts'
import { listTree, type ListedFile } from '../files/file-tree.ts'

/** An update package with the files that have to lie together; paths from `updates` on. */
export type UpdateEntry = Omit<UpdateGroup, 'files'> & { files: ListedFile[] }
export type Updates = {
  updates: UpdateEntry[]
  strays: UpdateGroups['strays']
  /** Why the folder could not be read, as the system's code. */
  unread: string | null
}

/** Every update package of the workshop's folder, in the order to install. */
export async function readUpdates(folder: string, signal: AbortSignal): Promise<Updates> {
  const { files, unread } = await listTree(folder, signal)
  const listed = new Map(files.map((file) => [file.path, file]))
  const { groups, strays } = groupUpdates([...listed.keys()])
  const updates = groups.map((group) => ({
    ...group,
    files: group.files.flatMap((path) => listed.get(path) ?? []),
  }))
  return { updates, strays, unread }
}
