import { readBuilds, type WindowsBuild } from './builds.ts'
import { isUpdateFile, readUpdateName, type UpdateFile } from './update-file.ts'

/**
 * An update package of the catalogue: a file at the top of `updates`, or a folder in it. A folder holds a checkpoint
 * cumulative update with every package it builds on: "put target and checkpoint MSUs in one folder and give DISM the
 * target, it finds the others there" (Checkpoint cumulative updates and the Microsoft Update Catalog).
 */
export type UpdateGroup = {
  /** `KB5058411`, else the name of the file or folder. */
  readonly id: string
  /** The folder's name, or the file's. */
  readonly title: string
  /** The one to install. */
  readonly target: UpdateFile
  /** What it brings Windows to, where its folder's or file's name tells that: `KB5065426 26100.6584`. */
  readonly builds: readonly WindowsBuild[]
  /** All that has to lie together, the target with it; paths from `updates` on. */
  readonly files: readonly string[]
}

export type UpdateGroups = {
  readonly groups: readonly UpdateGroup[]
  /** Folders and files that are there and are no update. */
  readonly strays: readonly { readonly path: string; readonly because: 'not-an-update' | 'empty' | 'target-missing' }[]
}

/** @param paths every file below `updates`, from there on, with `/`. */
export function groupUpdates(paths: readonly string[]): UpdateGroups {
  const groups: UpdateGroup[] = []
  const strays: Array<UpdateGroups['strays'][number]> = []
  const folders = new Map<string, string[]>()
  for (const path of paths.toSorted()) {
    const slash = path.indexOf('/')
    if (slash >= 0) folders.set(path.slice(0, slash), [...(folders.get(path.slice(0, slash)) ?? []), path])
    else if (isUpdateFile(path)) groups.push(groupOf(path, readUpdateName(path), [path]))
    else strays.push({ path, because: 'not-an-update' })
  }
  for (const [folder, files] of folders) {
    // What lies deeper would not be found by DISM beside the target.
    const packages = files.filter((path) => isUpdateFile(path) && path.split('/').length === 2).map(readUpdateName)
    const target = targetOf(folder, packages)
    if (packages.length === 0) strays.push({ path: folder, because: 'empty' })
    else if (target === null) strays.push({ path: folder, because: 'target-missing' })
    else
      groups.push(
        groupOf(
          folder,
          target,
          packages.map(({ file }) => file),
        ),
      )
  }
  return { groups: groups.toSorted(inOrder), strays }
}

function groupOf(title: string, target: UpdateFile, files: readonly string[]): UpdateGroup {
  // A servicing stack has a number of its own, and leaves that of Windows as it is.
  const builds = target.servicingStack ? [] : readBuilds(title, nameOf(target))
  return { id: target.kb ?? title, title, target, builds, files }
}

const nameOf = ({ file }: UpdateFile): string => file.slice(file.lastIndexOf('/') + 1)

/** The KB the folder is named by; else the highest number, since Microsoft counts up and an update comes after what it builds on. */
function targetOf(folder: string, packages: readonly UpdateFile[]): UpdateFile | null {
  const { kb } = readUpdateName(folder)
  if (kb !== null) return packages.find((one) => one.kb === kb) ?? null
  return packages.toSorted((one, other) => numberOf(other) - numberOf(one))[0] ?? null
}

/** Servicing stacks first, then as Microsoft published them. */
function inOrder(one: UpdateGroup, other: UpdateGroup): number {
  const stack = Number(other.target.servicingStack) - Number(one.target.servicingStack)
  return stack || numberOf(one.target) - numberOf(other.target) || (one.title < other.title ? -1 : 1)
}

function numberOf({ kb }: UpdateFile): number {
  return kb === null ? 0 : Number(kb.slice(2))
}
