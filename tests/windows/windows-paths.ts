/** Windows' own folders, for paths that name them as variables; as Wine has them, too. */
const folders: ReadonlyArray<[string, string]> = [
  ['%programfiles%', 'C:\\Program Files'],
  ['%programfiles(x86)%', 'C:\\Program Files (x86)'],
  ['%programdata%', 'C:\\ProgramData'],
  ['%public%', 'C:\\Users\\Public'],
  ['%systemroot%', 'C:\\Windows'],
]

/** The same path with its variables filled in. */
export function expanded(path: string): string {
  return folders.reduce((left, [name, folder]) => {
    const at = left.toLowerCase().indexOf(name)
    return at < 0 ? left : left.slice(0, at) + folder + left.slice(at + name.length)
  }, path)
}

/** Whether two paths name the same file. */
export function isSamePath(one: string, other: string): boolean {
  return expanded(one).toLowerCase() === expanded(other).toLowerCase()
}

/** The shortcut of this name on the desktop of all users. */
export function desktopShortcut(name: string): string {
  return `C:\\Users\\Public\\Desktop\\${name}.lnk`
}
