/** `.msi` of `TeamViewer_Host.msi`. */
export function endingOf(file: string): string {
  return /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? ''
}

/**
 * Under which name an installer is sent: as the manifest calls it, since a browser's download may be called
 * `setup (1).msi`; where the manifest leaves room for a version, its own. Null when it is another kind of file.
 */
export function nameForInstaller(wanted: string, picked: string): string | null {
  if (endingOf(wanted) !== endingOf(picked)) return null
  return wanted.includes('*') ? picked : wanted.slice(wanted.lastIndexOf('/') + 1)
}
