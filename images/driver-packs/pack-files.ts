/**
 * Which files of a pack go to a machine with the INFs chosen for it: everything in the folder of each INF and below it.
 * An INF names its files itself (CatalogFile, CopyFiles, SourceDisksFiles) and may place them in subfolders of its own
 * folder, never above it ("INF SourceDisksNames Section": paths are relative to where the INF lies). Taking the whole
 * folder costs some megabytes and misses nothing; an INF at the top of a pack therefore takes the whole pack.
 */
export function filesBeside<File extends { readonly path: string }>(
  infs: readonly string[],
  files: readonly File[],
): File[] {
  const folders = new Set(infs.map(folderOf))
  if (folders.has('')) return [...files]
  return files.filter(({ path }) => foldersAbove(path).some((folder) => folders.has(folder)))
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** `a/b/c.sys` lies in `a/b` and in `a`. */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_, index) => names.slice(0, index + 1).join('/'))
}
