import { groupUpdates, type UpdateGroup, type UpdateGroups } from '../../../images/updates/group-updates.ts'
import type { FileProblem } from '../../../text/yaml/problem.ts'
import { contentProblem } from '../files/file-content.ts'
import { listTree, type ListedFile } from '../files/file-tree.ts'

/** An update package with the files that have to lie together; paths from `updates` on. */
export type UpdateEntry = Omit<UpdateGroup, 'files'> & {
  files: ListedFile[]
  /** Of its files; no run takes a package with one. */
  problems: FileProblem[]
}
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
  const updates = await Promise.all(
    groups.map(async (group) => {
      const files = group.files.flatMap((path) => listed.get(path) ?? [])
      const found = await Promise.all(files.map((file) => contentProblem(folder, file)))
      return { ...group, files, problems: found.filter((problem) => problem !== null) }
    }),
  )
  return { updates, strays, unread }
}
