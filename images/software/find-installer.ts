/** Which of a package's files is its installer; several fit a pattern only when a person left an old version there. */
export type FoundInstaller =
  | { readonly found: 'one'; readonly path: string }
  | { readonly found: 'none' }
  | { readonly found: 'several'; readonly paths: readonly string[] }

/**
 * Finds the installer a manifest names among the files of the package's folder, as Windows would: whatever its case.
 * `*` stands for the part of a name that changes with the version. What is not at its place may lie in any subfolder,
 * since people unpack an archive with its folders or without them.
 */
export function findInstaller(wanted: string, paths: readonly string[]): FoundInstaller {
  const atItsPlace = paths.filter((path) => fits(wanted, path))
  const named = atItsPlace.length > 0 ? atItsPlace : paths.filter((path) => fits(baseName(wanted), baseName(path)))
  const [first, ...others] = named.toSorted()
  if (first === undefined) return { found: 'none' }
  return others.length === 0 ? { found: 'one', path: first } : { found: 'several', paths: [first, ...others] }
}

/** Matches piece by piece, so that no pattern takes longer than the name is long. */
function fits(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const name = path.toLowerCase()
  const last = rest.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const next = name.indexOf(piece, at)
    if (next < 0) return false
    at = next + piece.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
